"""Counts over all patients for those who see no names."""

from __future__ import annotations

from dataclasses import dataclass

from masseter.journey.follow_up.summary import ConditionCount, counts, treated_count
from masseter.journey.ground.actor import Actor
from masseter.knowledge.load import load


@dataclass(frozen=True, kw_only=True)
class NumberRow:
    """One condition: its open cases by step in words."""

    name: str
    cells: list[str]
    total: str


@dataclass(frozen=True, kw_only=True)
class Numbers:
    """The table of conditions and steps, and how many patients were treated."""

    rows: list[NumberRow]
    treated: str


def numbers_for(by: Actor) -> Numbers:
    """The clinic's counts, small ones hidden."""
    return Numbers(rows=[_row(one) for one in counts(by)], treated=_words(treated_count(by)))


def _row(count: ConditionCount) -> NumberRow:
    name = load().conditions[count.condition].name
    return NumberRow(name=name, cells=[_words(one) for one in count.by_step], total=_words(count.total, "–"))


def _words(count: int | None, hidden: str = "under 5") -> str:
    return hidden if count is None else str(count)
