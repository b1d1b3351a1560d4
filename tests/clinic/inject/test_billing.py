"""The billing pages: who opens them, what they say of one vial, several, a correction, another country."""

from __future__ import annotations

import csv
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from io import StringIO

import pytest
from django.test import Client
from django.urls import reverse

from masseter.clinic.inject.claim import NO_PLACE
from masseter.journey.accounts.models import Clinic
from masseter.journey.ground.actor import Actor
from masseter.journey.ground.rights import Role
from masseter.journey.inject.actions import amend_treatment
from masseter.journey.inject.models import Treatment
from tests.clinic.pages import queries_of, words
from tests.conftest import ActorMaker
from tests.journey.given import DOCTOR, make_lot, make_treatment, vials_of
from tests.journey.inject.test_amend import REASON, correction
from tests.ui.paper.reading import is_accessible, pages_of, tags_of

SignIn = Callable[..., Client]


@pytest.fixture
def american(clinic: Clinic) -> Clinic:
    Clinic.objects.filter(pk=clinic.pk).update(jurisdiction="US")
    clinic.refresh_from_db()
    return clinic


def page(browser: Client, name: str, treatment: Treatment) -> str:
    return words(browser.get(reverse(name, args=[treatment.pk])))  # type: ignore[arg-type]  # the test client's


def test_chart_alone_opens_no_billing(clinic: Clinic, actor: ActorMaker, signed_in: SignIn) -> None:
    treatment = make_treatment(actor(*DOCTOR))

    for name in ("treatment_billing", "billing_pdf", "billing_csv"):
        url = reverse(name, args=[treatment.pk])
        assert signed_in(Role.INJECTOR, Role.PRESCRIBER).get(url).status_code == 403


def test_claim_of_an_american_treatment(american: Clinic, actor: ActorMaker, signed_in: SignIn) -> None:
    by, browser = actor(*DOCTOR), signed_in(Role.MANAGER)
    treatment = make_treatment(by)

    listed = words(browser.get(reverse("billing")))  # type: ignore[arg-type]  # the test client's answer
    told = page(browser, "treatment_billing", treatment)
    paper = browser.get(reverse("billing_pdf", args=[treatment.pk])).content
    table = browser.get(reverse("billing_csv", args=[treatment.pk])).content.decode()

    assert str(treatment.patient) in listed
    for text in (told, " ".join(pages_of(paper))):
        for phrase in (
            "J0585: 1 unit Botox each",
            "JW",
            "155",
            "45",
            "CPT 64615",
            "G43.709",
            "from memory",
            "C1234C3 · 1",
        ):
            assert phrase in text
    assert is_accessible(paper)
    assert tags_of(paper)["Table"] == 2
    rows = list(csv.DictReader(StringIO(table)))
    assert [(row["kind"], row["modifier"], row["billing units"]) for row in rows[:2]] == [
        ("line", "", "155"),
        ("line", "JW", "45"),
    ]
    assert (rows[2]["kind"], rows[2]["label units"], rows[2]["given units"]) == ("vial", "200", "155")
    assert queries_of(browser, reverse("treatment_billing", args=[treatment.pk])) <= 25
    assert queries_of(browser, reverse("billing")) <= 25


def test_claim_of_two_vials_follows_the_correction(
    american: Clinic, actor: ActorMaker, signed_in: SignIn
) -> None:
    by, browser = actor(*DOCTOR), signed_in(Role.MANAGER)
    lot = make_lot(by, presentation="botox-100", number="D77")
    old = make_treatment(by, vials=vials_of(lot))
    first = page(browser, "treatment_billing", old)

    amend_one(by, old)
    told = page(browser, "treatment_billing", old)

    assert "J0585 none 155" in first
    assert "D77 · 2" in first
    assert "J0585 had 155 billing units and has 153 now" in told
    assert "A claim that was sent before has to be corrected." in told
    assert "D77 · 1" in told
    assert "D77 · 2" in told


def amend_one(by: Actor, old: Treatment) -> None:
    """The first point was 3 units instead of 5."""
    first, session = old.points.first(), correction(old, Decimal(3))
    assert first is not None
    rests = {use.vial_id: use.discarded_units for use in old.vial_uses.all()}
    rests[first.vial_id] += 2
    amend_treatment(by=by, treatment=old, session=replace(session, discarded=rests), reason=REASON)


def test_other_countries_see_their_vials_without_american_codes(
    clinic: Clinic, actor: ActorMaker, signed_in: SignIn
) -> None:
    treatment = make_treatment(actor(*DOCTOR))

    told = page(signed_in(Role.MANAGER), "treatment_billing", treatment)

    assert NO_PLACE in told
    for code in ("JW", "JZ", "J0585", "CPT", "ICD-10-CM"):
        assert code not in told
    assert "C1234C3 · 1" in told


@pytest.mark.parametrize(
    "month", ["", "2026-13", "nonsense", "0000-00", "1999-01", "9999-11", "9999-12", "0001-01"]
)
def test_month_that_is_no_month_is_this_one(clinic: Clinic, signed_in: SignIn, month: str) -> None:
    assert signed_in(Role.MANAGER).get(reverse("billing"), {"month": month}).status_code == 200
