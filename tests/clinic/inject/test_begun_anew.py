"""A treatment that was set aside and begun anew: what comes late for the first beginning is kept and told."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from masseter.journey.accounts.models import Clinic
from masseter.journey.ground.actor import Actor
from masseter.journey.inject.chair_actions import begin_sitting, set_sitting_aside
from masseter.journey.inject.models import ChairTap, Sitting
from masseter.journey.inject.sittings import late_taps, taps_of
from masseter.journey.stock.models import Vial
from masseter.ui.held import owner_of
from tests.clinic.inject.test_chair import line, names, told
from tests.clinic.pages import send, words
from tests.conftest import ActorMaker
from tests.journey.given import DOCTOR, session_for
from tests.journey.seated import seated, state

SignedIn = Callable[..., Client]


def begun_anew(by: Actor, first: Sitting) -> Sitting:
    """The first beginning set aside, and another one."""
    set_sitting_aside(by=by, sitting=first, reason="Felt faint")
    vials = list(Vial.objects.filter(pk__in=first.vials))
    return begin_sitting(by=by, plan=first.plan, session=session_for(by, first.plan, vials))


def test_taps_of_the_first_beginning_are_never_noted_in_the_new_one(
    clinic: Clinic, actor: ActorMaker, signed_in: SignedIn
) -> None:
    by = actor(*DOCTOR)
    first, client = seated(by), signed_in(*DOCTOR)
    anew = begun_anew(by, first)
    tap = told(names(first.plan)[0], units="50")

    answer = line(client, first.plan, sitting=first.pk, owner=owner_of(by), after=0, taps=[tap]).json()

    assert (answer["answers"], answer["over"]) == ({tap["key"]: "late"}, True)
    assert (len(taps_of(first)), taps_of(anew), state(by, anew).done) == (1, [], 0)
    assert [str(row.key) for row in late_taps(by, first.plan)] == [tap["key"]]
    page = words(client.get(reverse("treatment_prepare", args=[first.plan_id])))  # type: ignore[arg-type]  # the test client's
    assert f"set aside, and stands in no record: {tap['point']}, 50 units" in page


@pytest.mark.parametrize("sitting", ["", "0", "9" * 30, "x"])
def test_line_that_names_no_beginning_of_the_plan_is_not_there(
    clinic: Clinic, actor: ActorMaker, signed_in: SignedIn, sitting: str
) -> None:
    by = actor(*DOCTOR)
    plan, client = seated(by).plan_id, signed_in(*DOCTOR)

    for name in ("chair_line", "chair_check"):
        url = reverse(name, args=[plan]) + (f"?sitting={sitting}" if sitting else "")
        assert client.post(url, "{}", content_type="application/json").status_code == 404


def test_form_of_the_first_beginning_notes_nothing_in_the_new_one(
    clinic: Clinic, actor: ActorMaker, signed_in: SignedIn
) -> None:
    by = actor(*DOCTOR)
    first, client = seated(by), signed_in(*DOCTOR)
    url = reverse("chair", args=[first.plan_id])
    opened = client.get(url)
    begun_anew(by, first)

    refused = send(client, url, {"do": "all", "sitting": str(first.pk)}, opened)  # type: ignore[arg-type]  # the test client's

    assert refused.status_code == 422
    assert "begun anew, so nothing was noted" in words(refused)
    assert not ChairTap.objects.exists()
