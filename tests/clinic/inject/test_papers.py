"""The papers of a treatment and of its plan: every version, every page, sharp drawings, tags."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from masseter.clinic.plan.paper import plan_paper
from masseter.journey.accounts.models import Clinic
from masseter.journey.consult.models import Consent
from masseter.journey.ground import clock
from masseter.journey.ground.rights import Role
from masseter.journey.plan.actions import withdraw_plan
from masseter.journey.plan.checking import check
from masseter.journey.plan.drafts import stored_points
from masseter.ui.paper.maps import maps_of
from masseter.ui.paper.typst import render
from tests.clinic.pages import words
from tests.conftest import ActorMaker
from tests.journey.given import (
    DOCTOR,
    approved_plan,
    make_lot,
    make_plan,
    make_treatment,
    migraine_case,
    vials_of,
)
from tests.journey.inject.test_amend import amend
from tests.ui.paper.reading import is_accessible, pages_of, raster_images, tags_of, words_of_pictures

SignIn = Callable[..., Client]


def test_papers_of_a_corrected_treatment(clinic: Clinic, actor: ActorMaker, signed_in: SignIn) -> None:
    by, browser = actor(*DOCTOR), signed_in(*DOCTOR)
    old = make_treatment(by)
    new = amend(by, old)

    papers = [browser.get(reverse("treatment_pdf", args=[each.pk])).content for each in (old, new)]

    earlier, newest = (pages_of(paper) for paper in papers)
    assert all(page.count("SUPERSEDED") == 2 for page in earlier)
    assert not any("SUPERSEDED" in page for page in newest)
    assert "Superseded: this version was replaced. The newest version was signed on" in earlier[0]
    for number, pages in enumerate((earlier, newest), start=1):
        for page in pages:
            assert f"Version {number} of 2, signed" in page
            assert f"{old.patient}, born 17 May 1980, {old.patient.number}." in page
    assert_sharp_and_tagged(papers[1], tables=3)


def assert_sharp_and_tagged(paper: bytes, *, tables: int) -> None:
    tags, pictures = tags_of(paper), words_of_pictures(paper)
    assert is_accessible(paper)
    assert raster_images(paper) == 0
    assert (tags["H1"], tags["Table"]) == (1, tables)
    assert tags["TH"] >= 10
    assert len(pictures) == 4
    assert all("CORR" in said or "TEMP" in said or "OCC" in said for said in pictures)


def test_papers_of_a_plan_on_its_way(clinic: Clinic, actor: ActorMaker, signed_in: SignIn) -> None:
    by, browser = actor(*DOCTOR), signed_in(*DOCTOR)
    draft, ready = make_plan(by, migraine_case(by)), approved_plan(by)

    def paper(pk: int) -> bytes:
        return browser.get(reverse("plan_pdf", args=[pk])).content

    drafted, approved = paper(draft.pk), paper(ready.pk)
    withdraw_plan(by=by, plan=ready, reason="The patient is ill.")
    withdrawn = paper(ready.pk)

    for content, mark in ((drafted, "DRAFT"), (approved, ""), (withdrawn, "WITHDRAWN")):
        for page in pages_of(content):
            assert ("DRAFT" in page, "WITHDRAWN" in page) == (mark == "DRAFT", mark == "WITHDRAWN")
    told = " ".join(pages_of(approved))
    for phrase in (
        "155 units Botox in 31 points",
        "CORR-L-1",
        "Approved",
        by.name,
        "4 mL into each vial of 200",
    ):
        assert phrase in told
    assert "Do not inject from this paper." in pages_of(drafted)[0]
    assert_sharp_and_tagged(approved, tables=2)


def test_paper_of_a_hundred_points_names_each_and_repeats_its_head(clinic: Clinic, actor: ActorMaker) -> None:
    by = actor(*DOCTOR)
    plan = make_plan(by, migraine_case(by))
    first, *_ = stored_points(plan)
    many = [replace(first, id=f"FRON-L-x{n}", x=Decimal(60 + n), units=Decimal("2.5")) for n in range(1, 101)]
    checked = check(by, plan, today=clock.today(by.zone), points=many)
    pictures, maps = maps_of([], version=plan.map_version)

    pdf = render("plan", plan_paper(plan, checked, clinic, maps, clock.today(by.zone)), pictures)

    pages = pages_of(pdf)
    assert is_accessible(pdf)
    assert all(f"FRON-L-x{n} " in " ".join(pages) for n in range(1, 101))
    assert sum("Point Where" in page for page in pages) >= 3


def test_label_is_for_an_open_vial(clinic: Clinic, actor: ActorMaker, signed_in: SignIn) -> None:
    sealed = vials_of(make_lot(actor(*DOCTOR)))[0]

    page = signed_in(Role.MANAGER).get(reverse("vial_label", args=[sealed.pk]), follow=True)

    assert "Only a vial that is open has a label." in words(page)  # type: ignore[arg-type]  # the test client's


@pytest.mark.parametrize("drawing", ["", "M10 20 L200 150"])
def test_consent_shows_how_it_was_signed_and_that_it_was_withdrawn(
    clinic: Clinic, actor: ActorMaker, signed_in: SignIn, drawing: str
) -> None:
    by = actor(*DOCTOR)
    case = migraine_case(by)
    consent = Consent.objects.get(case=case)
    again = Consent.objects.create(
        clinic=clinic,
        case=case,
        patient=case.patient,
        text_version=consent.text_version,
        is_off_label=False,
        body=consent.body,
        signer_name="Ada Sample",
        signature=drawing,
        signed_at=clock.now(),
        taken_by_name=by.name,
        withdrawn_at=clock.now() if drawing else None,
        withdrawn_by_name=by.name if drawing else "",
        withdrawn_reason="Changed her mind." if drawing else "",
    )

    paper = signed_in(*DOCTOR).get(reverse("consent_pdf", args=[again.pk])).content

    pages = pages_of(paper)
    assert is_accessible(paper)
    assert words_of_pictures(paper) == (["Drawn signature"] if drawing else [])
    assert all(("WITHDRAWN" in page) == bool(drawing) for page in pages)
    assert consent.body[0]["paragraphs"][0][:40] in " ".join(pages)
