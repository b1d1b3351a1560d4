"""When a treatment is looked at again: for unwanted effects, for the effect, and for what comes next.

Source: DESIGN, G2.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil, floor

from masseter.core.intervals import longest_interval
from masseter.knowledge.model import Condition, Evidence, Practice, Product, Protocol, Range, ReviewStep


@dataclass(frozen=True, kw_only=True)
class Look:
    """One look after a treatment: its first and last day, at what, and what asks for these days."""

    kind: str
    title: str
    looks_at: str
    starts: date
    ends: date
    asked_by: str
    evidence: Evidence

    def is_due(self, today: date) -> bool:
        """Its first day has come."""
        return today >= self.starts

    def is_late(self, today: date) -> bool:
        """Its last day is past."""
        return today > self.ends


def review_days(condition: Condition, protocol: Protocol | None = None) -> tuple[Range, str]:
    """The days after a treatment on which its effect is judged, and whose they are.

    Those of the scheme where its publication names some, otherwise the condition's.
    """
    if protocol is not None and protocol.review_days is not None:
        return protocol.review_days, protocol.name
    return condition.review_days, condition.name


def looks_after(
    given_on: date,
    *,
    condition: Condition,
    practice: Practice,
    product: Product | None = None,
    protocol: Protocol | None = None,
) -> tuple[Look, ...]:
    """Every look after a treatment, the first first.

    The effect is judged on the days of scheme or condition; what comes next is decided once the longest
    interval that applies is over, so that no decision waits for a day on which nothing could be given.
    """
    days, whose = review_days(condition, protocol)
    interval = longest_interval(condition=condition, product=product, protocol=protocol)
    found = []
    for step in practice.reviews:
        if step.kind == "effect":
            look = _look(step, given_on, ceil(days.low), floor(days.high), whose, days.evidence)
        elif step.kind == "decision":
            until = interval.days + floor(step.days.high - step.days.low)
            look = _look(step, given_on, interval.days, until, interval.asked_by, interval.evidence)
        else:
            look = _look(step, given_on, ceil(step.days.low), floor(step.days.high), "", step.evidence)
        found.append(look)
    return tuple(sorted(found, key=lambda look: (look.starts, look.kind)))


def _look(step: ReviewStep, given_on: date, first: int, last: int, asked_by: str, evidence: Evidence) -> Look:
    return Look(
        kind=step.kind,
        title=step.title,
        looks_at=step.looks_at,
        starts=given_on + timedelta(days=first),
        ends=given_on + timedelta(days=last),
        asked_by=asked_by,
        evidence=evidence,
    )
