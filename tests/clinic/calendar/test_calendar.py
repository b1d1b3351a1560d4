"""The calendar: no two at once, no time that is over, and times of the clinic's own zone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
import time_machine
from django.test import Client

from masseter.journey.accounts.models import Clinic
from masseter.journey.calendar.models import Appointment
from masseter.journey.ground.rights import Role
from masseter.journey.people.models import Patient
from tests.clinic.pages import send, words
from tests.conftest import ActorMaker, make_actor
from tests.factories import make_patient

SignedIn = Callable[..., Client]
NOON = datetime(2026, 6, 1, 11, 0, tzinfo=UTC)  # noon in London


@pytest.fixture(autouse=True)
def _in_june() -> object:
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def patient(actor: ActorMaker) -> Patient:
    return make_patient(actor(Role.MANAGER))


def form(**more: object) -> dict[str, object]:
    return {"kind": "consultation", "day": "2026-06-02", "starts_at": "09:30", "minutes": "30", **more}


def book(client: Client, patient: Patient, **more: object) -> object:
    return send(client, f"/clinic/calendar/add/?patient={patient.pk}", form(**more))


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"day": "2026-05-31"}, "starts_at"),
        ({"day": "31/02/2026"}, "day"),
        ({"starts_at": "25:00"}, "starts_at"),
        ({"starts_at": ""}, "starts_at"),
        ({"minutes": "3"}, "minutes"),
        ({"kind": "party"}, "kind"),
        ({"with_user": "999999"}, "with_user"),
        ({"day": "2027-03-28", "starts_at": "01:30"}, "starts_at"),  # the clocks go forward
    ],
)
def test_impossible_booking_is_refused_at_its_field(
    signed_in: SignedIn, patient: Patient, wrong: dict[str, str], field: str
) -> None:
    answer = book(signed_in(Role.FRONT_DESK), patient, **wrong)

    assert answer.status_code == 422  # type: ignore[attr-defined]  # the test client's answer
    assert field in answer.context["form"].errors  # type: ignore[attr-defined]  # the test client's answer
    assert not Appointment.objects.exists()


def test_patient_cannot_be_in_two_places(signed_in: SignedIn, patient: Patient) -> None:
    client = signed_in(Role.FRONT_DESK)
    book(client, patient)

    answer = book(client, patient, starts_at="09:45")

    assert "another appointment at that time" in words(answer)  # type: ignore[arg-type]  # the test client's answer
    assert Appointment.objects.count() == 1


def test_clinician_cannot_see_two_at_once(clinic: Clinic, signed_in: SignedIn, actor: ActorMaker) -> None:
    injector = make_actor(clinic, Role.INJECTOR)
    client, desk = signed_in(Role.FRONT_DESK), actor(Role.MANAGER)
    book(client, make_patient(desk), with_user=str(injector.user_id))

    answer = book(client, make_patient(desk), with_user=str(injector.user_id), starts_at="09:59")

    assert "is taken at that time" in words(answer)  # type: ignore[arg-type]  # the test client's answer


def test_appointments_may_touch(signed_in: SignedIn, patient: Patient) -> None:
    client = signed_in(Role.FRONT_DESK)
    book(client, patient)

    book(client, patient, starts_at="10:00")

    assert Appointment.objects.count() == 2


def test_time_is_the_clinics_own(signed_in: SignedIn, patient: Patient) -> None:
    client = signed_in(Role.FRONT_DESK)

    book(client, patient)

    assert Appointment.objects.get().starts_at == datetime(2026, 6, 2, 8, 30, tzinfo=UTC)
    assert "09:30" in client.get("/clinic/calendar/?day=2026-06-02").text


def test_patient_is_looked_up_where_none_is_named(signed_in: SignedIn, patient: Patient) -> None:
    answer = signed_in(Role.FRONT_DESK).get(f"/clinic/calendar/add/?q={patient.family_name}")

    assert f"patient={patient.pk}" in answer.text


@pytest.mark.parametrize("day", ["soon", "2026-13-01", "0001-01-01", "9999-12-31"])
def test_day_that_is_none_shows_a_page_all_the_same(signed_in: SignedIn, day: str) -> None:
    client = signed_in(Role.FRONT_DESK)

    assert client.get(f"/clinic/calendar/?day={day}").status_code == 200
    assert client.get(f"/clinic/calendar/?day={day}&week=1").status_code == 200


def test_another_clinics_appointment_is_not_there(
    signed_in: SignedIn, patient: Patient, other_clinic: Clinic
) -> None:
    book(signed_in(Role.FRONT_DESK), patient)
    booked = Appointment.objects.get()

    other = signed_in(Role.MANAGER, of=other_clinic)

    for page in ("", "move/", "state/"):
        assert other.get(f"/clinic/calendar/{booked.pk}/{page}").status_code == 404


def test_moved_appointment_stands_at_its_new_time(signed_in: SignedIn, patient: Patient) -> None:
    client = signed_in(Role.FRONT_DESK)
    book(client, patient)
    booked = Appointment.objects.get()

    send(client, f"/clinic/calendar/{booked.pk}/move/", form(day="2026-06-03", starts_at="14:00"))

    booked.refresh_from_db()
    assert booked.starts_at == datetime(2026, 6, 3, 13, 0, tzinfo=UTC)


def test_what_is_over_cannot_be_cancelled(signed_in: SignedIn, patient: Patient) -> None:
    client = signed_in(Role.FRONT_DESK)
    book(client, patient)
    booked = Appointment.objects.get()
    client.post(f"/clinic/calendar/{booked.pk}/state/", {"state": "done"})

    answer = client.post(f"/clinic/calendar/{booked.pk}/state/", {"state": "cancelled"})

    assert answer.status_code == 422
    booked.refresh_from_db()
    assert booked.state == "done"


def test_cancelled_time_is_free_again(signed_in: SignedIn, patient: Patient) -> None:
    client = signed_in(Role.FRONT_DESK)
    book(client, patient)
    first = Appointment.objects.get()

    client.post(f"/clinic/calendar/{first.pk}/state/", {"state": "cancelled", "why": "ill"})
    book(client, patient)

    assert Appointment.objects.filter(state="booked").count() == 1
