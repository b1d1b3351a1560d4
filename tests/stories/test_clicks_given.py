"""Jobs around a treatment, done by hand in the browser: clicks and keys are what the docs say."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from playwright.sync_api import Page, expect

from masseter.journey.ground import clock
from masseter.journey.ground.rights import Role
from masseter.journey.ground.scope import clinic_scope
from masseter.journey.stock.models import Vial
from tests.factories import make_patient, make_ready_case
from tests.journey.given import MIGRAINE, approved_plan, healthy, make_lot
from tests.stories.hand import Hand, everybody, written
from tests.stories.script import Person
from tests.stories.site import Site
from tests.stories.test_twelve_clicks import BOXES

GTIN, LOT = "00300233921029", "CLICKS"


def test_vial_is_opened_by_scan_a_point_given_differently_and_the_record_corrected(
    site: Site, committing: None, person: Callable[..., Person], window: Callable[..., Page]
) -> None:
    by = everybody(site)
    expires = clock.today(by.zone) + timedelta(days=300)
    with clinic_scope(site.clinic.pk, by.user_id):
        # What other stories left in the stock would have the plan made for their size.
        left = Vial.objects.filter(clinic=site.clinic, state=Vial.State.SEALED)
        left.update(state=Vial.State.QUARANTINED, reason="Left by another story.")
        patient = make_patient(by, given_names="Three", family_name="Jobs")
        known = {**healthy(), **MIGRAINE}
        case = make_ready_case(
            by, condition="chronic_migraine", diagnosis="chronic_migraine", patient=patient, **known
        )
        plan = approved_plan(by, case)
        make_lot(by, number=LOT, expires_on=expires, count=1)
        make_lot(by, number="SOONER", expires_on=expires - timedelta(days=30), count=1)
    page = window(person(Role.INJECTOR, Role.PRESCRIBER))
    page.goto(f"/clinic/plans/{plan.pk}/inject/")

    # A scanner types the code and Enter: that opens nothing yet, the button does.
    hand = Hand(page)
    hand.link("Reconstitute beforehand")
    hand.click(page.get_by_label("Scan the carton"))
    hand.scan(f"]d201{GTIN}17{expires:%y%m%d}10{LOT}")
    expect(page.get_by_label("Scan the vial")).to_be_focused()
    hand.button("Vial is opened")
    with clinic_scope(site.clinic.pk, by.user_id):
        assert Vial.objects.get(lot__number=LOT).state == Vial.State.OPENED
    assert hand.told() == written("A vial opened by scan")

    # The time-out is no part of what is counted next.
    before = Hand(page)
    for box in (*BOXES, "Lot and expiry are the same"):
        before.tick(box)
    before.button("Begin at the chair")
    hand = Hand(page)
    expect(page.get_by_role("button", name="Given as planned")).to_be_focused()
    hand.press("4")
    hand.choose("A vessel or nerve lies there")
    hand.click(page.get_by_role("button", name="Note this dose"))
    expect(page.locator(".c-count")).to_have_text("1 of 31 points")
    assert hand.told() == written("One point given differently, at the chair")

    before.click(page.get_by_role("button", name="Everything still to do as planned"))
    expect(page.locator("[data-chair-line]")).to_contain_text("All saved")
    with page.expect_navigation():
        page.get_by_role("link", name="Check and sign").first.click()
    before.button("Sign as Injector and Prescriber")
    hand = Hand(page)
    hand.link("Correct")
    hand.click(page.get_by_label("Why is the record corrected?"))
    hand.type("Slip")
    row = page.locator("tr[data-row]").first
    hand.click(row.locator("[name$=-units]"))
    hand.press("Control+a", "3")
    hand.click(row.locator("[name$=-reason]"))
    hand.type("Slip")
    hand.button("Sign the correction as Injector and Prescriber")
    assert hand.told() == written("A signed dose corrected")
