"""A patient's visits and requests in their words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.translation import gettext_lazy as _

from masseter.journey.calendar.models import Appointment, Waiting
from masseter.ui.calendar_words import suits_words

KIND_WORDS = {
    "consultation": _("A first visit, or something new"),
    "treatment": _("A treatment"),
    "review": _("A check after the treatment"),
    "call": _("A telephone call"),
}
STATE_WORDS = {
    "asked": _("You asked for this time. We keep it for you and answer soon."),
    "offered": _("We offer you this time."),
    "booked": _("Booked."),
    "arrived": _("You are with us."),
    "cancelled": _("Cancelled."),
    "missed": _("You could not come."),
    "done": _("This visit was held."),
}


@dataclass(frozen=True, kw_only=True)
class VisitLine:
    """One visit as the patient sees it; times in the clinic's zone."""

    number: int
    kind: str
    starts: datetime
    ends: datetime
    with_whom: str
    state: str
    words: str
    held_until: datetime | None
    can_cancel: bool
    has_file: bool


@dataclass(frozen=True, kw_only=True)
class WaitLine:
    """One request that waits."""

    number: int
    kind: str
    suits: str
    words: str
    has_offer: bool


def visit_line(one: Appointment, zone: str, now: datetime) -> VisitLine:
    """One visit."""
    local = ZoneInfo(zone)
    is_coming = one.starts_at > now
    return VisitLine(
        number=one.pk,
        kind=str(KIND_WORDS[one.kind]),
        starts=one.starts_at.astimezone(local),
        ends=one.ends_at.astimezone(local),
        with_whom=str(one.with_user) if one.with_user else "",
        state=one.state,
        words=str(STATE_WORDS[one.state]),
        held_until=one.held_until.astimezone(local) if one.held_until else None,
        can_cancel=is_coming and one.state in {"asked", "booked"},
        has_file=is_coming and one.state in {"booked", "asked", "cancelled"},
    )


def wait_line(one: Waiting, visits: Iterable[Appointment]) -> WaitLine:
    """One request; `has_offer`: a time is offered for it and waits for the answer."""
    return WaitLine(
        number=one.pk,
        kind=str(KIND_WORDS[one.kind]),
        suits=suits_words(one.days, one.parts, one.from_on),
        words=one.words,
        has_offer=any(each.waiting_id == one.pk and each.state == "offered" for each in visits),
    )
