"""The diary before a treatment: how many of the days that are wanted it speaks of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from masseter.core.results.progress import days_kept
from masseter.journey.consult.models import Case
from masseter.journey.results.models import DiaryEntry
from masseter.knowledge.load import load


@dataclass(frozen=True, kw_only=True)
class Before:
    """Days kept of the days that are wanted; `is_begun`: something was written."""

    days: int
    span: int
    is_begun: bool

    @property
    def is_whole(self) -> bool:
        return self.days >= self.span


def before_treatment(case: Case, *, today: date) -> Before | None:
    """How far the diary of a case has come; None where its condition keeps none."""
    wanted = load().practice.baseline_days
    if wanted is None or not load().conditions[case.condition].diary:
        return None
    span = int(wanted.value)
    entries = list(DiaryEntry.objects.filter(case=case).values_list("day", "covers_days"))
    return Before(days=days_kept(entries, today=today, span=span), span=span, is_begun=bool(entries))
