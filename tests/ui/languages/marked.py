"""Every translated text of a language between marks, so that what nobody translated stands out of a page."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser

import pytest
from django.utils.translation.trans_real import DjangoTranslation

from masseter.knowledge.load import load
from masseter.knowledge.translations import patient_texts, translations
from masseter.ui.languages import told

BEGIN, END = "\u27e6", "\u27e7"
_MARKED = re.compile(f"{BEGIN}[^{BEGIN}{END}]*{END}")
# What is put into a text stays outside of the marks: it has to be translated on its own.
_PLACES = re.compile(r"(%\(\w+\)[sd]|%[sd]|\{\w+\})")
_SPOKEN = {"alt", "title", "placeholder", "content", "label", "aria-label", "aria-description"}
_NUMBERS = {"data-radius", "data-size"}
_UNREAD = {"style", "script", "code", "template"}
_EMPTY = {"br", "img", "input", "link", "meta", "hr", "wbr", "path", "circle", "rect", "use", "line"}
_WORD = re.compile(r"[^\W\d_]{2,}")


def marked(text: str) -> str:
    """The text with marks around all that stands in it as it is."""
    parts = _PLACES.split(text)
    return "".join(
        f"{BEGIN}{one}{END}" if one.strip() and not at % 2 else one for at, one in enumerate(parts)
    )


def mark_translations(patch: pytest.MonkeyPatch) -> None:
    """Mark what gettext and the knowledge's translations say in every language but English."""
    gettext, ngettext = DjangoTranslation.gettext, DjangoTranslation.ngettext

    def one(self: DjangoTranslation, message: str) -> str:
        said: str = gettext(self, message)
        return marked(said) if _is_known(self, message) else said

    def counted(self: DjangoTranslation, one: str, many: str, number: int) -> str:
        said: str = ngettext(self, one, many, number)
        return marked(said) if _is_known(self, (one, self.plural(number))) else said

    patch.setattr(DjangoTranslation, "gettext", one)
    patch.setattr(DjangoTranslation, "ngettext", counted)
    patch.setattr(told, "_found", _as_if_told)


def forget_drawings() -> None:
    """What was drawn once for all readers of a language has its words as they were then."""
    for name, module in list(sys.modules.items()):
        if name.startswith(("masseter.ui.", "masseter.portal.screen.drawing")):
            for made in vars(module).values():
                if hasattr(made, "cache_clear") and made.__module__ == name:
                    made.cache_clear()


@cache
def _patients() -> frozenset[str]:
    return frozenset(patient_texts(load()))


def _as_if_told(language: str, text: str) -> str | None:
    """Texts of the knowledge count as translated once they can be: which of them are is told elsewhere."""
    return marked(translations(language).words.get(text, text)) if text in _patients() else None


def _is_known(self: DjangoTranslation, key: object) -> bool:
    if self.language() == "en-gb":
        return False
    catalogue = self._catalog  # type: ignore[attr-defined]  # Django's own, with its packages' catalogues merged
    return catalogue.get(key) is not None


def unmarked_words(page: str) -> list[str]:
    """Each run of words of a page that stands outside of the marks, in order, once.

    What says itself that it is in a language of its own (`lang`), or is not to be translated, is left out.
    """
    reader = _Reader()
    reader.feed(_MARKED.sub(" ", page))
    assert reader.inside == [], f"an element is never closed: {reader.inside}"
    return list(dict.fromkeys(one for one in reader.found if _WORD.search(one)))


def unmarked_of(data: object) -> Iterator[str]:
    """The same of the data of a paper or a script: of its texts, not of its keys."""
    if isinstance(data, str):
        left = _MARKED.sub(" ", data).strip()
        if _WORD.search(left):
            yield left
    elif isinstance(data, dict):
        for value in data.values():
            yield from unmarked_of(value)
    elif isinstance(data, list):
        for value in data:
            yield from unmarked_of(value)


class _Reader(HTMLParser):
    """Gathers what a person reads or hears. `inside`: the open elements of a part that is left out."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self.inside: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        is_own = tag != "html" and ("lang" in told or told.get("translate") == "no")
        if self.inside or is_own or tag in _UNREAD:
            if tag not in _EMPTY:
                self.inside.append(tag)
            return
        if tag == "meta" and told.get("name") != "description":
            return
        spoken = _SPOKEN | ({"value"} if tag == "input" and told.get("type") == "submit" else set())
        self.found += [" ".join(told[name].split()) for name in spoken & set(told)]
        for name, value in told.items():
            if name.startswith("data-") and name not in _NUMBERS:
                self.found += _scripts_words(value)

    def handle_endtag(self, tag: str) -> None:
        if self.inside and self.inside[-1] == tag:
            self.inside.pop()

    def handle_data(self, data: str) -> None:
        if self.inside == ["script"]:
            self.found += _scripts_words(data)
        elif not self.inside and data.strip():
            self.found.append(" ".join(data.split()))


def _scripts_words(value: str) -> list[str]:
    """What a script may say: texts of JSON, and sentences; single words are its codes."""
    try:
        texts = list(unmarked_of(json.loads(value)))
    except ValueError:
        texts = [value]
    return [" ".join(one.split()) for one in texts if " " in one.strip()]
