"""Symptom checks and adverse events in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from masseter.journey.recover.models import AdverseEvent, SymptomCheck
from masseter.ui.symptoms import event_words, said_yes
from masseter.ui.words import VERDICTS


@dataclass(frozen=True, kw_only=True)
class CheckRow:
    """One symptom check in a list."""

    pk: int
    at: datetime
    day: int
    by_name: str
    words: str
    tone: str
    said: str
    waits: bool
    seen: str


def check_rows(checks: Iterable[SymptomCheck], zone: str) -> list[CheckRow]:
    """Symptom checks in words, in the order given."""
    return [_row(check, zone) for check in checks]


def _row(check: SymptomCheck, zone: str) -> CheckRow:
    look = VERDICTS[check.grade]
    return CheckRow(
        pk=check.pk,
        at=check.at.astimezone(ZoneInfo(zone)),
        day=check.day,
        by_name=check.by_name,
        words=look.words,
        tone=look.tone,
        said=", ".join(said_yes(check)) or "nothing reported",
        waits=check.waits,
        seen=f"{check.seen_by_name}: {check.seen_note}" if check.seen_at else "",
    )


TONES = {"mild": "plain", "moderate": "caution", "severe": "stop"}


@dataclass(frozen=True, kw_only=True)
class EventRow:
    """One adverse event in a list."""

    pk: int
    name: str
    started_on: date
    severity: str
    tone: str
    is_serious: bool
    outcome: str
    reported_by: str


def event_rows(events: Iterable[AdverseEvent]) -> list[EventRow]:
    """Adverse events in words, in the order given."""
    return [
        EventRow(
            pk=event.pk,
            name=event_words(event),
            started_on=event.started_on,
            severity=event.get_severity_display(),
            tone=TONES[event.severity],
            is_serious=event.is_serious,
            outcome=_outcome(event),
            reported_by=event.by_name,
        )
        for event in events
    ]


def _outcome(event: AdverseEvent) -> str:
    words = event.get_outcome_display().lower()
    if event.resolved_on is None:
        return words
    return f"{words} since {event.resolved_on.day} {event.resolved_on:%B %Y}"
