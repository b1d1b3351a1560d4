"""Setting the calendar up, the grid that it is drawn as, and the file for calendars outside."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from icalendar import Calendar

from masseter.clinic.calendar.setup_forms import read_hours
from masseter.journey.accounts.models import Clinic, User
from masseter.journey.calendar.actions import book_appointment, move_appointment, set_appointment_state
from masseter.journey.calendar.models import Absence, Appointment, Room, WorkingHours
from masseter.journey.calendar.setup_actions import add_room
from masseter.journey.ground.actor import Actor
from masseter.journey.ground.rights import Role
from tests.clinic.pages import send, words
from tests.conftest import ActorMaker, make_actor
from tests.factories import make_patient

SignedIn = Callable[..., Client]
NOON = datetime(2026, 6, 1, 11, 0, tzinfo=UTC)
SETUP = "/clinic/calendar/setup"


@pytest.fixture(autouse=True)
def _in_june() -> Iterator[None]:
    with time_machine.travel(NOON, tick=False):
        yield


@pytest.fixture
def injector(clinic: Clinic) -> User:
    return User.objects.get(pk=make_actor(clinic, Role.INJECTOR).user_id)


@pytest.fixture
def manager(actor: ActorMaker) -> Actor:
    return actor(Role.MANAGER)


@pytest.fixture
def client(signed_in: SignedIn) -> Client:
    return signed_in(Role.MANAGER)


UNREADABLE = ("9", "9-", "25-26", "9:99-10", "12-9", "9-12, 11-13", "nine to five", "٩-١٠")
QUERIES = ("by=room", "week=1", "week=1&by=room", "who=1", "who=x", "week=1&who=" + "9" * 20)


@pytest.mark.parametrize("typed", UNREADABLE)
def test_hours_that_cannot_be_read_are_refused(typed: str) -> None:
    with pytest.raises(ValueError, match=r"Write from|Hours end|overlap"):
        read_hours(typed)


def test_hours_are_read_as_people_write_them() -> None:
    assert read_hours("13:30 – 17; 9.15-12") == [(time(9, 15), time(12)), (time(13, 30), time(17))]
    assert read_hours(" ") == []


def test_hours_replace_those_before_and_wrong_ones_stand_at_their_day(client: Client, injector: User) -> None:
    url = f"{SETUP}/hours/{injector.pk}/"
    send(client, url, {"day0": "9-12"})

    wrong = send(client, url, {"day0": "9-12", "day3": "12-9"})
    send(client, url, {"day1": "9:00–12:30, 13:30–17:00"})

    assert list(wrong.context["form"].errors) == ["day3"]
    running = WorkingHours.objects.filter(ended_at=None)
    assert [(one.weekday, one.starts) for one in running] == [(1, time(9)), (1, time(13, 30))]
    assert WorkingHours.objects.count() == 3
    assert "09:00–12:30, 13:30–17:00" in client.get(url).text


@pytest.mark.parametrize("minutes", ["0", "4", "481", "22", "long", ""])
def test_length_that_makes_no_sense_is_refused_at_its_field(client: Client, minutes: str) -> None:
    answer = send(client, f"{SETUP}/length/review/", {"minutes": minutes})

    assert "minutes" in answer.context["form"].errors


def test_room_has_one_name_and_is_not_closed_while_it_is_booked(client: Client, manager: Actor) -> None:
    send(client, f"{SETUP}/rooms/add/", {"name": "Blue room"})
    twice = send(client, f"{SETUP}/rooms/add/", {"name": "blue ROOM"})
    room = Room.objects.get()
    starts = NOON + timedelta(days=1)
    booked = book_appointment(
        by=manager, patient=make_patient(manager), kind="review", starts_at=starts, minutes=20
    )

    refused = send(client, f"{SETUP}/rooms/{room.pk}/close/", {})
    set_appointment_state(by=manager, appointment=booked, state="cancelled", why="Ill")
    send(client, f"{SETUP}/rooms/{room.pk}/close/", {})

    room.refresh_from_db()
    assert "There is a room of this name" in words(twice)
    assert "Visits are booked in this room" in words(refused)
    assert room.closed_at == NOON


def test_whole_days_away_are_days_of_the_clinic(client: Client, injector: User) -> None:
    send(client, f"{SETUP}/away/", {"user": injector.pk, "from_on": "2026-10-24", "until_on": "2026-10-25"})

    gone = Absence.objects.get()
    # The clocks go back on the second day: it has 25 hours.
    assert (gone.starts_at, gone.ends_at - gone.starts_at) == (
        datetime(2026, 10, 23, 23, tzinfo=UTC),
        timedelta(hours=49),
    )
    assert "24 October 2026 to 25 October 2026" in words(client.get(f"{SETUP}/"))


def test_absence_that_ends_before_it_begins_is_refused(client: Client) -> None:
    answer = send(client, f"{SETUP}/away/", {"from_on": "2026-06-05", "until_on": "2026-06-04"})

    assert "until_on" in answer.context["form"].errors


def test_day_shows_each_person_and_visits_at_one_time_side_by_side(
    client: Client, manager: Actor, injector: User
) -> None:
    starts = datetime(2026, 6, 2, 8, 10, tzinfo=UTC)  # ten past nine in London
    for who in (None, None, injector):
        book_appointment(
            by=manager,
            patient=make_patient(manager),
            kind="call",
            starts_at=starts,
            minutes=65,
            with_user=who,
        )

    grid = client.get("/clinic/calendar/?day=2026-06-02").context["grid"]

    told = {column.title: [one.place for one in column.visits] for column in grid.columns}
    assert told == {
        "Injector": ["m-cal-h1 m-cal-r2 m-cal-for1 m-cal-and1 m-cal-lane0of1"],
        "Whoever is free": [
            "m-cal-h1 m-cal-r2 m-cal-for1 m-cal-and1 m-cal-lane0of2",
            "m-cal-h1 m-cal-r2 m-cal-for1 m-cal-and1 m-cal-lane1of2",
        ],
    }


@pytest.mark.parametrize("query", QUERIES)
def test_every_way_to_look_at_the_calendar_opens(client: Client, manager: Actor, query: str) -> None:
    add_room(by=manager, name="Room 1")

    assert client.get(f"/clinic/calendar/?day=2026-06-02&{query}").status_code == 200


def file_of(client: Client, one: Appointment) -> tuple[Any, Any]:  # Any: the library's own components
    answer = client.get(f"/clinic/calendar/{one.pk}/file.ics")
    calendar = Calendar.from_ical(answer.content)
    (event,) = calendar.walk("VEVENT")
    return calendar, event


def test_file_for_calendars_is_read_back_with_its_changes(client: Client, manager: Actor) -> None:
    starts = datetime(2026, 10, 25, 9, tzinfo=UTC)  # the day on which the clocks go back
    one = book_appointment(
        by=manager, patient=make_patient(manager), kind="treatment", starts_at=starts, minutes=30, note="Jaw"
    )

    calendar, first = file_of(client, one)
    moved = move_appointment(
        by=manager, appointment=one, starts_at=starts - timedelta(days=2), minutes=30, with_user=None
    )
    _, second = file_of(client, one)
    set_appointment_state(by=manager, appointment=moved, state="cancelled", why="Ill")
    off, third = file_of(client, one)

    assert first["DTSTART"].dt == starts
    assert first["DTSTART"].params["TZID"] == "Europe/London"
    assert first["DTSTART"].dt.hour == 9
    assert second["DTSTART"].dt.hour == 10
    assert [str(zone["TZID"]) for zone in calendar.walk("VTIMEZONE")] == ["Europe/London"]
    assert len({str(event["UID"]) for event in (first, second, third)}) == 1
    assert [int(event["SEQUENCE"]) for event in (first, second, third)] == [0, 1, 2]
    assert [str(one["METHOD"]) for one in (calendar, off)] == ["PUBLISH", "CANCEL"]
    assert [str(event["STATUS"]) for event in (first, third)] == ["CONFIRMED", "CANCELLED"]


def test_file_for_calendars_tells_nothing_about_health(client: Client, manager: Actor) -> None:
    patient = make_patient(manager)
    one = book_appointment(
        by=manager,
        patient=patient,
        kind="treatment",
        condition="bruxism",
        starts_at=NOON + timedelta(days=1),
        minutes=30,
        note="Botox",
    )

    text = client.get(f"/clinic/calendar/{one.pk}/file.ics").text.lower()

    told = ("treatment", "bruxism", "botox", patient.family_name.lower(), patient.number.lower())
    assert [word for word in told if word in text] == []
