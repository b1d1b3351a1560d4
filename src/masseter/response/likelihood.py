"""Log likelihood and scores of all patients: pieces of the data side by side, added in a fixed order.

Each piece gives a small sum, and the sums are added pairwise in the order of the pieces. So the result is
the same, to rounding within a piece, for any number of threads.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Protocol, TypeVar

import numpy as np

from masseter.response.courses import Courses
from masseter.response.crowd import scores_of
from masseter.response.layout import OWN, SHARED, Array, Memory
from masseter.response.parameters import Parameters

_Part = TypeVar("_Part")
_Whole = TypeVar("_Whole")


@dataclass(frozen=True, kw_only=True)
class Sums:
    """Small sums over patients: log likelihood, its derivatives, and the outer products of each patient's."""

    patients: int
    log: float
    slopes: Array
    outer: Array

    def __add__(self, other: Sums) -> Sums:
        return Sums(
            patients=self.patients + other.patients,
            log=self.log + other.log,
            slopes=self.slopes + other.slopes,
            outer=self.outer + other.outer,
        )


def scores(
    courses: Courses, parameters: Parameters, *, slopes: bool = True, single: bool = False
) -> tuple[Sums, Array]:
    """The sums of one piece, in one thread, and the log likelihood of each patient, (patients,).

    Derivatives are by the kernels' parameters; without `slopes` they are left at nought, which is faster.
    `single`: in single precision, right to about a hundred-thousandth of each derivative; sums in double.
    """
    memory: Memory = np.zeros(0, np.float32) if single else np.zeros(0)
    size = SHARED + OWN * len(courses.names)
    logs, sums, outer = np.zeros(courses.patients), np.zeros(size), np.zeros((size, size))
    means, par, grain = parameters.means(courses.about), parameters.kernels(), courses.scale.grain
    scores_of(courses.columns(), means, par, grain, slopes, logs, sums, outer, memory)
    whole = outer + np.tril(outer, -1).T
    return Sums(patients=courses.patients, log=float(logs.sum()), slopes=sums, outer=whole), logs


def logs(courses: Courses, parameters: Parameters) -> Array:
    """Log likelihood of each patient of one piece, in one thread. Shape: (patients,)."""
    return scores(courses, parameters, slopes=False)[1]


def over(pieces: Iterable[_Part], work: Callable[[_Part], _Whole], threads: int) -> Iterator[_Whole]:
    """The work on each piece, side by side, in the order of the pieces."""
    if threads == 1:
        yield from map(work, pieces)
        return
    with ThreadPoolExecutor(threads) as pool:
        yield from pool.map(work, pieces)


def added(sums: Sequence[Sums]) -> Sums:
    """Sums added pairwise, in their order: the same whoever made them.

    Raises ValueError where there are none.
    """
    if not sums:
        raise ValueError("there is no data to add")
    while len(sums) > 1:
        pairs = [first + second for first, second in zip(sums[::2], sums[1::2], strict=False)]
        sums = [*pairs, sums[-1]] if len(sums) % 2 else pairs
    return sums[0]


class Crowd(Protocol):
    """Patients wherever they lie: in this process, or on a cluster."""

    @property
    def patients(self) -> int:
        """How many."""

    @property
    def names(self) -> tuple[str, ...]:
        """Names of what is known about each."""

    def sums(self, patients: int, parameters: Parameters, *, single: bool = False) -> Sums:
        """The sums over so many of the patients, from the first: the same wherever they are made.

        `single`: each patient in single precision, which takes two thirds of the time.
        """


@dataclass(frozen=True, kw_only=True)
class Here:
    """Patients in this process, in one piece or in parts of a power of two of blocks."""

    parts: Sequence[Courses]
    threads: int = 1

    @property
    def patients(self) -> int:
        """How many."""
        return sum(part.patients for part in self.parts)

    @property
    def names(self) -> tuple[str, ...]:
        """Names of what is known about each."""
        return self.parts[0].names

    def sums(self, patients: int, parameters: Parameters, *, single: bool = False) -> Sums:
        """The sums over so many patients, from the first."""
        pieces = _pieces(self.parts, patients)
        return added(
            list(over(pieces, lambda piece: scores(piece, parameters, single=single)[0], self.threads))
        )


def _pieces(parts: Sequence[Courses], patients: int) -> Iterator[Courses]:
    """The blocks of so many patients, from the first."""
    for part in parts:
        if patients <= 0:
            return
        yield from part.part(0, min(patients, part.patients)).blocks()
        patients -= part.patients


def all_scores(courses: Courses, parameters: Parameters, *, threads: int = 1) -> Sums:
    """The sums over all patients."""
    return Here(parts=(courses,), threads=threads).sums(courses.patients, parameters)
