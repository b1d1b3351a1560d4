"""What a payer asks before it pays, answered from the record: met, not met or not known.

Source: P51, P51a, P51b, P51d, P52.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from masseter.core.answers import Answer, evaluate, observations_of
from masseter.core.facts import Facts, Observation, fact, only_fresh
from masseter.core.results.course import DatedScore
from masseter.core.rules import holds_in
from masseter.knowledge.model import BillingNote, Jurisdiction, Knowledge

RequestKind = Literal["start", "renewal"]
FEWER_DAYS, PLANNED_UNITS, WORKING_DIAGNOSIS = (
    "headache_days_fewer",
    "planned_botox_units",
    "working_diagnosis",
)
OTHER_DIAGNOSIS = "other"


@dataclass(frozen=True, kw_only=True)
class AskedCriterion:
    """One criterion with its answer, and what is on record for it.

    `seen` are the observations that the answer can rest on; `missing` those that could still change it.
    `is_by_hand`: the record holds no question for it, so that it is never more than not known.
    """

    note: BillingNote
    answer: Answer
    seen: tuple[Observation, ...] = ()
    missing: tuple[str, ...] = ()

    @property
    def is_by_hand(self) -> bool:
        return self.note.when is None


def payer_criteria(
    kind: RequestKind, condition: str, facts: Facts, *, knowledge: Knowledge, jurisdiction: Jurisdiction
) -> tuple[AskedCriterion, ...]:
    """Every criterion that is on record for a request. What is too old to hold counts as not known."""
    fresh = only_fresh(facts)
    return tuple(
        _asked(note, facts, fresh)
        for note in knowledge.billing_notes
        if note.kind == kind and condition in note.conditions and holds_in(note, jurisdiction)
    )


def _asked(note: BillingNote, facts: Facts, fresh: Facts) -> AskedCriterion:
    if note.when is None:
        return AskedCriterion(note=note, answer=Answer.UNKNOWN)
    outcome = evaluate(note.when, fresh)
    seen = tuple(
        facts[code] for code in observations_of(note.when) if code in facts and facts[code].value is not None
    )
    return AskedCriterion(note=note, answer=outcome.answer, seen=seen, missing=outcome.missing)


def headache_days_since(
    scores: Sequence[DatedScore], baseline: DatedScore | None, first_treatment: date | None
) -> Observation | None:
    """How many headache days fewer the newest score after the first treatment has than the baseline.

    None without a baseline, a treatment, or a score after it. Unit: days of a month.
    """
    if baseline is None or first_treatment is None:
        return None
    after = [score for score in scores if score.day > first_treatment]
    if not after:
        return None
    newest = max(after, key=lambda score: score.day)
    return fact(FEWER_DAYS, Decimal(baseline.total - newest.total), observed_on=newest.day)


def diagnosis_fact(diagnosis: str, known: Sequence[str], on: date | None) -> Observation | None:
    """The working diagnosis as payers ask for it; None where none was chosen."""
    if not diagnosis:
        return None
    return fact(WORKING_DIAGNOSIS, diagnosis if diagnosis in known else OTHER_DIAGNOSIS, observed_on=on)
