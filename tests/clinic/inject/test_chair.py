"""Injection mode through the pages, without a script: from the time-out to the signed record."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any
from uuid import uuid4

from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from masseter.journey.accounts.models import Clinic
from masseter.journey.audit.models import Event
from masseter.journey.ground.actor import Actor
from masseter.journey.ground.rights import Role
from masseter.journey.inject.models import ChairTap, Sitting, Treatment
from masseter.journey.inject.sittings import taps_of
from masseter.journey.plan.models import Plan
from masseter.journey.stock.models import Vial
from masseter.ui.held import owner_of
from tests.clinic.inject.test_flow import fields
from tests.clinic.pages import send, words
from tests.conftest import ActorMaker
from tests.journey.given import DOCTOR, approved_plan, make_lot, vials_of
from tests.journey.seated import seated, state

TIME_OUT = {
    "identifiers": ["name", "birth_date"],
    "consent_confirmed": "1",
    "plan_confirmed": "1",
    "allergies_confirmed": "1",
    "nothing_new": "1",
    "mixed": "now",
}
SignedIn = Callable[..., Client]


def deed(client: Client, plan: Plan, do: str, **more: str) -> HttpResponse:
    """Press a button of the chair's page, opened at its point."""
    url = reverse("chair", args=[plan.pk])
    page = client.get(url)
    stands = dict(re.findall(r'name="(sitting|known)" value="(\d+)"', page.content.decode()))
    assert set(stands) == {"sitting", "known"}
    return send(client, url, {"do": do, **stands, **more}, page)  # type: ignore[arg-type]  # the test client's


def line(client: Client, plan: Plan, **sent: Any) -> Any:
    """What the line answers to a device that was opened for the newest sitting, or for another one."""
    sitting = sent.pop("sitting", None) or Sitting.objects.filter(plan=plan).latest("pk").pk
    url = reverse("chair_line", args=[plan.pk]) + f"?sitting={sitting}"
    return client.post(url, json.dumps(sent), content_type="application/json")


def told(point: str, units: str = "5", **more: Any) -> dict[str, Any]:
    """A tap as a device tells it."""
    at = "2026-01-01T10:00:00+00:00"
    tap = {
        "key": str(uuid4()),
        "hand": str(uuid4()),
        "kind": "given",
        "point": point,
        "units": units,
        "at": at,
    }
    return {**tap, **more}


def names(plan: Plan) -> list[str]:
    return [point.label for point in plan.points.all()]


def test_treatment_at_the_chair_from_the_time_out_to_the_signature(
    clinic: Clinic, actor: ActorMaker, signed_in: SignedIn
) -> None:
    by = actor(*DOCTOR)
    make_lot(by)
    plan, client = approved_plan(by), signed_in(*DOCTOR)
    prepare, chair = reverse("treatment_prepare", args=[plan.pk]), reverse("chair", args=[plan.pk])
    assert client.get(chair)["Location"] == prepare
    form = fields(client.get(prepare).content.decode())
    ids = names(plan)

    hurried = client.post(prepare, {**form, "do": "chair", "mixed": "now"})
    begun = client.post(prepare, {**form, **TIME_OUT, "do": "chair"})
    assert (hurried.status_code, begun["Location"]) == (422, chair)
    page = words(client.get(chair))
    assert "0 of 31 points" in page
    assert f"{ids[0]}" in page
    deed(client, plan, f"given:{ids[0]}")
    assert deed(client, plan, f"change:{ids[1]}", units="4").status_code == 422
    assert deed(client, plan, f"change:{ids[1]}", units="none", changed_code="vessel").status_code == 422
    assert deed(client, plan, f"skip:{ids[2]}").status_code == 422
    deed(client, plan, f"change:{ids[1]}", units="4", changed_code="vessel", changed_text="A small one")
    deed(client, plan, f"skip:{ids[2]}", skipped_code="skin")
    where = re.search(r'<option value="([^"]+)">just below', client.get(chair).content.decode())
    assert where is not None
    deed(client, plan, "add", where=where[1], added_units="2.5")
    deed(client, plan, "all")
    deed(client, plan, "undo")
    page = words(client.get(chair))
    assert "4 of 32 points" in page
    assert "11.5 of 155 units" in page
    deed(client, plan, "all")
    page = words(client.get(chair))
    assert "Every point is noted" in page
    assert "More than 20 units of Botox in the frontalis" in page
    filled = fields(client.get(prepare).content.decode())
    filled |= {name: "Strong brow." for name in filled if name.startswith("reason-")}
    signed = client.post(prepare, {**filled, **TIME_OUT, "vial_confirmed": "1", "do": "sign"}, follow=True)

    assert signed.redirect_chain, words(signed)  # type: ignore[arg-type]  # the test client's answer
    treatment = Treatment.objects.get()
    points = {point.label: point for point in treatment.points.all()}
    assert signed.redirect_chain[-1][0] == reverse("treatment", args=[treatment.pk])
    assert len(points) == 31
    assert (points[ids[1]].units, points[ids[1]].reason) == (4, "A vessel or nerve lies there: A small one")
    assert [(each["point"], each["reason"]) for each in treatment.left_out] == [
        (ids[2], "The skin there is broken, inflamed or infected")
    ]
    assert [point.reason for name, point in points.items() if name not in ids] == ["Added at the chair"]
    assert sum(point.units for point in points.values()) == Decimal("151.5")
    vial = Vial.objects.get(pk=treatment.vial_uses.get().vial_id)
    assert vial.given_units + vial.discarded_units == vial.label_units
    assert Sitting.objects.get().outcome == "signed"
    assert "is signed" in words(client.get(chair))


def test_muscles_go_in_ones_own_order_which_is_kept(
    clinic: Clinic, actor: ActorMaker, signed_in: SignedIn
) -> None:
    by = actor(*DOCTOR)
    sitting, client = seated(by), signed_in(*DOCTOR)
    keys = re.findall(
        r'data-chair-muscle="([^"]+)"', client.get(reverse("chair", args=[sitting.plan_id])).content.decode()
    )

    deed(client, sitting.plan, f"later:{keys[0]}")
    refused = deed(client, sitting.plan, "later:nothing")
    deed(client, sitting.plan, f"muscle:{keys[1]}")

    shown = re.findall(
        r'data-chair-muscle="([^"]+)"', client.get(reverse("chair", args=[sitting.plan_id])).content.decode()
    )
    assert shown == [keys[1], keys[0], *keys[2:]]
    assert refused.status_code == 422
    given = {point.id for point in state(by, sitting).of("given")}
    assert given == {
        point.label for point in sitting.plan.points.all() if f"{point.site}.{point.side}" == keys[1]
    }


def test_volume_is_that_of_the_vial_in_hand_and_not_of_the_plan(
    clinic: Clinic, actor: ActorMaker, signed_in: SignedIn
) -> None:
    by = actor(*DOCTOR)
    sitting, client = seated(by), signed_in(*DOCTOR)
    vial = Vial.objects.get(pk=sitting.vials[0])
    page = client.get(reverse("chair", args=[sitting.plan_id]))
    as_planned = re.search(r'data-now="ml">([\d.]+)<', page.content.decode())
    Vial.objects.filter(pk=vial.pk).update(diluent_ml=vial.diluent_ml * 2)

    thinner = re.search(
        r'data-now="ml">([\d.]+)<', client.get(reverse("chair", args=[sitting.plan_id])).content.decode()
    )

    assert as_planned is not None
    assert thinner is not None
    assert Decimal(thinner[1]) == 2 * Decimal(as_planned[1])


def test_line_takes_each_tap_once_and_tells_the_others(
    clinic: Clinic, actor: ActorMaker, signed_in: SignedIn
) -> None:
    by = actor(*DOCTOR)
    sitting, client = seated(by), signed_in(*DOCTOR)
    plan, owner = sitting.plan, owner_of(by)
    good, bad = told(names(plan)[0]), told(names(plan)[1], units="a lot")
    lost = told("MASS-L-x1", place={"site": "nowhere", "side": "left", "view": "left", "x": "1", "y": "1"})

    first = line(client, plan, owner=owner, after=0, taps=[good, bad, lost, "nonsense"]).json()
    again = line(client, plan, owner=owner, after=first["after"], taps=[good]).json()

    assert (first["answers"], again["answers"]) == ({good["key"]: "saved"}, {good["key"]: "known"})
    assert set(first["wrong"]) == {bad["key"], lost["key"], ""}
    assert [tap["key"] for tap in first["taps"]] == [good["key"]]
    assert again["taps"] == []
    assert ChairTap.objects.count() == 1


def test_line_refuses_taps_of_another_person_and_takes_nothing_broken(
    clinic: Clinic, actor: ActorMaker, signed_in: SignedIn
) -> None:
    by = actor(*DOCTOR)
    sitting, other = seated(by), signed_in(Role.INJECTOR)
    url = reverse("chair_line", args=[sitting.plan_id]) + f"?sitting={sitting.pk}"

    answer = line(other, sitting.plan, owner=owner_of(by), after=0, taps=[told(names(sitting.plan)[0])])
    broken = other.post(url, "{no", content_type="application/json")

    assert (answer.status_code, broken.status_code) == (409, 409)
    assert not taps_of(sitting)


def test_line_and_check_are_posted_and_nothing_else(
    clinic: Clinic, actor: ActorMaker, signed_in: SignedIn
) -> None:
    plan, client = seated(actor(*DOCTOR)).plan_id, signed_in(*DOCTOR)

    for url in (
        reverse("chair_line", args=[plan]),
        reverse("chair_check", args=[plan]),
        reverse("chair_key"),
    ):
        assert [client.options(url).status_code, client.get(url).status_code] == [405, 405]


def test_asking_alone_keeps_nobody_signed_in_and_is_logged_once(
    clinic: Clinic, actor: ActorMaker, signed_in: SignedIn
) -> None:
    by = actor(*DOCTOR)
    sitting, client = seated(by), signed_in(*DOCTOR)
    tap = told(names(sitting.plan)[0])
    openings = Event.objects.filter(what="record.opened")
    client.get(reverse("chair", args=[sitting.plan_id]))
    before = openings.count()

    asking = line(client, sitting.plan, owner=owner_of(by), after=0)
    tapping = line(client, sitting.plan, owner=owner_of(by), after=0, taps=[tap])
    check = client.post(reverse("chair_check", args=[sitting.plan_id]) + f"?sitting={sitting.pk}")

    assert "sessionid" not in asking.cookies
    assert "sessionid" in tapping.cookies
    assert "sessionid" not in check.cookies
    assert openings.count() == before


def test_check_at_the_chair_looks_at_what_was_given(
    clinic: Clinic, actor: ActorMaker, signed_in: SignedIn
) -> None:
    by = actor(*DOCTOR)
    sitting, client = seated(by), signed_in(*DOCTOR)
    url = reverse("chair_check", args=[sitting.plan_id]) + f"?sitting={sitting.pk}"
    quiet = words(client.post(url))  # type: ignore[arg-type]  # the test client's answer

    line(client, sitting.plan, owner=owner_of(by), after=0, taps=[told(names(sitting.plan)[0], units="190")])

    loud = words(client.post(url))  # type: ignore[arg-type]  # the test client's answer
    assert names(sitting.plan)[0] in loud
    assert names(sitting.plan)[0] not in quiet


def test_key_of_a_device_is_of_one_session_and_ends_with_it(
    clinic: Clinic, actor: ActorMaker, signed_in: SignedIn
) -> None:
    one, other = signed_in(*DOCTOR), signed_in(*DOCTOR)
    url = reverse("chair_key")
    keys = [client.post(url).json()["key"] for client in (one, one, other)]

    gone = one.post(reverse("account_logout"))

    assert (keys[0] == keys[1], keys[0] == keys[2]) == (True, False)
    assert gone["Clear-Site-Data"] == '"storage"'
    assert one.post(url).status_code == 302
    assert one.get(reverse("chair_shell")).status_code == 302


def test_shell_names_nobody(clinic: Clinic, actor: ActorMaker, signed_in: SignedIn) -> None:
    """It is kept in the browser as it is."""
    by: Actor = actor(*DOCTOR)
    sitting = seated(by)

    shell = signed_in(*DOCTOR).get(reverse("chair_shell")).content.decode()

    for name in (by.name, by.clinic_name, str(sitting.patient), sitting.patient.number):
        assert name not in shell


def test_treatment_page_tells_of_taps_that_came_too_late(
    clinic: Clinic, actor: ActorMaker, signed_in: SignedIn
) -> None:
    by = actor(*DOCTOR)
    sitting, client = seated(by, vials=vials_of(make_lot(by))[:1]), signed_in(*DOCTOR)
    prepare = reverse("treatment_prepare", args=[sitting.plan_id])
    deed(client, sitting.plan, "all")
    filled = fields(client.get(prepare).content.decode())
    client.post(prepare, {**filled, **TIME_OUT, "vial_confirmed": "1", "do": "sign"})
    page = reverse("treatment", args=[Treatment.objects.get().pk])
    quiet = words(client.get(page))  # type: ignore[arg-type]  # the test client's answer

    tap = told(names(sitting.plan)[0], units="2.5")
    answer = line(client, sitting.plan, owner=owner_of(by), after=0, taps=[tap]).json()

    assert (answer["answers"][tap["key"]], answer["over"]) == ("late", True)
    loud = words(client.get(page))  # type: ignore[arg-type]  # the test client's answer
    assert "after the signature" in loud
    assert "after the signature" not in quiet
