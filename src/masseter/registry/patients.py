"""All that a table tells of one patient."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from masseter.registry.shapes import Again

FULL_DAYS = 28.0  # what a score of a diary sums up
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
    """What was given on one day; `line` of the file. `source`: which entry of the mapping told it."""

    line: int
    day: float
    product: str
    units: float
    source: int = 0

    def is_told_again(self, other: Treatment) -> bool:
        """Whether the same entry of the mapping tells of the same product on the same day."""
        return (self.day, self.product, self.source) == (other.day, other.product, other.source)


@dataclass(kw_only=True)
class Patient:
    """All lines of one patient.

    `spoilt_by`: the first line of which a treatment may be lacking, nought where none is.
    """

    key: tuple[str, ...]
    first_line: int
    known: dict[str, str]
    lines: int = 0
    scores: list[Score] = field(default_factory=list)
    treatments: list[Treatment] = field(default_factory=list)
    spoilt_by: int = 0

    def spoil(self, line: int) -> None:
        """Say that a treatment may be lacking, so that the patient's cycles cannot be told."""
        self.spoilt_by = self.spoilt_by or line

    def give(self, treatment: Treatment, again: Again) -> None:
        """Add a treatment; of one that was told before, `again` says whether it is the same or more of it."""
        for place, other in enumerate(self.treatments):
            if other.is_told_again(treatment):
                if again == "more":
                    self.treatments[place] = replace(other, units=other.units + treatment.units)
                    return
                if again == "same" and other.units == treatment.units:
                    return
        self.treatments.append(treatment)


@dataclass(frozen=True, kw_only=True)
class Course:
    """One patient that makes sense; days count from the first treatment."""

    patient: Patient
    scores: tuple[Score, ...]
    treatments: tuple[Treatment, ...]
