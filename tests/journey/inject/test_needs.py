"""What the booked week needs: from plans, else as last time; served from what expires first."""

from __future__ import annotations

from datetime import timedelta

from masseter.journey.accounts.models import Clinic
from masseter.journey.calendar.actions import book_appointment
from masseter.journey.calendar.models import Appointment
from masseter.journey.consult.models import Case
from masseter.journey.ground import clock
from masseter.journey.ground.actor import Actor
from masseter.journey.inject.needs import week_of
from masseter.journey.stock.actions import quarantine_vial
from tests.conftest import ActorMaker
from tests.factories import make_patient
from tests.journey.given import DOCTOR, approved_plan, make_lot, make_treatment, vials_of


def book(by: Actor, patient: object, days: int, kind: str = "treatment") -> Appointment:
    starts = (clock.now() + timedelta(days=days)).replace(hour=11)
    return book_appointment(
        by=by,
        patient=patient,  # type: ignore[arg-type]  # a patient
        kind=Appointment.Kind(kind),
        starts_at=starts,
        minutes=30,
    )


def test_week_adds_up_plans_and_last_times_and_names_what_is_not_known(
    clinic: Clinic, actor: ActorMaker
) -> None:
    by = actor(*DOCTOR)
    today = clock.today(by.zone)
    good, soon = (
        make_lot(by, count=2),
        make_lot(by, number="S1", count=1, expires_on=today + timedelta(days=1)),
    )
    planned = approved_plan(by)
    treated = make_treatment(by, vials=vials_of(good)[:1])
    book(by, planned.case.patient, 2)
    book(by, Case.objects.get(pk=treated.case_id).patient, 3)
    book(by, make_patient(by), 4)
    book(by, planned.case.patient, 5, kind="review")
    book(by, planned.case.patient, 9)

    week = week_of(by, today)

    assert [need.basis for need in week.needs] == ["approved", "as_last_time", "unknown"]
    (size,) = week.sizes
    assert size.size == ("botox", "botox-200")
    # The lot that expires tomorrow serves nobody, so one of the two is missing.
    assert (size.needed, size.ready, size.short) == (2, 2, 1)
    assert size.short_from == week.needs[1].day
    assert [(lot.number, count) for lot, count in week.expiring] == [(soon.number, 1)]


def test_vial_in_quarantine_is_not_counted_on(clinic: Clinic, actor: ActorMaker) -> None:
    by = actor(*DOCTOR)
    (vial,) = vials_of(make_lot(by, count=1))
    quarantine_vial(by=by, vial=vial, reason="Dropped.")
    book(by, approved_plan(by).case.patient, 2)

    (size,) = week_of(by, clock.today(by.zone)).sizes

    assert (size.ready, size.short) == (0, 1)


def test_empty_week_needs_nothing(clinic: Clinic, actor: ActorMaker) -> None:
    week = week_of(actor(*DOCTOR), clock.today("Europe/London"))

    assert (week.needs, week.sizes, week.expiring) == ((), (), ())
