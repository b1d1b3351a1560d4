"""How long a record has to be kept, and the words for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from django.db.models import Max
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from masseter.journey.calendar.models import Appointment
from masseter.journey.consult.models import Observation
from masseter.journey.follow_up.models import Review
from masseter.journey.ground.actor import Actor
from masseter.journey.inject.models import Treatment
from masseter.journey.people.models import Patient
from masseter.journey.record.models import Retention

# No law but a period of caution, for a clinic that has not named its law yet: nothing is let go too early.
CAUTIOUS_YEARS = 30


@dataclass(frozen=True, kw_only=True)
class Rule:
    """The rule of a clinic. `law` is empty where the clinic has not named one yet."""

    years: int
    law: str
    words: str


def rule_of(by: Actor) -> Rule:
    """The clinic's own rule, else the period of caution."""
    row = Retention.objects.filter(clinic_id=by.clinic_id).first()
    if row is None:
        return Rule(years=CAUTIOUS_YEARS, law="", words="")
    return Rule(years=row.years, law=row.law, words=row.words)


def last_day(by: Actor, patient: Patient) -> date:
    """The last day of care: the newest treatment, visit, review or finding; else the day of the record."""
    zone = ZoneInfo(by.zone)
    mine = {"clinic_id": by.clinic_id, "patient_id": patient.pk}
    given = Treatment.objects.filter(**mine, signed_at__isnull=False).aggregate(at=Max("given_at"))["at"]
    visited = Appointment.objects.filter(**mine, state=Appointment.State.DONE)
    seen = visited.aggregate(at=Max("starts_at"))["at"]
    days: list[date | None] = [
        Review.objects.filter(**mine).aggregate(on=Max("held_on"))["on"],
        Observation.objects.filter(**mine).aggregate(on=Max("observed_on"))["on"],
        *(at.astimezone(zone).date() for at in (given, seen, patient.created_at) if at is not None),
    ]
    return max(day for day in days if day is not None)


def kept_until(by: Actor, patient: Patient) -> date:
    """The last day on which the record has to be kept."""
    return years_after(last_day(by, patient), rule_of(by).years)


def years_after(day: date, years: int) -> date:
    """The same day so many years later; from 29 February 1 March, which is the later day."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


def rule_words(rule: Rule) -> str:
    """The rule as a patient reads it."""
    if not rule.law:
        return _(
            "Your clinic has not yet named the law that says how long records are kept. Until it does, "
            "nothing is deleted within %(years)s years after your last visit. "
            "That is a period of caution and no law."
        ) % {"years": rule.years}
    told = _("Records are kept for %(years)s years after your last visit: %(law)s.") % {
        "years": rule.years,
        "law": rule.law.rstrip("."),
    }
    return f"{told} {rule.words}".strip()


def kept_words(by: Actor, patient: Patient) -> str:
    """What of this record has to be kept, and until when."""
    return _(
        "Until %(day)s these are kept: what was asked, found and decided, consents, plans, treatments with "
        "their lots, symptoms and unwanted effects that were told, and the list of who looked."
    ) % {"day": date_format(kept_until(by, patient), "j F Y")}
