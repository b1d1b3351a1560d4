"""Everything in the record, to take along."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date

import pytest
from django.test import Client
from pypdf import PdfReader

from masseter.journey.accounts.models import Clinic, User
from masseter.journey.audit.models import OPENED, Event
from masseter.journey.consult.models import PhotographConsent
from masseter.journey.ground import clock
from masseter.journey.record.whole import tables, whole_record
from masseter.ui.paper.whole import paper
from masseter.ui.paper.whole.paper import LEFT_OUT, SECTIONS
from tests.conftest import sign_in
from tests.world import World
from tests.worlds import clinic, other_clinic, world, worlds

__all__ = ["clinic", "other_clinic", "world", "worlds"]


def own(world: World) -> Client:
    client = Client()
    sign_in(client, User.objects.get(pk=world.patient.user_id))
    return client


def text_of(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).split())


def test_table_is_left_out_only_for_a_reason() -> None:
    told = [label for _make, labels in SECTIONS for label in labels]

    assert len(told) == len(set(told))
    assert set(told) | set(LEFT_OUT) <= set(tables())
    assert not set(told) & set(LEFT_OUT)
    assert all(LEFT_OUT.values())


def test_table_without_a_section_is_told_field_by_field(
    world: World, clinic: Clinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paper, "TOLD", paper.TOLD - {"recover.adverseevent"})
    record = whole_record(world.patient, world.rows["patient"])

    told, _pictures = paper.whole_paper(record, clinic, date(2026, 3, 2))

    others = next(one for one in told["sections"] if one["title"] == "Other entries")
    assert "Stiff neck for three days" in str(others)


def test_paper_tells_what_was_given_and_said(world: World, clinic: Clinic) -> None:
    response = own(world).get("/my/record/everything.pdf")

    assert response.headers["Content-Type"] == "application/pdf"
    reader = PdfReader(io.BytesIO(response.content))
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    text = text_of(response.content)
    for words in (
        "WORLD-1",  # the lot
        "Stiff neck for three days",
        "Half of the headache days.",
        "Headache: yes",
        "Sample Health",
        "everything that North Face and Jaw Clinic keeps about you",
    ):
        assert words in text, (words, text)


def pictures_of(world: World, clinic: Clinic) -> dict[str, str]:
    return paper.whole_paper(whole_record(world.patient, world.rows["patient"]), clinic, date(2026, 3, 2))[1]


def test_paper_shows_where_it_hurt_where_it_was_given_and_the_photographs(
    world: World, clinic: Clinic
) -> None:
    pictures = pictures_of(world, clinic)

    assert {name.split("-")[0] for name in pictures} == {"given", "pain", "photograph"}
    assert any("fm-hurts" in svg for name, svg in pictures.items() if name.startswith("pain"))
    alternatives = own(world).get("/my/record/everything.pdf").content
    assert len(list(figures(PdfReader(io.BytesIO(alternatives))))) == len(pictures)


def test_photograph_whose_consent_is_withdrawn_is_not_on_paper(world: World, clinic: Clinic) -> None:
    consent = world.rows["photograph_consent"]
    PhotographConsent.objects.filter(pk=consent.pk).update(
        withdrawn_at=clock.now(), withdrawn_by_name="Ada", withdrawn_reason="I no longer want it"
    )

    assert not [name for name in pictures_of(world, clinic) if name.startswith("photograph")]


def figures(reader: PdfReader) -> Iterator[str]:
    """The words for those who do not see, of every picture of a PDF."""
    left = [reader.trailer["/Root"]["/StructTreeRoot"]]
    while left:
        node = left.pop()
        found = node.get_object()
        if isinstance(found, list):
            left += found
        elif isinstance(found, dict):
            if found.get("/S") == "/Figure" and found.get("/Alt"):
                yield str(found["/Alt"])
            if "/K" in found:
                left.append(found["/K"])


def test_every_row_but_those_left_out_adds_to_the_paper(world: World, clinic: Clinic) -> None:
    record = whole_record(world.patient, world.rows["patient"])

    empty = {label for label in tables() if not record.rows[label]} - set(LEFT_OUT)

    assert empty <= {
        "consult.overridereason",
        "inject.sitting",
        "recover.putaside",
        "screen.referral",
        "record.statement",
        "stock.alertcontact",
        "results.wearofftold",
        *(set(tables()) - paper.TOLD),
    }


def test_taking_it_along_is_told_in_the_trail(world: World) -> None:
    own(world).get("/my/record/everything.pdf")

    last = Event.objects.filter(what=OPENED).latest("number")
    assert last.data == {"page": "Everything in my record (PDF)"}
