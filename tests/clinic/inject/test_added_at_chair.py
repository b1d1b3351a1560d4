"""At the chair without a script: an added point is a point like any other, and each muscle has its places."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from masseter.clinic.inject.noting import ADDED
from masseter.core.inject.chair import PointState
from masseter.journey.accounts.models import Clinic
from masseter.journey.ground.actor import Actor
from masseter.journey.ground.rights import Role
from masseter.journey.inject.chair_actions import note_taps
from masseter.journey.inject.models import Sitting, Treatment
from tests.clinic.inject.test_chair import TIME_OUT, deed, names
from tests.clinic.inject.test_flow import fields
from tests.clinic.pages import words
from tests.conftest import ActorMaker
from tests.journey.given import DOCTOR, make_lot, vials_of
from tests.journey.seated import seated, state, tap_given

SignedIn = Callable[..., Client]


def added(client: Client, by: Actor, sitting: Sitting) -> str:
    """A point added beside the one that is large; its name."""
    page = client.get(reverse("chair", args=[sitting.plan_id])).content.decode()
    where = re.search(r'<option value="([^"]+)">just below', page)
    assert where is not None
    assert deed(client, sitting.plan, "add", where=where[1], added_units="2.5").status_code == 302
    return next(point.id for point in state(by, sitting).points if point.planned is None)


def point_of(by: Actor, sitting: Sitting, name: str) -> PointState:
    return next(point for point in state(by, sitting).points if point.id == name)


def test_added_point_is_changed_skipped_and_noted_again_like_any_other(
    clinic: Clinic, actor: ActorMaker, signed_in: SignedIn
) -> None:
    by = actor(*DOCTOR)
    sitting, client = seated(by), signed_in(*DOCTOR)
    name = added(client, by, sitting)
    large = reverse("chair", args=[sitting.plan_id]) + f"?point={name}"

    shown = words(client.get(large))  # type: ignore[arg-type]  # the test client's answer
    again = deed(client, sitting.plan, f"given:{name}")
    assert (again.status_code, point_of(by, sitting, name).units) == (302, 2.5)
    assert point_of(by, sitting, name).reason == ADDED
    deed(client, sitting.plan, f"change:{name}", units="4", changed_code="vessel")
    assert (point_of(by, sitting, name).units, point_of(by, sitting, name).status) == (4, "given")
    deed(client, sitting.plan, f"skip:{name}", skipped_code="skin")
    assert point_of(by, sitting, name).status == "skipped"
    unknown = deed(client, sitting.plan, f"given:{name}")

    assert "Given as noted" in shown
    assert unknown.status_code == 422
    assert "Type a number of units." in words(unknown)


def test_treatment_with_a_skipped_added_point_is_signed_without_it(
    clinic: Clinic, actor: ActorMaker, signed_in: SignedIn
) -> None:
    by = actor(*DOCTOR)
    sitting, client = seated(by, vials=vials_of(make_lot(by))[:1]), signed_in(*DOCTOR)
    name = added(client, by, sitting)
    deed(client, sitting.plan, f"skip:{name}", skipped_code="skin")
    deed(client, sitting.plan, "all")
    prepare = reverse("treatment_prepare", args=[sitting.plan_id])

    filled = fields(client.get(prepare).content.decode())
    client.post(prepare, {**filled, **TIME_OUT, "vial_confirmed": "1", "do": "sign"})

    treatment = Treatment.objects.get()
    assert name not in {point.label for point in treatment.points.all()}
    assert treatment.points.count() == 31


@pytest.mark.parametrize("units", ["5", "5.0", "5,0", " 5 "])
def test_planned_dose_asks_for_no_reason_however_it_is_typed(
    clinic: Clinic, actor: ActorMaker, signed_in: SignedIn, units: str
) -> None:
    by = actor(*DOCTOR)
    sitting, client = seated(by), signed_in(*DOCTOR)

    noted = deed(client, sitting.plan, f"change:{names(sitting.plan)[0]}", units=units)

    assert noted.status_code == 302
    assert state(by, sitting).points[0].units == 5


def test_end_is_not_said_while_two_people_differ(
    clinic: Clinic, actor: ActorMaker, signed_in: SignedIn
) -> None:
    by, other = actor(*DOCTOR), actor(Role.INJECTOR)
    sitting, client = seated(by), signed_in(*DOCTOR)
    page = reverse("chair", args=[sitting.plan_id])
    end = re.compile(r"<section[^>]*data-chair-end( hidden)?>")
    deed(client, sitting.plan, "all")
    complete = end.search(client.get(page).content.decode())

    note_taps(by=other, sitting=sitting, taps=[tap_given(sitting, 0, units="2.5")])
    torn = end.search(client.get(page).content.decode())

    assert complete is not None
    assert torn is not None
    assert (complete[1], torn[1]) == (None, " hidden")


def test_device_is_told_the_places_of_every_muscle(
    clinic: Clinic, actor: ActorMaker, signed_in: SignedIn
) -> None:
    by = actor(*DOCTOR)
    sitting, client = seated(by), signed_in(*DOCTOR)

    html = client.get(reverse("chair", args=[sitting.plan_id])).content.decode()

    found = re.search(r'<script id="chair-data" type="application/json">(.*?)</script>', html)
    assert found is not None
    told: dict[str, Any] = json.loads(found[1])
    assert set(told["places"]) == {key for key, _ in told["muscles"]}
    for key, places in told["places"].items():
        site, _, side = key.rpartition(".")
        assert places
        assert all(value.startswith(f"{site}|{side}|") for value, _ in places)
