"""Unwanted effects in words."""

from __future__ import annotations

from datetime import date

from masseter.clinic.recover.presenters import event_rows
from masseter.journey.recover.models import AdverseEvent


def test_outcome_keeps_the_capital_of_its_month() -> None:
    event = AdverseEvent(
        effect="bruise",
        started_on=date(2026, 10, 1),
        severity="mild",
        outcome="resolved",
        resolved_on=date(2026, 10, 19),
    )

    assert [row.outcome for row in event_rows([event])] == ["over since 19 October 2026"]
