"""Whoever reads another language reads it everywhere: no page of the patient's side keeps English words."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from masseter.journey.accounts.models import Clinic, User
from masseter.journey.ground.rights import Right
from masseter.journey.people.models import Proxy
from masseter.ui.pages import FormPage
from masseter.ui.paper import typst
from tests.addresses import Address, pages
from tests.conftest import sign_in
from tests.ui.languages.marked import forget_drawings, mark_translations, unmarked_of, unmarked_words
from tests.world import World, build_world

LANGUAGE = "de"  # marks stand around the translations of every language alike
OWN = {Right.OWN_CARE, Right.SEE_OWN, Right.WRITE_OWN_DIARY}
SIGN_IN = ("login", "code", "password/reset", "2fa", "password", "2fa/totp/activate")
# Names that are the same in every language: the product, people and the clinic of the test, brands, files.
NAMES = (
    "Masseter",
    "North Face and Jaw Clinic",
    "1 Jaw Lane, London",
    r"Ada( SAMPLE\d+)?",
    "Bo Carer",
    "Injector and Prescriber and Manager and Administrator",
    "Message worker",
    r"\S+@\S+",
    r"Botox( \(onabotulinumtoxinA\))?",
    r"\d+ ml",
    r"[A-Z]+-\w+-?\d*",
    "Chrome, Android",
    r"/[a-z0-9/-]+(\.js)?",
    r"\{(page|pages|count|day|most|why)\}",
)
# What somebody in the clinic, or the patient, wrote or signed stays as it was written.
WRITTEN = (
    "Asked in the room.",
    "Stiff neck for three days",
    "Half of the headache days.",
    "My medicines",
    "I never took aspirin.",
    "Eat an apple again",
    "550 No such person",
    "Sample Health",
    "As the test asks.",
    "Released anew.",
    "Will I drool?",
)
# Whole parts of a page or paper, by the names of the pages (a pattern) and what they say.
PARTS = (
    # The clinic's own findings, plans and signed texts are handed out as they stand in the record.
    ("my_record_paper", r"(?s)^(No diagnosis|Not known yet|Last answered|Products other|Botox is).*"),
    ("my_record_paper", r"(?s)^(What |Why\n|Whether this use|How (well|long|they)|Other ways).*"),
    ("my_record_paper", r"(?s)^(When to get|My rights).*"),
    ("my_record_paper", r"^(Into the|Superficial|Fixed sites|Chronic migraine \(ICHD).*"),
    ("my_record_paper", r"^(Neuromuscular|Weak or thin).*"),  # asked by the clinic alone
    ("my_record_paper", r"^(de|facts|maps|table|text|heading|\w+-\d+(-\w+)?|days: \d+)$"),  # codes
    # A questionnaire in our own translation would be another one.
    ("my_score_add", r"^(Change since treatment began.*|(very )?much .*|a little .*|no change)$"),
    # Anatomical names, which every clinic reads.
    ("my_passport_pdf", r"(?s)^(right|front|left|back|Corrugator|Procerus|Frontalis|Temporalis).*"),
    ("my_passport_pdf", r"^(de|([0-9A-F]{4} ?){4,}|Occipitalis|Upper cervical|Trapezius, upper).*"),
    # Names of diagnoses, as every clinic writes them.
    ("my_consent_text", r"^Chronic migraine \(ICHD.*"),
    ("my_consent_sign", r"^Chronic migraine \(ICHD.*"),
    # The copy of what was signed, in the language in which it was.
    ("my_consent_pdf", r"(?s).*"),
    # Keys of sign-in and devices.
    ("2fa/totp/activate", r"^[A-Z2-7]{32}$"),
)
KEPT = re.compile("|".join((*NAMES, *map(re.escape, WRITTEN))))
WORD = re.compile(r"[^\W\d_]{2,}")


def test_no_page_paper_or_refusal_keeps_english_words(
    clinic: Clinic, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    """When this fails: mark the text (docs/how-to/translate.md); the knowledge is told by `told`."""
    world = build_world(clinic)
    forget_drawings()
    request.addfinalizer(forget_drawings)
    mark_translations(monkeypatch)
    papers: list[str] = []

    def as_told(path: Path, told: str, **_options: bool) -> bytes:
        papers.extend(unmarked_of({**json.loads(told), "pictures": {}}))  # their words stand beside them
        return b"%PDF-1.7"

    monkeypatch.setattr(typst, "_compile", as_told)
    found: dict[str, str] = {}
    for place, answer in answers(world):
        is_page = "html" in answer.headers.get("Content-Type", "")
        for words in [*(unmarked_words(answer.text) if is_page else ()), *papers]:
            if WORD.search(left(place, words)):
                found.setdefault(words, place)
        papers.clear()

    assert {f"{place}: {words[:200]}" for words, place in found.items()} == set()


def left(place: str, words: str) -> str:
    """What of the words nobody may leave in English."""
    name = place.partition(",")[0]
    rest = KEPT.sub("", words)
    return "" if any(name == page and re.search(part, words) for page, part in PARTS) else rest


def answers(world: World) -> Iterator[tuple[str, Any]]:  # Any: the test client's answers
    """Every page, every form sent empty and sent with nonsense, signing in, and what is not there."""
    for address in pages():
        client = client_for(address, world)
        if client is None:
            continue
        url = address.url(world.filling())
        page = client.get(url)
        yield address.name, page
        if address.page is not None and issubclass(address.page, FormPage):
            form = page.context.get("form") if page.context else None
            yield f"{address.name}, empty", client.post(url, {})
            yield (
                f"{address.name}, nonsense",
                client.post(url, dict.fromkeys(getattr(form, "fields", {}), "!?")),
            )
    visitor = Client(headers={"Accept-Language": LANGUAGE})
    known = signed_in(world.patient.user_id)
    for path in SIGN_IN:
        client = known if path.startswith(("2fa", "password")) and "reset" not in path else visitor
        yield path, client.get(f"/account/{path}/")
        yield f"{path}, empty", client.post(f"/account/{path}/", {"login": "x", "email": "x", "password": ""})
    yield "404", visitor.get("/no-such-page/")
    yield "404 of a record", known.get("/my/visits/999999/cancel/")


def client_for(address: Address, world: World) -> Client | None:
    """Somebody who may see a page of the patient's side; None for the clinic's own pages."""
    rights = set(address.page.rights()) if address.page is not None else set()
    if Right.ASK in rights:
        return Client(headers={"Accept-Language": LANGUAGE})
    if rights & OWN:
        return signed_in(world.patient.user_id)
    if Right.SHOW_CODE in rights:
        proxy = world.rows["proxy"]
        assert isinstance(proxy, Proxy)
        return signed_in(proxy.user_id)
    return None


def signed_in(user_id: int | None) -> Client:
    assert user_id is not None
    client = Client(headers={"Accept-Language": LANGUAGE})
    sign_in(client, User.objects.get(pk=user_id))
    return client
