"""A patient's own visits: picking a time, being offered one, cancelling, waiting, and nobody else's."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta

import pytest
import time_machine
from django.test import Client
from icalendar import Calendar

from masseter.clinic.home.lists import lists_for
from masseter.journey.accounts.models import Clinic, User
from masseter.journey.calendar.actions import book_appointment, set_appointment_state
from masseter.journey.calendar.models import Appointment, Waiting
from masseter.journey.calendar.setup_actions import set_hours
from masseter.journey.calendar.waiting_actions import offer_time, wait_for_visit
from masseter.journey.ground.actor import Actor
from masseter.journey.ground.rights import Role
from masseter.journey.people.models import Patient
from tests.clinic.pages import send, words
from tests.conftest import ActorMaker, make_actor
from tests.factories import make_patient, make_portal_patient

NOON = datetime(2026, 6, 1, 11, 0, tzinfo=UTC)  # a Monday, noon in London
LATER = NOON + timedelta(days=7)


@pytest.fixture(autouse=True)
def _in_june() -> Iterator[None]:
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def manager(actor: ActorMaker) -> Actor:
    return actor(Role.MANAGER)


@pytest.fixture
def injector(clinic: Clinic, manager: Actor) -> User:
    user = User.objects.get(pk=make_actor(clinic, Role.INJECTOR).user_id)
    set_hours(by=manager, user=user, hours=[(day, time(9), time(12)) for day in range(5)])
    return user


@pytest.fixture
def patient(manager: Actor) -> Patient:
    return make_portal_patient(manager)


@pytest.fixture
def own(patient: Patient) -> Client:
    client = Client()
    assert patient.user is not None
    client.force_login(patient.user, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def booked(by: Actor, patient: Patient, starts_at: datetime = LATER) -> Appointment:
    return book_appointment(by=by, patient=patient, kind="review", starts_at=starts_at, minutes=20)


def test_picked_time_is_kept_until_the_desk_confirms(
    own: Client, patient: Patient, manager: Actor, injector: User
) -> None:
    page = own.get("/my/visits/ask/review/")
    first = page.context["free_days"][0][1][0].value
    send(own, "/my/visits/ask/review/", {"pick": first}, page)  # type: ignore[arg-type]  # the client's answer

    asked = Appointment.objects.get()
    titles = [one.title for one in lists_for(manager, NOON.date())]
    waits = words(own.get("/my/visits/"))  # type: ignore[arg-type]  # the client's answer
    set_appointment_state(by=manager, appointment=asked, state="booked")

    nine_in_london = datetime(2026, 6, 2, 8, 0, tzinfo=UTC)
    assert "Times that patients picked" in titles
    assert (asked.starts_at, asked.with_user) == (nine_in_london, injector)
    assert "waits for our answer" in waits
    assert "waits for our answer" not in words(own.get("/my/visits/"))  # type: ignore[arg-type]  # as above


def test_time_that_has_just_gone_is_told_and_what_was_typed_stays(
    own: Client, manager: Actor, injector: User
) -> None:
    page = own.get("/my/visits/ask/review/")
    first = page.context["free_days"][0][1][0].value
    other = make_patient(manager)
    starts = datetime(2026, 6, 2, 8, 0, tzinfo=UTC)
    book_appointment(
        by=manager, patient=other, kind="review", starts_at=starts, minutes=20, with_user=injector
    )

    answer = send(own, "/my/visits/ask/review/", {"pick": first, "words": "By bus"}, page)  # type: ignore[arg-type]  # as above

    assert answer.status_code == 422
    assert "Please pick another one" in words(answer)
    assert "By bus" in answer.text
    assert first not in [pick.value for _, picks in answer.context["free_days"] for pick in picks]


@pytest.mark.parametrize("pick", ["2026-06-02T08:07", "2026-06-07T08:00", "soon", "2030-01-01T00:00", "٢"])
def test_time_that_was_never_free_is_refused(own: Client, injector: User, pick: str) -> None:
    answer = send(own, "/my/visits/ask/review/", {"pick": pick})

    assert answer.status_code == 422
    assert not Appointment.objects.exists()


def test_only_one_picked_time_waits_at_once(own: Client, injector: User) -> None:
    for _ in range(2):
        page = own.get("/my/visits/ask/call/")
        pick = page.context["free_days"][0][1][0].value
        answer = send(own, "/my/visits/ask/call/", {"pick": pick}, page)  # type: ignore[arg-type]  # as above

    assert "You have asked for a time already" in words(answer)
    assert Appointment.objects.count() == 1


def test_treatment_is_not_picked_but_asked_for(own: Client, injector: User) -> None:
    page = own.get("/my/visits/ask/treatment/")
    send(own, "/my/visits/ask/treatment/", {"days": ["0", "4"], "parts": ["morning"], "words": "Soon"})

    waits = Waiting.objects.get()
    assert page.context["free_days"] == []
    assert (waits.days, waits.parts, waits.is_by_patient) == ([0, 4], ["morning"], True)
    assert "monday, friday" in words(own.get("/my/visits/")).lower()  # type: ignore[arg-type]  # as above


@pytest.mark.parametrize("accepts", [True, False])
def test_offered_time_is_taken_or_left_to_others(
    own: Client, patient: Patient, manager: Actor, injector: User, accepts: bool
) -> None:
    waits = wait_for_visit(by=manager, patient=patient, kind="review")
    offer = offer_time(by=manager, waiting=waits, starts_at=LATER, minutes=20, with_user=None)

    send(own, f"/my/visits/{offer.pk}/answer/", {"answer": "yes" if accepts else "no"})

    offer.refresh_from_db()
    waits.refresh_from_db()
    expected = ("booked", "booked") if accepts else ("cancelled", "waiting")
    assert (offer.state, waits.state) == expected


def test_offer_that_has_lapsed_is_not_taken(own: Client, patient: Patient, manager: Actor) -> None:
    waits = wait_for_visit(by=manager, patient=patient, kind="review")
    offer = offer_time(by=manager, waiting=waits, starts_at=LATER, minutes=20, with_user=None)
    Appointment.objects.filter(pk=offer.pk).update(held_until=NOON)

    answer = send(own, f"/my/visits/{offer.pk}/answer/", {"answer": "yes"})

    assert "no longer open" in words(answer)
    offer.refresh_from_db()
    assert offer.state == "offered"


def test_own_visit_is_cancelled_and_its_file_says_so(own: Client, patient: Patient, manager: Actor) -> None:
    one = booked(manager, patient)

    send(own, f"/my/visits/{one.pk}/cancel/", {"why": "Ill"})

    one.refresh_from_db()
    assert (one.state, one.ended_by, one.reason) == ("cancelled", "patient", "Ill")
    calendar = Calendar.from_ical(own.get(f"/my/visits/{one.pk}/file.ics").content)
    assert str(calendar["METHOD"]) == "CANCEL"
    assert int(calendar.walk("VEVENT")[0]["SEQUENCE"]) == 1
    again = send(own, f"/my/visits/{one.pk}/cancel/", {})
    assert again.status_code == 422


def test_request_is_taken_back(own: Client, patient: Patient, manager: Actor) -> None:
    waits = wait_for_visit(by=manager, patient=patient, kind="review")

    send(own, f"/my/visits/waiting/{waits.pk}/end/", {})

    waits.refresh_from_db()
    assert waits.state == Waiting.State.WITHDRAWN


def test_visits_of_another_patient_are_not_there(own: Client, manager: Actor) -> None:
    other = make_patient(manager)
    one, waits = booked(manager, other), wait_for_visit(by=manager, patient=other, kind="call")
    urls = [f"/my/visits/{one.pk}/{part}" for part in ("answer/", "cancel/", "file.ics")]

    for url in [*urls, f"/my/visits/waiting/{waits.pk}/end/"]:
        assert own.get(url).status_code == 404
        assert own.post(url, {"answer": "yes"}).status_code == 404
