"""Every address of the site with its view, and filled in with the rows of a world."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.views import View

from masseter.ui.pages import Page

# Addresses that are no `ui.pages.Page`, each with the reason; none shows a record.
OTHERS = {
    "start": "sends a person on to the home page of their role",
    "chair_worker": "a script without any record, the same for everybody",
    "text_report": "takes the signed reports of a gateway, and shows nothing",
    "my_messages_worker": "a script without any record, the same for everybody",
    "my_diary_worker": "a script without any record, the same for everybody",
    "choose_language": "keeps the language of one's own pages, and goes back to the page",
    "choose_person": "keeps whose record is chosen among those one may see, and sends on",
    "choose_clinic": "keeps which of one's own clinics is chosen, and sends on",
}
# The sign-in library's pages bring their own rules; tests/architecture/test_sign_in_pages.py walks them.
OF_THE_LIBRARY = ("account/",)


@dataclass(frozen=True, kw_only=True)
class Address:
    """One address with the names of what has to be filled in."""

    name: str
    route: str
    names: tuple[str, ...]
    callback: Callable[..., object]

    @property
    def view(self) -> type[View] | None:
        return getattr(self.callback, "view_class", None)

    @property
    def page(self) -> type[Page] | None:
        view = self.view
        return view if view is not None and issubclass(view, Page) else None

    def url(self, filling: Mapping[str, object]) -> str:
        """The address for these rows, with the query where the page is reached by one."""
        url = reverse(self.name, kwargs={name: filling[name] for name in self.names})
        asked = QUERIES.get(self.name)
        return f"{url}?{urlencode({asked: filling[asked]})}" if asked else url


# Pages that are opened for a record by a query; the walk opens them as their links do.
QUERIES: dict[str, str] = {
    "overrule": "subject",
    "case_open": "patient",
    "appointment_add": "patient",
}


def addresses() -> list[Address]:
    """All addresses of the site except the sign-in library's, in the order of the resolver."""
    return [one for one in _walk(get_resolver()) if not one.route.startswith(OF_THE_LIBRARY)]


def of_the_library() -> list[Address]:
    """The sign-in library's addresses."""
    return [one for one in _walk(get_resolver()) if one.route.startswith(OF_THE_LIBRARY)]


def pages() -> list[Address]:
    """The addresses that are pages of ours."""
    return [one for one in addresses() if one.page is not None]


def named(name: str) -> Address:
    """The address of this name. Raises: StopIteration where there is none."""
    return next(one for one in addresses() if one.name == name)


def _walk(resolver: URLResolver, before: str = "", converters: tuple[str, ...] = ()) -> Iterator[Address]:
    for entry in resolver.url_patterns:
        route = before + str(entry.pattern)
        names = converters + tuple(entry.pattern.converters)
        if isinstance(entry, URLResolver):
            yield from _walk(entry, route, names)
        elif isinstance(entry, URLPattern):
            yield Address(name=entry.name or "", route=route, names=names, callback=entry.callback)
