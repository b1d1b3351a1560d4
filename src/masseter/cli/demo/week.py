"""The demo's calendar: rooms, hours, who is away, a booked fortnight, and people who wait."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from masseter.cli.demo.acting import Company, moment
from masseter.journey.accounts.models import User
from masseter.journey.accounts.queries import actor_for
from masseter.journey.calendar.actions import book_appointment, move_appointment, set_appointment_state
from masseter.journey.calendar.free import free_times
from masseter.journey.calendar.models import Appointment
from masseter.journey.calendar.queries import appointments_on, clinicians
from masseter.journey.calendar.setup_actions import Stretch, add_absence, add_room, set_hours
from masseter.journey.calendar.waiting_actions import offer_time, pick_time, wait_for_visit
from masseter.journey.follow_up.due_days import earliest_treatment
from masseter.journey.ground import clock
from masseter.journey.people.models import Patient
from masseter.journey.people.queries import patients_of

ROOMS = ("Consulting room", "Treatment room 1", "Treatment room 2")
MORNING, AFTERNOON = (time(8, 30), time(12, 30)), (time(13, 30), time(17))
KINDS = ("review", "call", "consultation", "review", "treatment")
BOOKED, WAITING = 24, 4
AHEAD = 12  # days over which visits are booked
SUITS = (
    ((0, 2), ("morning",), "I can be there within half an hour."),
    ((), ("evening", "afternoon"), "After work, please."),
    ((1, 3, 4), (), ""),
    ((), (), "Any time, the sooner the better."),
)


def fill(company: Company) -> None:
    """Open rooms and hours, place what is booked for today, and book the days that follow."""
    with clock.travel(moment(0, 6)):
        today = clock.today(company.desk.zone)
        for name in ROOMS:
            add_room(by=company.manager, name=name)
        people = clinicians(company.desk)
        for number, user in enumerate(people):
            set_hours(by=company.manager, user=user, hours=_hours(number, today))
        _away(company, people[-1], today)
        _place_today(company, today)
        patients = _not_booked(company)
        _book(company, patients[:BOOKED], today)
        _wait(company, patients[BOOKED : BOOKED + WAITING], today)
        _pick(company, patients)


def _hours(number: int, today: date) -> list[Stretch]:
    """Weekdays, and the day on which the demo is loaded, so that it never shows an empty clinic."""
    days = sorted({*(range(5) if number % 3 else range(4)), today.weekday()})
    return [(day, *span) for day in days for span in (MORNING, AFTERNOON)]


def _away(company: Company, user: User, today: date) -> None:
    zone = ZoneInfo(company.desk.zone)
    for who, after, days, words in ((user, 6, 3, "Congress"), (None, 20, 1, "Closed for training")):
        start = datetime.combine(today + timedelta(days=after), time.min, zone)
        end = datetime.combine(today + timedelta(days=after + days), time.min, zone)
        add_absence(by=company.manager, user=who, starts_at=start, ends_at=end, words=words)


def _place_today(company: Company, today: date) -> None:
    """Give what is booked for today a person, a room and a time that is free."""
    by = company.desk
    for number, one in enumerate(appointments_on(by, today)):
        free = free_times(by, kind=one.kind, first=today, days=1, patient=one.patient, but=one.pk)
        later = free[(number * 7) % len(free)] if free else None
        if later is not None and one.is_open:
            user = User.objects.get(pk=later.people[0])
            move_appointment(
                by=by, appointment=one, starts_at=later.start, minutes=one.minutes, with_user=user
            )


def _not_booked(company: Company) -> list[Patient]:
    booked = Appointment.objects.filter(clinic_id=company.desk.clinic_id).values("patient_id")
    return list(patients_of(company.desk).exclude(pk__in=booked).order_by("pk"))


def _book(company: Company, patients: list[Patient], today: date) -> None:
    """One visit each over the next days, at free times far enough apart to be seen."""
    by = company.desk
    for number, patient in enumerate(patients):
        kind = KINDS[number % len(KINDS)]
        due = earliest_treatment(by, patient) if kind == "treatment" else None
        first = max(today + timedelta(days=1 + number % AHEAD), due.earliest if due else today)
        free = free_times(by, kind=kind, first=first, days=7, patient=patient)
        chosen = free[(number * 5) % min(len(free), 12)] if free else None
        if chosen is None:
            continue
        user = User.objects.get(pk=chosen.people[number % len(chosen.people)])
        minutes = 20 if kind == "call" else 30
        booked = book_appointment(
            by=by,
            patient=patient,
            kind=kind,
            starts_at=chosen.start,
            minutes=minutes,
            with_user=user,
            outside_hours=True,
        )
        if number % 11 == 7:
            set_appointment_state(
                by=by, appointment=booked, state="cancelled", why="Has a cold", said_by="patient"
            )


def _wait(company: Company, patients: list[Patient], today: date) -> None:
    """People who wait, since some days; one of them has been offered a time."""
    for number, (patient, (days, parts, words)) in enumerate(zip(patients, SUITS, strict=False)):
        with clock.travel(moment(9 - 2 * number, 9)):
            waiting = wait_for_visit(
                by=company.desk, patient=patient, kind="review", days=days, parts=parts, words=words
            )
        if number == 1:
            free = free_times(company.desk, kind="review", first=today + timedelta(days=2), patient=patient)
            user = User.objects.get(pk=free[0].people[0])
            offer_time(by=company.desk, waiting=waiting, starts_at=free[0].start, minutes=20, with_user=user)


def _pick(company: Company, patients: list[Patient]) -> None:
    """A patient who signs in has picked a time, and waits for the answer."""
    patient = next((one for one in patients if one.user_id is not None), None)
    by = actor_for(patient.user, clinic_id=company.desk.clinic_id) if patient and patient.user else None
    if by is None or patient is None:
        return
    first = clock.today(company.desk.zone) + timedelta(days=4)
    free = free_times(by, kind="review", first=first, patient=patient)
    if len(free) > 3:
        pick_time(
            by=by, patient=patient, kind="review", condition="", starts_at=free[3].start, with_user=None
        )
