"""The patient's page of marks: by name as a plain form, by a tap as the script leaves it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from masseter.journey.ground import clock
from masseter.journey.ground.actor import Actor
from masseter.journey.inject.models import Treatment
from masseter.journey.recover.models import AdverseEvent, FeltMark
from masseter.ui.felt import FELT_WORDS
from tests.clinic.pages import send, words
from tests.conftest import ActorMaker, sign_in
from tests.factories import make_portal_patient
from tests.journey.given import DOCTOR
from tests.journey.treated import jaw_treated, treated

URL = "/my/felt/"


@pytest.fixture
def given(actor: ActorMaker) -> Treatment:
    by: Actor = actor(*DOCTOR)
    return treated(by, days_ago=20, patient=make_portal_patient(by))


@pytest.fixture
def client(given: Treatment) -> Client:
    found = Client()
    assert given.patient.user is not None
    sign_in(found, given.patient.user)
    return found


WRONG: list[tuple[dict[str, str], str]] = [
    ({"area": "frontalis:left"}, "This field is required"),
    ({"kind": "more"}, "choose a place by name"),
    ({"kind": "more", "area": "elbow:left"}, "Select a valid choice"),
    ({"kind": "more", "view": "front", "x": "1e5", "y": "3"}, "choose a place by name"),
    ({"kind": "drooped", "area": "frontalis:left"}, "Choose how bad it is."),
    ({"kind": "drooped", "area": "frontalis:left", "severity": "mild", "started_on": "soon"}, "Enter a date"),
]


def test_form_says_what_is_missing_and_keeps_what_was_typed(client: Client) -> None:
    for typed, said in WRONG:
        page = send(client, URL, {"words": "Kept as typed", **typed})

        assert page.status_code == 422, typed
        assert said in words(page), typed
        assert "Kept as typed" in page.content.decode()
    assert not FeltMark.objects.exists()


def test_what_was_felt_is_asked_in_the_language_of_the_reader(client: Client) -> None:
    page = client.get(URL, headers={"Accept-Language": "ar"}).text

    with translation.override("ar"):
        asked = [str(FELT_WORDS[kind.value]) for kind in FeltMark.Kind]
    assert [one for one in asked if one not in page] == []
    assert "would like more here</label>" not in page


def test_mark_by_name_stands_in_list_and_map_and_is_taken_back(client: Client) -> None:
    send(client, URL, {"kind": "more", "area": "masseter:right", "words": "Still clenching"})

    page = client.get(URL)
    told = words(page)  # type: ignore[arg-type]  # the test client's answer
    assert "I would like more here Chewing muscle in the cheek, right" in told
    assert 'data-felt="more"' in page.content.decode()
    mark = FeltMark.objects.get()
    send(client, reverse("my_felt_back", args=[mark.pk]), {})
    assert "None yet." in words(client.get(URL))  # type: ignore[arg-type]  # the test client's answer
    assert client.get(reverse("my_felt_back", args=[mark.pk])).status_code == 404


def test_tap_and_droop_are_saved_with_the_report(client: Client, given: Treatment) -> None:
    today = clock.today("Europe/London").isoformat()
    place = {"view": "front", "x": "180.5", "y": "170"}
    more = {"effect": "brow_ptosis", "severity": "moderate", "started_on": today}

    page = send(client, URL, {"kind": "drooped", **place, **more})

    assert page.status_code == 302
    mark = FeltMark.objects.get()
    assert (mark.view, str(mark.x)) == ("front", "180.500")
    assert mark.event is not None
    assert mark.event.effect == "brow_ptosis"
    asked = words(client.get(reverse("my_felt_back", args=[mark.pk])))  # type: ignore[arg-type]  # the test client's answer
    assert "heavy or drooping brow" in asked.lower()


def test_droop_after_two_treatments_goes_to_the_last_one_before_it_where_unsure(
    client: Client, given: Treatment, actor: ActorMaker
) -> None:
    jaw_treated(actor(*DOCTOR), given.patient, days_ago=3)
    began = clock.today("Europe/London") - timedelta(days=10)
    told = {"effect": "brow_ptosis", "severity": "mild", "started_on": began.isoformat()}

    send(client, URL, {"treatment": "unsure", "kind": "drooped", "area": "frontalis:left", **told})

    assert FeltMark.objects.get().treatment == given
    assert AdverseEvent.objects.get().treatment == given
