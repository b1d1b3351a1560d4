"""Every form of the site with nothing, too much and nonsense: an answer at the fields, no broken page."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser

from django.db import transaction
from django.test import Client

from masseter.journey.ground.rights import Right
from masseter.ui.pages import FormPage
from tests.addresses import Address, pages
from tests.architecture.test_permissions import STAFF, client_of, is_public
from tests.world import World

LONGEST = 10_000
MOST_SENT = 2_000_000
TURNS = 2
# What a page of ours sends along; the key is left out, since each sending is a new one.
KEPT = {"form_version", "form_owner"}
LEFT = {"form_key", "csrfmiddlewaretoken"}
ODD = "\u202eשלום \U0001f9b7\U0001d4b3\u200b\u00ad\x07\x00 <script>'\";--"
NONSENSE = (
    *("NaN", "-Infinity", "1e999", "-5", "9" * 400, "٣", "½", "1,5", "400"),
    *("9999-12-31", "0001-01-01", "2026-02-30", "31.12.2026", "tomorrow"),
)
SignedIn = Callable[..., Client]


@dataclass
class Typed(HTMLParser):
    """The fields of the forms on a page: those that take text, and those that take one of a list."""

    texts: dict[str, str] = field(default_factory=dict)
    kinds: dict[str, str] = field(default_factory=dict)
    choices: dict[str, str] = field(default_factory=dict)
    kept: dict[str, str] = field(default_factory=dict)
    _select: str = ""

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        name = told.get("name", "")
        if tag == "option" and self._select and told.get("value"):
            self.choices[self._select] = told["value"]
        if name in KEPT:
            self.kept[name] = told.get("value", "")
        if not name or name in KEPT or name in LEFT:
            return
        if tag == "select":
            self._select = name
        elif tag == "textarea" or (
            tag == "input" and told.get("type") not in {"radio", "checkbox", "hidden"}
        ):
            self.texts[name] = told.get("value", "")
            self.kinds[name] = told.get("type", "text")
        elif tag in {"input", "button"}:
            self.choices[name] = told.get("value", "on")

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self._select = ""


def form_pages() -> list[Address]:
    return [one for one in pages() if one.page is not None and issubclass(one.page, FormPage)]


def sendings(typed: Typed) -> Iterator[tuple[str, dict[str, str]]]:
    """What a careless or hostile person might send, with a name for each."""
    every = [*typed.texts, *typed.choices]
    longest = min(LONGEST, MOST_SENT // max(len(every), 1))
    yield "nothing", {}
    yield "too much", {**typed.choices, **dict.fromkeys(typed.texts, "ß" * (longest // 2))}
    yield "odd signs", dict.fromkeys(every, ODD)
    for turn in range(TURNS):
        nonsense = {name: NONSENSE[(at * 3 + turn) % len(NONSENSE)] for at, name in enumerate(typed.texts)}
        yield f"nonsense {turn}", {**typed.choices, **nonsense}


def send(client: Client, url: str, values: Mapping[str, str]) -> tuple[int, str]:
    """The answer to a sending, whose effects are undone again."""
    with transaction.atomic():
        response = client.post(url, values)
        transaction.set_rollback(True)
    return response.status_code, response.content.decode(errors="replace")


def faults(client: Client, url: str) -> Iterator[str]:
    """What goes wrong when the form at an address is sent badly."""
    shown = client.get(url)
    if shown.status_code != 200:
        return
    typed = Typed()
    typed.feed(shown.content.decode())
    for name, values in sendings(typed):
        status, page = send(client, url, {**typed.kept, **values})
        if status not in {200, 302, 422}:
            yield f"{url} with {name}: {status}"
        if status == 422 and "<title>Error:" not in page.replace("\n", "").replace("<title> ", "<title>"):
            yield f"{url} with {name}: the title does not say that something is wrong"
        # A page that offers no form now has nowhere to say so; it only must not break.
        if status == 422 and 'name="form_key"' in page and 'role="alert"' not in page:
            yield f"{url} with {name}: no summary of what is wrong"


def all_faults(client: Client, world: World, wanted: Callable[[Address], bool]) -> list[str]:
    client.raise_request_exception = False
    return [
        fault
        for address in form_pages()
        if wanted(address)
        for url in dict.fromkeys(address.url(filling) for filling in fillings(world, address))
        for fault in faults(client, url)
    ]


def fillings(world: World, address: Address) -> list[dict[str, object]]:
    """A plan takes other forms on its way; the rest takes the same for every record."""
    return world.fillings() if "plan" in address.names else [world.filling()]


def is_own(address: Address) -> bool:
    return address.page is not None and Right.OWN_CARE in address.page.rights()


def test_forms_of_the_clinic_bear_everything(world: World, signed_in: SignedIn) -> None:
    client = signed_in(*STAFF)
    found = all_faults(client, world, lambda one: not is_own(one) and not is_public(one))

    assert not found, "\n".join(found)


def test_forms_of_patients_bear_everything(world: World) -> None:
    client = client_of(world.patient.user_id)
    found = all_faults(client, world, is_own)

    assert not found, "\n".join(found)


def test_forms_of_visitors_bear_everything(world: World) -> None:
    found = all_faults(Client(), world, is_public)

    assert not found, "\n".join(found)


def test_file_that_is_too_large_gets_a_sentence(world: World, signed_in: SignedIn) -> None:
    client = signed_in(*STAFF)
    address = next(one for one in form_pages() if one.name == "patient_add")

    response = client.post(address.url({}), {"family_name": "x" * 3_000_000})

    assert response.status_code == 400
    assert b"<h1" in response.content
