"""From the chart to a signed 31-site migraine treatment given as planned: at most 12 clicks and keys.

The count begins on the patient's chart when the consultation is done: diagnosis, consent and a vial in
stock are there, and no plan yet. The clinician is injector and prescriber in one person, which the
licensed scheme and the role allow. Every click and every key press counts.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import pytest
from playwright.sync_api import Locator, Page, expect

from masseter.journey.ground import clock
from masseter.journey.ground.rights import Role
from masseter.journey.ground.scope import clinic_scope
from masseter.journey.people.models import Patient
from masseter.journey.stock.actions import receive_lot
from tests.conftest import make_actor
from tests.factories import make_patient, make_ready_case
from tests.stories.script import Person
from tests.stories.site import Site

MOST = 12
SCHEME_POINTS, SCHEME_UNITS = 31, 155
HISTORY = {
    "allergies": ("none",),
    "neuromuscular": ("none",),
    "medicine_classes": ("none",),
    "pregnancy": ("none",),
    "swallowing_or_breathing": False,
    "infection_at_site": False,
    "had_toxin_before": False,
    "headache_days": 20,
    "migraine_days": 12,
    "headache_over_3_months": True,
    "attacks_meet_migraine": True,
    "migraine_days_over_3_months": True,
    "headache_explained_otherwise": False,
    "preventives_tried": ("topiramate", "beta_blocker", "amitriptyline"),
    "painkiller_days": 5,
    "triptan_days": 3,
}


@dataclass
class Hand:
    """The hand on mouse and keyboard; it counts."""

    page: Page
    count: int = 0

    def click(self, what: Locator) -> None:
        """One click."""
        self.count += 1
        what.click()

    def leave_by(self, what: Locator) -> None:
        """One click that leads to another page."""
        with self.page.expect_navigation():
            self.click(what)

    def link(self, name: str) -> None:
        self.leave_by(self.page.get_by_role("link", name=name, exact=True).first)

    def button(self, name: str) -> None:
        self.leave_by(self.page.get_by_role("button", name=name, exact=True).first)

    def tick(self, label: str) -> None:
        box = self.page.get_by_role("checkbox", name=re.compile(rf"^\s*{label}"))
        self.click(box.first)
        expect(box.first).to_be_checked()

    def choose(self, label: str) -> None:
        button = self.page.get_by_role("radio", name=re.compile(rf"^\s*{label}"))
        self.click(button.first)
        expect(button.first).to_be_checked()


@pytest.fixture
def ready_patient(site: Site, committing: None) -> Patient:
    """A patient whose consultation is done, with vials in stock."""
    by = make_actor(site.clinic, Role.INJECTOR, Role.PRESCRIBER, Role.MANAGER, email="all@stories.example")
    with clinic_scope(site.clinic.pk, by.user_id):
        patient = make_patient(by, given_names="Twelve", family_name="Clicks")
        flags = dict.fromkeys(_warning_signs(), False)
        make_ready_case(
            by,
            condition="chronic_migraine",
            diagnosis="chronic_migraine",
            patient=patient,
            **flags,
            **HISTORY,
        )
        receive_lot(
            by=by,
            product="botox",
            presentation="botox-200",
            number="TWELVE",
            expires_on=clock.today(by.zone) + timedelta(days=300),
            count=1,
        )
    return patient


def test_treatment_given_as_planned_takes_at_most_twelve_clicks(
    ready_patient: Patient, person: Callable[..., Person], window: Callable[..., Page]
) -> None:
    page = window(person(Role.INJECTOR, Role.PRESCRIBER))
    page.goto(f"/clinic/patients/{ready_patient.pk}/")
    hand = Hand(page)

    hand.link("Draw up the plan")
    hand.button("Draft this plan")
    hand.button("Propose and approve")
    hand.link("Prepare treatment")
    for box in (
        "Full name",
        "Date of birth",
        "Consent",
        "Product, sites and sides",
        "Allergies",
        "Nothing new",
    ):
        hand.tick(box)
    hand.choose("Now")
    hand.button("Sign as Injector and Prescriber")

    main = page.get_by_role("main")
    expect(main).to_contain_text("Signed")
    expect(main).to_contain_text(f"{SCHEME_UNITS} units Botox in {SCHEME_POINTS} points")
    print(f"clicks and keys from the chart to the signature: {hand.count}")
    assert hand.count <= MOST


def _warning_signs() -> list[str]:
    from masseter.knowledge.load import load

    here = load().observations.values()
    return [
        one.code
        for one in here
        if one.code.startswith("flag_") and (not one.conditions or "chronic_migraine" in one.conditions)
    ]
