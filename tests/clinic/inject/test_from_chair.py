"""The signing form that is filled in from the chair: after a sign-in, and with the vials of the sitting."""

from __future__ import annotations

import re
from collections.abc import Callable

from django.test import Client
from django.urls import reverse

from masseter.journey.accounts.models import Clinic
from masseter.journey.inject.models import Treatment
from masseter.journey.stock.actions import change_lot_state
from masseter.journey.stock.models import Lot
from tests.clinic.inject.test_chair import TIME_OUT, deed
from tests.clinic.inject.test_flow import fields
from tests.clinic.pages import words
from tests.conftest import ActorMaker
from tests.journey.given import DOCTOR, make_lot, vials_of
from tests.journey.seated import seated
from tests.ui.test_held import sent_signed_out

SignedIn = Callable[..., Client]


def test_form_is_filled_in_from_the_chair_also_after_a_form_was_given_back(
    clinic: Clinic, actor: ActorMaker, signed_in: SignedIn
) -> None:
    by = actor(*DOCTOR)
    sitting, client = seated(by, vials=vials_of(make_lot(by))[:1]), signed_in(*DOCTOR)
    prepare = reverse("treatment_prepare", args=[sitting.plan_id])
    sent_signed_out(client, reverse("patient_add"), family_name="Typed")
    assert "Typed" in client.get(reverse("patient_add")).content.decode()

    deed(client, sitting.plan, "all")
    filled = fields(client.get(prepare).content.decode())
    client.post(prepare, {**filled, **TIME_OUT, "vial_confirmed": "1", "do": "sign"})

    assert filled["taps_seen"]
    assert Treatment.objects.get().points.count() == 31


def test_form_typed_while_signed_out_comes_back_once_and_then_the_chair_fills_it_in(
    clinic: Clinic, actor: ActorMaker, signed_in: SignedIn
) -> None:
    by = actor(*DOCTOR)
    sitting, client = seated(by), signed_in(*DOCTOR)
    prepare = reverse("treatment_prepare", args=[sitting.plan_id])
    deed(client, sitting.plan, "all")
    sent_signed_out(client, prepare, note="Typed while signed out", **{"points-total": "0"})

    given_back = client.get(prepare).content.decode()
    again = client.get(prepare).content.decode()

    assert "Typed while signed out" in given_back
    assert "Typed while signed out" not in again
    assert re.search(r'name="taps_seen" value="\d+"', again)
    assert "signed out while you typed" not in words(client.get(prepare))


def ticked(html: str) -> list[str]:
    """The vials that are ticked, in the order of the page."""
    return re.findall(r'name="vials" value="(\d+)" checked', html)


def test_vial_of_the_sitting_that_is_recalled_since_stays_ticked_and_stops_the_signature(
    clinic: Clinic, actor: ActorMaker, signed_in: SignedIn
) -> None:
    by = actor(*DOCTOR)
    lot, other = make_lot(by, number="GONE"), make_lot(by, number="READY")
    sitting, client = seated(by, vials=vials_of(lot)[:1]), signed_in(*DOCTOR)
    prepare = reverse("treatment_prepare", args=[sitting.plan_id])
    change_lot_state(by=by, lot=lot, state=Lot.State.RECALLED, reason="Recalled by the maker")

    page = client.get(prepare)

    assert ticked(page.content.decode()) == [str(sitting.vials[0])]
    assert "recalled" in words(page).partition("1. Time-out")[0]  # type: ignore[arg-type]  # the test client's
    filled = fields(page.content.decode())
    refused = client.post(prepare, {**filled, **TIME_OUT, "vial_confirmed": "1", "do": "sign"})
    assert refused.status_code == 422
    assert {vial.state for vial in vials_of(other)} == {"sealed"}


def test_vials_of_the_sitting_stand_first_in_the_order_of_the_sitting(
    clinic: Clinic, actor: ActorMaker, signed_in: SignedIn
) -> None:
    by = actor(*DOCTOR)
    first, second = vials_of(make_lot(by, number="TWO"))
    sitting, client = seated(by, vials=[second, first]), signed_in(*DOCTOR)

    page = client.get(reverse("treatment_prepare", args=[sitting.plan_id])).content.decode()

    assert ticked(page) == [str(second.pk), str(first.pk)]


def test_vials_that_are_nowhere_are_not_found(clinic: Clinic, actor: ActorMaker, signed_in: SignedIn) -> None:
    by = actor(*DOCTOR)
    sitting, client = seated(by), signed_in(*DOCTOR)
    prepare = reverse("treatment_prepare", args=[sitting.plan_id])

    for nowhere in ("9" * 9, "9" * 40):
        assert client.post(prepare, {"vials": [str(sitting.vials[0]), nowhere]}).status_code == 404
