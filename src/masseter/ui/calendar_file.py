"""A visit as a file for any calendar: when and where, and nothing about health.

RFC 5545 and 5546: the same UID through all changes, a SEQUENCE that counts them, METHOD:CANCEL for a visit
that is off. The time stands in the clinic's zone, whose changes of the clocks are written into the file.
"""

from __future__ import annotations

from datetime import date, timedelta
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, vCalAddress

from masseter.journey.accounts.models import Clinic
from masseter.journey.calendar.models import Appointment
from masseter.journey.ground import clock

STATUS = {"asked": "TENTATIVE", "offered": "TENTATIVE", "cancelled": "CANCELLED"}
NO_ADDRESS = "invalid:nomail"  # an organiser without an address, as calendar programs write it
AROUND = timedelta(days=400)  # the zone's changes within a good year of the visit are written


def calendar_file(visit: Appointment, clinic: Clinic) -> bytes:
    """The visit as iCalendar, in UTF-8."""
    zone, is_off = ZoneInfo(clinic.zone), visit.state == Appointment.State.CANCELLED
    calendar = Calendar()
    calendar.add("prodid", "-//Masseter//Appointments//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL" if is_off else "PUBLISH")
    event = Event()
    event.add("uid", f"{visit.uid}@masseter")
    event.add("sequence", visit.sequence)
    event.add("dtstamp", clock.now())
    event.add("dtstart", visit.starts_at.astimezone(zone))
    event.add("dtend", visit.ends_at.astimezone(zone))
    event.add("summary", _("Appointment, %(clinic)s") % {"clinic": clinic.name})
    event.add("location", ", ".join(clinic.address.split("\n")) if clinic.address else clinic.name)
    event.add("description", _("Questions, or another time: call %(phone)s.") % {"phone": clinic.phone})
    event.add("organizer", vCalAddress(f"mailto:{clinic.email}" if clinic.email else NO_ADDRESS))
    event.add("status", STATUS.get(visit.state, "CONFIRMED"))
    event.add("class", "PRIVATE")
    calendar.add_component(event)
    day = visit.starts_at.date()
    calendar.add_missing_timezones(first_date=_safe(day, -AROUND), last_date=_safe(day, AROUND))
    return bytes(calendar.to_ical())


def as_calendar_file(visit: Appointment) -> HttpResponse:
    """The visit as a download."""
    method = "CANCEL" if visit.state == Appointment.State.CANCELLED else "PUBLISH"
    kind = f"text/calendar; charset=utf-8; method={method}"
    day = visit.starts_at.astimezone(ZoneInfo(visit.clinic.zone)).date().isoformat()
    headers = {"Content-Disposition": f'attachment; filename="appointment-{day}.ics"'}
    return HttpResponse(calendar_file(visit, visit.clinic), content_type=kind, headers=headers)


def _safe(day: date, step: timedelta) -> date:
    try:
        return day + step
    except OverflowError:
        return day
