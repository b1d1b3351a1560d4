"""The table that a linear mixed model is given, and how probable held-out scores are under its estimates.

The time course since the last injection is a natural cubic spline; size and shape may depend on the dose and
the number of the cycle, and differ between patients. Each mixed model gets the same columns.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from masseter.response.courses import Courses
from masseter.response.layout import INJECTION, SCORE

Floats = NDArray[np.float64]
KNOTS_WEEKS = (0.0, 1.5, 4.0, 8.0, 13.0)  # four degrees of freedom


@dataclass(frozen=True, kw_only=True)
class Table:
    """Shapes: `who` (scores,), `score` (scores,), `fixed` (scores, p), `random` (scores, q)."""

    who: NDArray[np.int64]
    score: Floats
    fixed: Floats
    random: Floats


@dataclass(frozen=True, kw_only=True)
class Estimates:
    """Of one mixed model. Shapes: (p,), (q, q); `noise`: a variance; `seconds` of the fit alone."""

    fixed: Floats
    covariance: Floats
    noise: float
    seconds: float
    version: str


def table_of(courses: Courses) -> Table:
    """Every score with its spline of weeks, log dose, cycle and time since the first injection."""
    rows = np.arange(courses.kind.size)
    who = np.searchsorted(courses.starts, rows, side="right") - 1
    is_injection = courses.kind == INJECTION
    last = np.maximum.accumulate(np.where(is_injection, rows, -1))
    is_treated = last >= courses.starts[who]
    last = np.where(is_treated, last, 0)
    since = np.where(is_treated, courses.week - courses.week[last], 0.0)
    dose = np.where(is_treated, np.log(np.maximum(courses.value[last], 1e-6)), 0.0)
    number = np.cumsum(is_injection)
    cycle = np.where(is_treated, number - number[courses.starts[who]] + is_injection[courses.starts[who]], 0)
    later = 1.0 - np.exp(-0.5 * np.maximum(cycle - 1, 0))
    spline = natural_spline(since) * is_treated[:, None]
    fixed = [np.ones(rows.size), is_treated.astype(float), later, *spline.T]
    fixed += [*(spline * dose[:, None]).T, *(spline * later[:, None]).T]
    fixed += [column[who] for column in courses.about.T[1:]]
    taken = courses.kind == SCORE
    return Table(
        who=who[taken],
        score=courses.value[taken].astype(float),
        fixed=np.column_stack(fixed)[taken],
        random=np.column_stack([np.ones(rows.size), spline])[taken],
    )


def natural_spline(weeks: Floats) -> Floats:
    """Natural cubic spline through the knots, without a constant. Shape: (weeks, 4).

    The columns are turned to have mean nought, size one and no correlation over evenly spread weeks, since a
    search over their variances goes many times faster then.
    Source: T. Hastie, R. Tibshirani and J. Friedman, The Elements of Statistical Learning, eq. 5.4-5.5.
    """
    even = _bent(np.linspace(KNOTS_WEEKS[0], KNOTS_WEEKS[-1], 200))
    middle = even.mean(axis=0)
    _, root = np.linalg.qr(even - middle)
    return np.asarray((_bent(weeks) - middle) @ np.linalg.inv(root) * np.sqrt(even.shape[0]))


def _bent(weeks: Floats) -> Floats:
    knots = np.array(KNOTS_WEEKS)

    def cut(at: int) -> Floats:
        ends = np.maximum(weeks - knots[at], 0.0) ** 3 - np.maximum(weeks - knots[-1], 0.0) ** 3
        return np.asarray(ends / (knots[-1] - knots[at]))

    return np.column_stack([weeks, *(cut(at) - cut(len(knots) - 2) for at in range(len(knots) - 2))])


def held_out(table: Table, estimates: Estimates) -> float:
    """Mean log density of a score of new patients, each patient's scores taken together."""
    total, borders = 0.0, np.flatnonzero(np.diff(table.who)) + 1
    for rows in np.split(np.arange(table.who.size), borders):
        random = table.random[rows]
        spread = random @ estimates.covariance @ random.T + estimates.noise * np.eye(rows.size)
        root = np.linalg.cholesky(spread)
        rest = np.linalg.solve(root, table.score[rows] - table.fixed[rows] @ estimates.fixed)
        total -= 0.5 * float(rest @ rest) + float(np.log(np.diag(root)).sum())
        total -= 0.5 * rows.size * np.log(2 * np.pi)
    return total / table.who.size
