"""The data of the model: many patients' treatments and scores, as columns."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from masseter.response.layout import CEILING, FLOOR, LEFT, SCORE, Array

BLOCK = 1024  # patients in one piece of work; sums are added piece by piece, whoever did them


@dataclass(frozen=True, kw_only=True)
class Scale:
    """The scale of a measure: its ends, and the step between two values (nought where it is continuous)."""

    low: float
    high: float
    step: float

    @property
    def grain(self) -> float:
        """Variance that rounding to the step adds."""
        return self.step * self.step / 12.0


@dataclass(frozen=True, kw_only=True)
class Courses:
    """Many patients' rows, sorted by patient and time; a score of an injection's day stands before it.

    `starts`: (patients + 1,) first row of each. `kind`, `week`, `value`, `weight`: (rows,), see `layout.py`.
    `about`: (patients, q), named by `names`.

    Raises ValueError where the shapes do not fit or a patient's rows are not in the order of time.
    """

    starts: NDArray[np.int64]
    kind: NDArray[np.uint8]
    week: NDArray[np.float32]
    value: NDArray[np.float32]
    weight: NDArray[np.float32]
    about: Array
    names: tuple[str, ...]
    scale: Scale

    def __post_init__(self) -> None:
        rows = self.kind.size
        if any(column.shape != (rows,) for column in (self.week, self.value, self.weight)):
            raise ValueError("the columns of the rows differ in length")
        if self.starts[0] != 0 or self.starts[-1] != rows or (np.diff(self.starts) < 1).any():
            raise ValueError("each patient needs a row of their own")
        if self.about.shape != (self.patients, len(self.names)):
            raise ValueError("what is known about the patients does not fit their number")
        if rows and self.kind.max() > LEFT:
            raise ValueError("a row of an unknown kind")
        backward = np.flatnonzero(np.diff(self.week) < 0) + 1
        if not np.isin(backward, self.starts).all():
            raise ValueError("a patient's rows are not in the order of time")

    @property
    def patients(self) -> int:
        """How many patients."""
        return self.starts.size - 1

    def part(self, first: int, last: int) -> Courses:
        """The patients from first to before last."""
        low, high = self.starts[first], self.starts[last]
        return Courses(
            starts=self.starts[first : last + 1] - low,
            kind=self.kind[low:high],
            week=self.week[low:high],
            value=self.value[low:high],
            weight=self.weight[low:high],
            about=self.about[first:last],
            names=self.names,
            scale=self.scale,
        )

    def some(self, patients: NDArray[np.int64]) -> Courses:
        """These patients, in this order. `patients`: (some,) their numbers."""
        lengths = np.diff(self.starts)[patients]
        rows = np.concatenate([np.arange(self.starts[one], self.starts[one + 1]) for one in patients])
        return Courses(
            starts=np.r_[0, np.cumsum(lengths)].astype(np.int64),
            kind=self.kind[rows],
            week=self.week[rows],
            value=self.value[rows],
            weight=self.weight[rows],
            about=self.about[patients],
            names=self.names,
            scale=self.scale,
        )

    def blocks(self) -> Iterator[Courses]:
        """The patients in pieces of `BLOCK`."""
        for first in range(0, self.patients, BLOCK):
            yield self.part(first, min(first + BLOCK, self.patients))

    def columns(self) -> tuple[NDArray[np.int64], NDArray[np.uint8], Array, Array, Array, Array]:
        """What the kernels read, copied; weeks and values in double precision.

        Columns that came over a network may not be written to: kernels would be compiled for them anew.
        """
        wide = (np.asarray(column, dtype=np.float64) for column in (self.week, self.value, self.weight))
        week, value, weight = wide
        return self.starts.copy(), self.kind.copy(), week, value, weight, self.about.copy()


def at_ends(kind: NDArray[np.uint8], value: Array, scale: Scale) -> tuple[NDArray[np.uint8], Array]:
    """Scores at an end of the scale say that the state lies beyond the last half step.

    Shapes: (rows,) each; rows that are not scores stay.
    """
    kind, value = kind.copy(), value.copy()
    scores = kind == SCORE
    floor, ceiling = scores & (value <= scale.low), scores & (value >= scale.high)
    kind[floor], value[floor] = FLOOR, scale.low + scale.step / 2
    kind[ceiling], value[ceiling] = CEILING, scale.high - scale.step / 2
    return kind, value
