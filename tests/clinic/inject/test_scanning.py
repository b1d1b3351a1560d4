"""Scanning cartons on the page of the treatment: several vials, and none that is ticked unseen."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from masseter.journey.accounts.models import Clinic
from masseter.journey.inject.models import Treatment, VialUse
from masseter.journey.plan.models import Plan
from masseter.journey.stock.models import Lot, Vial
from tests.clinic.inject.test_flow import fields
from tests.clinic.inject.test_pages import TICKS
from tests.conftest import ActorMaker
from tests.journey.given import DOCTOR, approved_plan, make_lot, vials_of

Page = tuple[Client, str, dict[str, object]]


@pytest.fixture
def lots(clinic: Clinic, actor: ActorMaker) -> tuple[Lot, Lot]:
    """Two lots of one size, a vial each, the first of them the first to expire."""
    by = actor(*DOCTOR)
    later = make_lot(by, number="LATER", count=1)
    return make_lot(by, number="FIRST", expires_on=later.expires_on.replace(day=1), count=1), later


@pytest.fixture
def page(lots: tuple[Lot, Lot], actor: ActorMaker, signed_in: Callable[..., Client]) -> Page:
    """The prepare page, with everything confirmed but the vial."""
    plan, browser = approved_plan(actor(*DOCTOR)), signed_in(*DOCTOR)
    url = reverse("treatment_prepare", args=[plan.pk])
    return browser, url, {**fields(browser.get(url).content.decode()), **TICKS, "mixed": ""}


def code(lot: Lot) -> str:
    return f"]d2010030023392102917{lot.expires_on:%y%m%d}10{lot.number}"


def vial(lot: Lot) -> Vial:
    return vials_of(lot)[0]


def test_ticked_vial_that_was_not_scanned_is_not_dropped(page: Page, lots: tuple[Lot, Lot]) -> None:
    browser, url, sent = page
    first, later = lots
    assert sent["vials"] == str(vial(first).pk)

    answer = browser.post(url, {**sent, "vial_code": code(later)})

    html = answer.content.decode()
    assert "FIRST · 1 is ticked and was not scanned" in html
    assert "Scanned: product, size, lot and expiry agree" in html
    assert not Treatment.objects.exists()


def test_code_of_another_expiry_signs_nothing(page: Page, lots: tuple[Lot, Lot]) -> None:
    browser, url, sent = page
    wrong = code(lots[0]).replace(f"17{lots[0].expires_on:%y%m%d}", "17300101")

    answer = browser.post(url, {**sent, "vial_code": wrong})

    assert "code says 01 January 2030" in answer.content.decode()
    assert not Treatment.objects.exists()


def test_two_scanned_vials_are_both_used(page: Page, lots: tuple[Lot, Lot]) -> None:
    browser, url, sent = page

    codes = {"vial_code": "\n".join(code(lot) for lot in lots), "mixed": "now"}

    counted = fields(browser.post(url, {**sent, **codes}).content.decode())
    browser.post(url, {**counted, **TICKS, **codes, "vials": [vial(lot).pk for lot in lots]})

    assert set(VialUse.objects.values_list("vial__lot__number", flat=True)) == {"FIRST", "LATER"}


def test_vial_in_the_hand_is_opened_whichever_expires_first(
    lots: tuple[Lot, Lot], actor: ActorMaker, signed_in: Callable[..., Client]
) -> None:
    browser, plan = signed_in(*DOCTOR), approved_plan(actor(*DOCTOR))
    # The stock changed since: what is left is of another size than planned.
    Plan.objects.filter(pk=plan.pk).update(presentation="botox-100")
    url = reverse("vial_open", args=[plan.pk])
    sent = fields(browser.get(url).content.decode())
    assert sent["vial"] == ""

    unsaid = browser.post(url, sent).content.decode()
    unread = browser.post(url, {**sent, "carton_code": "12"}).content.decode()
    against = browser.post(
        url, {**sent, "vial": str(vial(lots[0]).pk), "carton_code": code(lots[1])}
    ).content.decode()
    assert {vial(lot).state for lot in lots} == {"sealed"}
    browser.post(url, {**sent, "carton_code": code(lots[1])})

    prepared = fields(browser.get(reverse("treatment_prepare", args=[plan.pk])).content.decode())
    assert prepared["vials"] == str(vial(lots[1]).pk)
    assert "Choose the vial, or scan its carton." in unsaid
    assert 'id="id_carton_code_error"' in unread
    assert "The stock has lot FIRST" in against
    assert (vial(lots[0]).state, vial(lots[1]).state) == ("sealed", "opened")
