"""The stock pages: scanning, comparing, keeping back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from masseter.journey.accounts.models import Clinic
from masseter.journey.ground import clock
from masseter.journey.ground.rights import Role
from masseter.journey.stock.models import Lot, Vial
from masseter.journey.stock.storage_actions import add_unit
from tests.clinic.inject.test_flow import fields
from tests.conftest import ActorMaker
from tests.journey.given import make_lot, vials_of

SignIn = Callable[..., Client]
CODE = "0100300231145014" + "17280300" + "10C1234C3\x1d21S1"


def typed(browser: Client, **changed: str) -> dict[str, str]:
    """What a browser would send to take a lot in by hand."""
    sent = fields(browser.get(reverse("lot_receive")).content.decode())
    expiry = clock.today("Europe/London") + timedelta(days=90)
    lot = {"size": "botox|botox-100", "number": "C1", "expires_on": expiry.isoformat(), "count": "2"}
    return {**sent, **lot, "compared": "1", "do": "receive", **changed}


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"size": ""}, "required"),
        ({"number": ""}, "required"),
        ({"number": "??"}, "as it stands on the carton"),
        ({"expires_on": "31.02.2027"}, "Enter a date"),
        ({"expires_on": "2020-01-01"}, "has expired"),
        ({"expires_on": "2099-01-01"}, "check the year"),
        ({"count": "0"}, "from 1 to"),
        ({"count": "two"}, "whole number"),
        ({"serials": "a\nb\nc"}, "more serial numbers"),
        ({"compared": ""}, "Compare with the cartons"),
        ({"code": CODE}, "says lot C1234C3"),
        ({"code": "rubbish"}, "Scan the square code"),
    ],
)
def test_receive_keeps_what_was_typed_and_says_what_is_wrong(
    clinic: Clinic, signed_in: SignIn, changed: dict[str, str], words: str
) -> None:
    browser = signed_in(Role.MANAGER)

    page = browser.post(reverse("lot_receive"), typed(browser, **changed))

    assert page.status_code == 422
    assert words in page.content.decode()
    assert not Lot.objects.exists()


def test_read_codes_fill_the_form_and_save_nothing(clinic: Clinic, signed_in: SignIn) -> None:
    browser = signed_in(Role.MANAGER)

    page = browser.post(reverse("lot_receive"), {"do": "read", "code": f"{CODE}\n{CODE.replace('S1', 'S2')}"})

    sent = fields(page.content.decode())
    assert (sent["size"], sent["number"], sent["expires_on"]) == ("botox|botox-100", "C1234C3", "2028-03-31")
    assert (sent["count"], sent["serials"]) == ("2", "S1\nS2")
    assert not Lot.objects.exists()


def test_read_codes_leave_the_vials_code_and_the_place_as_they_are(
    clinic: Clinic, signed_in: SignIn, actor: ActorMaker
) -> None:
    unit = add_unit(by=actor(Role.MANAGER), name="Fridge", place="refrigerator", longest_minutes=60)
    sent = {"do": "read", "code": CODE, "label_code": "10C1234C3", "unit": str(unit.pk)}

    page = signed_in(Role.MANAGER).post(reverse("lot_receive"), sent)

    shown = fields(page.content.decode())
    assert (shown["label_code"], shown["unit"]) == ("10C1234C3", str(unit.pk))


def test_read_codes_say_honestly_that_a_product_number_is_unknown(clinic: Clinic, signed_in: SignIn) -> None:
    code = "0109506000134352" + "17280300" + "10AB1"

    page = signed_in(Role.MANAGER).post(reverse("lot_receive"), {"do": "read", "code": code})

    assert "We do not know the number 09506000134352" in page.content.decode()


def test_received_vials_are_listed_by_expiry(clinic: Clinic, signed_in: SignIn, actor: ActorMaker) -> None:
    browser = signed_in(Role.MANAGER)
    make_lot(actor(Role.MANAGER), number="LATER")

    browser.post(reverse("lot_receive"), typed(browser))

    html = browser.get(reverse("stock")).content.decode()
    assert html.index(">C1<") < html.index(">LATER<")


def test_lot_is_recalled_with_a_reason(clinic: Clinic, signed_in: SignIn, actor: ActorMaker) -> None:
    lot = make_lot(actor(Role.MANAGER))
    browser = signed_in(Role.MANAGER)
    url = reverse("lot", args=[lot.pk])
    sent = fields(browser.get(url).content.decode())

    refused = browser.post(url, {**sent, "do": "recalled", "reason": ""})
    page = browser.post(url, {**sent, "do": "recalled", "reason": "Letter of the maker."}, follow=True)

    assert refused.status_code == 422
    assert "Letter of the maker." in page.content.decode()
    lot.refresh_from_db()
    assert lot.state == "recalled"


def test_vial_is_thrown_away_and_its_ledger_shown(
    clinic: Clinic, signed_in: SignIn, actor: ActorMaker
) -> None:
    vial = vials_of(make_lot(actor(Role.MANAGER)))[0]
    browser = signed_in(Role.MANAGER)
    url = reverse("vial", args=[vial.pk])
    sent = fields(browser.get(url).content.decode())

    page = browser.post(url, {**sent, "do": "discard", "reason": "Dropped."}, follow=True)

    assert "Dropped." in page.content.decode()
    assert Vial.objects.get(pk=vial.pk).discarded_units == 200


def test_vial_that_is_thrown_away_is_told_as_no_more_and_its_looks_are_no_history(
    clinic: Clinic, signed_in: SignIn, actor: ActorMaker
) -> None:
    vial = vials_of(make_lot(actor(Role.MANAGER)))[0]
    url, browser = reverse("vial", args=[vial.pk]), signed_in(Role.MANAGER)
    before = browser.get(url).content.decode()

    browser.post(url, {**fields(before), "do": "discard", "reason": "Dropped."})
    after = browser.get(url).content.decode()

    assert ("Available" in before, "nowhere that was said" in before) == (True, True)
    assert ("Available" in after, "nowhere that was said" in after) == (False, False)
    assert "Dropped." in after
    assert "chart.opened" not in after


@pytest.mark.parametrize("name", ["lot", "vial"])
def test_stock_of_another_clinic_is_not_there(
    clinic: Clinic, other_clinic: Clinic, signed_in: SignIn, actor: ActorMaker, name: str
) -> None:
    lot = make_lot(actor(Role.MANAGER))
    row = {"lot": lot, "vial": vials_of(lot)[0]}[name]

    page = signed_in(Role.MANAGER, of=other_clinic).get(reverse(name, args=[row.pk]))

    assert page.status_code == 404


def test_receiving_is_closed_to_an_injector(clinic: Clinic, signed_in: SignIn) -> None:
    assert signed_in(Role.INJECTOR).get(reverse("lot_receive")).status_code == 403


def test_lot_says_how_it_is_kept_and_what_it_is_licensed_for(
    clinic: Clinic, signed_in: SignIn, actor: ActorMaker
) -> None:
    lot = make_lot(actor(Role.MANAGER))

    page = signed_in(Role.MANAGER).get(reverse("lot", args=[lot.pk])).content.decode()

    assert "at most 120 hours" in page
    assert "Hemifacial spasm, from 18 years on" in page
    assert "human albumin" in page
    assert "not read at the source yet" in page


def test_receiving_says_what_to_look_at_on_the_pack(clinic: Clinic, signed_in: SignIn) -> None:
    page = signed_in(Role.MANAGER).get(reverse("lot_receive")).content.decode()

    assert "Do carton and vial carry the same lot and expiry?" in page
    assert "1889" not in page  # a check of the US alone
