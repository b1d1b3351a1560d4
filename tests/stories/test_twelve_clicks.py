"""From the chart to a signed 31-site migraine treatment given as planned: at most 12 clicks and keys.

The count begins on the patient's chart when the consultation is done: diagnosis, consent and a vial in
stock are there, and no plan yet. The clinician is injector and prescriber in one person, which the
licensed scheme and the role allow. Every click and every key press counts. The same is then done by
keyboard alone, with a plan that is changed on the way.
"""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from masseter.journey.ground.rights import Role
from tests.stories.hand import MIGRAINE, Hand, ready_patient, written
from tests.stories.script import Person
from tests.stories.site import Site

MOST = 12
SCHEME_POINTS, SCHEME_UNITS = 31, 155
BOXES = (
    "Full name",
    "Date of birth",
    "Consent",
    "Product, sites and sides",
    "Allergies",
    "Nothing new",
)
MIGRAINE_CASE = ("chronic_migraine", "chronic_migraine", ("botox", "botox-200"))


def test_treatment_given_as_planned_takes_at_most_twelve_clicks(
    site: Site, committing: None, person: Callable[..., Person], window: Callable[..., Page]
) -> None:
    patient = ready_patient(site, "Twelve", *MIGRAINE_CASE, **MIGRAINE)
    page = window(person(Role.INJECTOR, Role.PRESCRIBER))
    page.goto(f"/clinic/patients/{patient.pk}/")
    hand = Hand(page)

    hand.link("Draw up the plan")
    hand.button("Draft this plan")
    hand.button("Propose and approve")
    hand.link("Prepare treatment")
    for box in BOXES:
        hand.tick(box)
    hand.choose("Now")
    hand.button("Sign as Injector and Prescriber")

    main = page.get_by_role("main")
    expect(main).to_contain_text("Signed")
    expect(main).to_contain_text(f"{SCHEME_UNITS} units Botox in {SCHEME_POINTS} points")
    print(f"clicks and keys from the chart to the signature: {hand.count}")
    assert hand.count <= MOST
    assert hand.told() == written("Chronic migraine as planned")


def test_plan_is_changed_and_treatment_signed_by_keyboard_alone(
    site: Site, committing: None, person: Callable[..., Person], window: Callable[..., Page]
) -> None:
    patient = ready_patient(site, "Keyboard", *MIGRAINE_CASE, **MIGRAINE)
    page = window(person(Role.INJECTOR, Role.PRESCRIBER))
    page.goto(f"/clinic/patients/{patient.pk}/")
    hand = Hand(page)

    def enter(role: str, name: str) -> None:
        hand.reach(page.get_by_role(role, name=name, exact=True).first)  # type: ignore[arg-type]  # two roles
        with hand.leaving():
            hand.press("Enter")

    enter("link", "Draw up the plan")
    enter("button", "Draft this plan")
    hand.reach(page.locator('.fm-point[data-point="TEMP-R-1"]'))
    hand.press("Control+a", "Control+a", "ArrowUp", "ArrowUp", "Control+z")
    expect(page.locator("[data-fm-count]")).to_have_text("8 chosen")
    hand.press("g")
    enter("button", "Propose and approve")
    enter("link", "Prepare treatment")
    for box in BOXES:
        hand.reach(page.get_by_role("checkbox", name=box).first)
        hand.press("Space")
    hand.reach(page.get_by_role("radio", name="Now").first)
    hand.press("Space")
    enter("button", "Sign as Injector and Prescriber")

    main = page.get_by_role("main")
    expect(main).to_contain_text("Signed")
    expect(main).to_contain_text(f"{SCHEME_UNITS} units Botox in {SCHEME_POINTS} points")
    expect(main).to_contain_text("moved")
    assert hand.clicks == 0
