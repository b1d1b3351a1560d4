"""The signing form that is filled in from the chair: after a sign-in, and with the vials of the sitting."""

from __future__ import annotations

import re
from collections.abc import Callable

from django.test import Client
from django.urls import reverse

from masseter.journey.accounts.models import Clinic
from masseter.journey.inject.models import Treatment
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
