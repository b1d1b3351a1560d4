"""All that a table tells of one patient."""

from __future__ import annotations

from dataclasses import dataclass, field

MOST_LINES = 5_000  # of one patient: forty years of two entries a week, and more


@dataclass(frozen=True, kw_only=True)
class Score:
    """One score. `day`: on the patient's own clock until it is moved to the first treatment."""

    line: int
    day: float
    value: float
    observed_days: float | None = None


@dataclass(frozen=True, kw_only=True)
class Treatment:
    """What was given on one day; `line` of the file."""

    line: int
    day: float
    product: str
    units: float

    def is_same(self, other: Treatment) -> bool:
        """Whether another line tells of this treatment again."""
        return (self.day, self.product, self.units) == (other.day, other.product, other.units)


@dataclass(kw_only=True)
class Patient:
    """All lines of one patient."""

    key: tuple[str, ...]
    first_line: int
    known: dict[str, str]
    lines: int = 0
    scores: list[Score] = field(default_factory=list)
    treatments: list[Treatment] = field(default_factory=list)
