"""Booking with rooms, hours and free times; what speaks against a time, and what is kept when it is gone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, time, timedelta

import pytest
import time_machine
from django.test import Client

from masseter.journey.accounts.models import Clinic, User
from masseter.journey.audit.models import Event
from masseter.journey.calendar.models import Appointment, Waiting
from masseter.journey.calendar.setup_actions import add_absence, add_room, set_hours
from masseter.journey.calendar.waiting_actions import wait_for_visit
from masseter.journey.consult.actions import add_elsewhere_treatment
from masseter.journey.ground import clock
from masseter.journey.ground.actor import Actor
from masseter.journey.ground.rights import Role
from masseter.journey.people.models import Patient
from tests.clinic.pages import send, words
from tests.conftest import ActorMaker, make_actor
from tests.factories import make_case, make_patient

SignedIn = Callable[..., Client]
NOON = datetime(2026, 6, 1, 11, 0, tzinfo=UTC)  # a Monday, noon in London
TUESDAY = "2026-06-02"


@pytest.fixture(autouse=True)
def _in_june() -> Iterator[None]:
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def manager(actor: ActorMaker) -> Actor:
    return actor(Role.MANAGER)


@pytest.fixture
def injector(clinic: Clinic, manager: Actor) -> User:
    """Sees patients from nine to noon, Monday to Friday."""
    user = User.objects.get(pk=make_actor(clinic, Role.INJECTOR).user_id)
    set_hours(by=manager, user=user, hours=[(day, time(9), time(12)) for day in range(5)])
    return user


@pytest.fixture
def patient(manager: Actor) -> Patient:
    return make_patient(manager)


@pytest.fixture
def client(signed_in: SignedIn) -> Client:
    return signed_in(Role.FRONT_DESK)


def form(**more: object) -> dict[str, object]:
    return {"kind": "review", "day": TUESDAY, "starts_at": "09:30", "minutes": "30", **more}


def url(patient: Patient) -> str:
    return f"/clinic/calendar/add/?patient={patient.pk}"


def times(response: object) -> list[str]:
    """What the buttons of the free times send."""
    days = response.context["free_days"]  # type: ignore[attr-defined]  # the test client's answer
    return [pick.value for day in days for pick in day.picks]


def test_time_that_has_just_gone_keeps_what_was_typed_and_offers_the_next(
    client: Client, patient: Patient, manager: Actor, injector: User
) -> None:
    opened = client.get(url(patient))
    who = {"with_user": str(injector.pk)}
    send(client, url(make_patient(manager)), form(**who))

    answer = send(client, url(patient), form(note="Bring the splint", **who), opened)  # type: ignore[arg-type]  # the client's answer

    assert answer.status_code == 422
    assert "is taken at that time" in words(answer)
    assert "Bring the splint" in answer.text
    free = times(answer)
    assert free[:2] == [f"{TUESDAY}T{at}|{injector.pk}|" for at in ("09:00", "10:00")]
    picked = send(client, url(patient), form(note="Bring the splint", pick=free[1], **who), answer)
    assert picked.status_code == 302
    booked = Appointment.objects.get(patient=patient)
    assert (booked.starts_at, booked.note) == (datetime(2026, 6, 2, 9, 0, tzinfo=UTC), "Bring the splint")


def test_length_is_the_clinics_own_for_the_kind_where_none_is_typed(client: Client, patient: Patient) -> None:
    send(client, url(patient), form(kind="consultation", minutes=""))

    assert Appointment.objects.get().minutes == 45


def test_first_free_room_is_taken_and_without_one_nothing_is_booked(
    client: Client, manager: Actor, patient: Patient
) -> None:
    add_room(by=manager, name="Room 1")
    send(client, url(patient), form())

    answer = send(client, url(make_patient(manager)), form())
    call = send(client, url(make_patient(manager)), form(kind="call"))

    assert str(Appointment.objects.get(patient=patient).room) == "Room 1"
    assert "No room is free at that time" in words(answer)
    assert call.status_code == 302


@pytest.mark.parametrize("is_away", [True, False])
def test_time_outside_the_hours_is_booked_only_when_it_is_meant(
    client: Client, patient: Patient, manager: Actor, injector: User, is_away: bool
) -> None:
    if is_away:
        start = datetime(2026, 6, 2, 8, tzinfo=UTC)
        add_absence(by=manager, user=injector, starts_at=start, ends_at=start + timedelta(hours=2))
    typed = form(with_user=str(injector.pk), starts_at="09:30" if is_away else "15:00")

    refused = send(client, url(patient), typed)
    meant = send(client, url(patient), {**typed, "outside_hours": "on"}, refused)

    assert "outside_hours" in refused.context["form"].errors
    assert meant.status_code == 302


def test_free_times_leave_out_whoever_is_away_and_closed_days(
    client: Client, patient: Patient, manager: Actor, injector: User
) -> None:
    closed = datetime(2026, 6, 1, 23, tzinfo=UTC)  # the London day of the second of June
    add_absence(by=manager, user=None, starts_at=closed, ends_at=closed + timedelta(days=1))

    free = times(client.get(url(patient) + "&kind=review"))

    assert free[0].startswith("2026-06-03T09:00")
    assert all("T09" <= one[10:13] < "T12" for one in free)


def treated(manager: Actor, by: Actor, patient: Patient, days_ago: int) -> None:
    make_case(by, patient=patient)
    day = clock.today(by.zone) - timedelta(days=days_ago)
    add_elsewhere_treatment(by=by, patient=patient, given_on=day, product="botox")


def test_treatment_before_the_earliest_day_needs_a_reason_that_is_kept(
    client: Client, patient: Patient, manager: Actor, actor: ActorMaker
) -> None:
    treated(manager, actor(Role.INJECTOR), patient, days_ago=30)

    refused = send(client, url(patient), form(kind="treatment"))
    review = send(client, url(patient), form(kind="review", starts_at="11:00"))
    meant = send(client, url(patient), form(kind="treatment", early_reason="Only the other side"), refused)

    assert "The last toxin on record that counts is of 2 May 2026" in words(refused)
    assert "early_reason" in refused.context["form"].errors
    assert review.status_code == meant.status_code == 302
    kept = Event.objects.filter(what="appointment.booked").latest("number").why
    assert kept.startswith("Before 2026-0")
    assert kept.endswith(": Only the other side")


def test_page_warns_of_the_earliest_day_and_offers_none_before(
    client: Client, patient: Patient, manager: Actor, injector: User, actor: ActorMaker
) -> None:
    treated(manager, actor(Role.INJECTOR), patient, days_ago=70)

    page = client.get(url(patient) + "&kind=treatment")

    earliest = page.context["early"]
    assert "the next treatment is due from" in earliest
    assert times(page)
    assert min(times(page))[:10] >= (date(2026, 6, 1) + timedelta(days=14)).isoformat()


def test_treatment_is_not_moved_unawares_before_the_earliest_day(
    client: Client, patient: Patient, manager: Actor, actor: ActorMaker
) -> None:
    send(client, url(patient), form(kind="treatment", day="2026-12-01"))
    treated(manager, actor(Role.INJECTOR), patient, days_ago=30)
    one = Appointment.objects.get()

    refused = send(client, f"/clinic/calendar/{one.pk}/move/", form())
    later = send(client, f"/clinic/calendar/{one.pk}/move/", form(day="2026-12-08"), refused)

    one.refresh_from_db()
    assert refused.status_code == 422
    assert later.status_code == 302
    assert (one.starts_at.date(), one.sequence) == (date(2026, 12, 8), 1)


def test_cancelled_time_is_offered_to_who_waits_and_kept(
    client: Client, patient: Patient, manager: Actor, injector: User
) -> None:
    send(client, url(patient), form(with_user=str(injector.pk)))
    gone = Appointment.objects.get()
    fits = wait_for_visit(by=manager, patient=make_patient(manager), kind="review", parts=["morning"])
    wait_for_visit(by=manager, patient=make_patient(manager), kind="review", days=[4])
    wait_for_visit(by=manager, patient=make_patient(manager), kind="consultation")  # takes longer

    state = f"/clinic/calendar/{gone.pk}/state/"
    without_reason = send(client, state, {"state": "cancelled"})
    answer = client.post(state, {"state": "cancelled", "why": "Ill", "said_by": "patient"}, follow=True)
    page = client.get(f"/clinic/calendar/waiting/{fits.pk}/")
    offered = send(client, f"/clinic/calendar/waiting/{fits.pk}/", {"pick": times(page)[0]}, page)  # type: ignore[arg-type]  # the client's answer

    assert without_reason.status_code == 422
    assert [one["id"] for one in answer.context["fitting"]] == [fits.pk]
    assert offered.status_code == 302
    offer = Appointment.objects.get(state="offered")
    assert (offer.waiting, offer.held_until) == (fits, offer.starts_at - timedelta(hours=1))
    gone.refresh_from_db()
    assert (gone.ended_by, gone.reason, gone.sequence) == ("patient", "Ill", 1)


def test_offer_that_nobody_answered_frees_its_time(
    client: Client, signed_in: SignedIn, patient: Patient, manager: Actor, injector: User
) -> None:
    waits = wait_for_visit(by=manager, patient=make_patient(manager), kind="review")
    day = {"day": "2026-06-10", "with_user": str(injector.pk)}
    send(client, f"/clinic/calendar/waiting/{waits.pk}/", form(**day))

    taken = send(client, url(patient), form(**day))
    with time_machine.travel(NOON + timedelta(days=3), tick=False):
        free = send(signed_in(Role.FRONT_DESK), url(patient), form(**day))

    assert taken.status_code == 422
    assert free.status_code == 302
    assert Appointment.objects.get(waiting=waits).reason == "Nobody answered the offer in time."
    waits.refresh_from_db()
    assert waits.state == Waiting.State.WAITING


def test_booking_for_who_waits_takes_them_off_the_list(
    client: Client, patient: Patient, manager: Actor
) -> None:
    waits = wait_for_visit(by=manager, patient=patient, kind="review", words="Please soon")

    send(client, f"/clinic/calendar/add/?waiting={waits.pk}", form())

    waits.refresh_from_db()
    assert waits.state == Waiting.State.BOOKED
    assert "Nobody waits" in words(client.get("/clinic/calendar/waiting/"))
