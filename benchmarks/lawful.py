"""Wear-off dates by somebody who knows the law: what no method can beat.

For each person many durations, shapes and rises are drawn from the very law that the person came from. What
is linear in the scores (level, change, benefit, size of each cycle) is integrated exactly; each draw counts
by how probable it makes the scores up to the forecast. The median over the draws has the least mean absolute
error that can be had. A score at an end of the scale is taken as it stands.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr

from masseter.response import layout, otherwise
from masseter.response.courses import Courses
from masseter.response.layout import CEILING, FLOOR, INJECTION
from masseter.response.parameters import Parameters

DRAWS = 2500
FINE, LATEST = 0.25, 45.0  # weeks
Floats = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class Seen:
    """One person up to the forecast. Shapes: (scores,) but for `begins` and `given`, (cycles,)."""

    week: Floats
    score: Floats
    cycle: NDArray[np.int64]
    begins: Floats
    given: Floats


@dataclass(frozen=True, kw_only=True)
class Law:
    """What is linear in the scores, as it was drawn. `mean`, `between`: of level, change and benefit."""

    mean: Floats
    between: Floats
    learn: float
    fade: float
    size: float
    drift: float
    returns: float
    noise: float
    growth: float = 0.0


def best_dates(
    law: str, courses: Courses, who: NDArray[np.int64], until: Floats, truth: Parameters
) -> Floats:
    """Weeks from the last treatment to its wear-off, of each person. `until`: weeks that are seen of it."""
    rng, found = np.random.default_rng(9), []
    told = _law(law, truth)
    for person, weeks in zip(who.tolist(), until.tolist(), strict=True):
        seen = _seen(courses.part(person, person + 1), weeks)
        if law in otherwise.LAWS:
            left, ends = _otherwise(rng, otherwise.LAWS[law], seen)
        else:
            left, ends = _own(rng, truth.shared, seen)
        weight = _weights(told, seen, left)
        order = np.argsort(ends)
        found.append(ends[order][np.searchsorted(np.cumsum(weight[order]), 0.5 * weight.sum())])
    return np.array(found)


def _seen(courses: Courses, weeks: float) -> Seen:
    kind, week = courses.kind, courses.week.astype(np.float64)
    begins = week[kind == INJECTION]
    told = (kind <= CEILING) & (week <= begins[-1] + weeks + 1e-6)
    score = courses.value.astype(np.float64)
    score = np.where(kind == FLOOR, courses.scale.low, np.where(kind == CEILING, courses.scale.high, score))
    cycle = np.maximum(np.cumsum(kind == INJECTION) - 1, 0)
    given = courses.value[kind == INJECTION].astype(np.float64)
    return Seen(week=week[told], score=score[told], cycle=cycle[told], begins=begins, given=given)


def _law(law: str, truth: Parameters) -> Law:
    if law not in otherwise.LAWS:
        par = truth.shared
        return Law(
            mean=truth.coefficients[:3, 0],
            between=truth.between(),
            learn=par[layout.LEARN],
            fade=par[layout.FADE],
            size=par[layout.SIZE],
            drift=par[layout.DRIFT],
            returns=par[layout.RETURN],
            noise=par[layout.NOISE],
            growth=par[layout.TREND],
        )
    o = otherwise
    return Law(
        mean=np.array([o.BASELINE, o.LEARNT, o.BENEFIT]),
        between=np.diag([o.BASELINE_SPREAD, o.LEARNT_SPREAD, o.BENEFIT_SPREAD]) ** 2,
        learn=o.LEARN_WEEKS,
        fade=0.0,
        size=o.CYCLE_SIZE**2,
        drift=o.DRIFT,
        returns=o.RETURN,
        noise=o.NOISE,
    )


def _otherwise(rng: np.random.Generator, law: otherwise.Law, seen: Seen) -> tuple[Floats, Floats]:
    """Share of the benefit at each score, (draws, scores), and the week of wear-off, (draws,)."""
    people = otherwise.drawn_people(
        rng, law, np.tile(seen.begins, (DRAWS, 1)), np.tile(seen.given, (DRAWS, 1))
    )
    left = people.left(np.tile(seen.week, (DRAWS, 1)))
    times = np.arange(FINE, LATEST, FINE)
    return left, _half(people.left(people.begins[:, [-1]] + times), times)


def _own(rng: np.random.Generator, par: Floats, seen: Seen) -> tuple[Floats, Floats]:
    """The same for the model's own curve."""
    duration = 11.0 * np.exp(par[layout.WIDTH] * rng.normal(size=(DRAWS, 1)))
    length = np.sqrt(par[layout.LENGTH]) * rng.normal(size=(DRAWS, seen.begins.size))

    def left(week: Floats, cycle: NDArray[np.int64]) -> Floats:
        since = np.maximum(week[:, None] - seen.begins, 0)
        fresh = np.exp(-since / par[layout.KAPPA]) * -np.expm1(-since / par[layout.ONSET])
        with np.errstate(divide="ignore"):
            rest = par[layout.KAPPA] * np.log(fresh @ seen.given ** par[layout.GAMMA])
        with np.errstate(over="ignore"):
            return np.asarray(1 / (1 + np.exp(-(duration + length[:, cycle] + rest) / par[layout.STEEP])))

    times = np.arange(FINE, LATEST, FINE)
    last = np.full(times.size, seen.begins.size - 1)
    return left(seen.week, seen.cycle), _half(left(seen.begins[-1] + times, last), times)


def _half(left: Floats, times: Floats) -> Floats:
    """The time at which half of the best is left, between two that were looked at."""
    past = np.arange(times.size) > left.argmax(axis=1)[:, None]
    half = left.max(axis=1)[:, None] / 2
    at = np.maximum((past & (left <= half)).argmax(axis=1), 1)
    rows = np.arange(left.shape[0])
    above, below = left[rows, at - 1] - half[:, 0], left[rows, at] - half[:, 0]
    return np.asarray(times[at - 1] + FINE * above / np.maximum(above - below, 1e-12))


def _weights(law: Law, seen: Seen, left: Floats) -> Floats:
    """How probable each draw makes the scores, and a benefit that can wear off. Shape: (draws,)."""
    since = np.maximum(seen.week - seen.begins[0], 0)
    change = -np.expm1(-since / law.learn) * np.exp(-since * law.fade)
    apart = np.abs(seen.week[:, None] - seen.week)
    noise = law.drift * np.exp(-law.returns * apart) + np.eye(seen.week.size) * (law.noise + 1 / 12)
    root = np.linalg.inv(np.linalg.cholesky(noise))
    each = seen.cycle == np.arange(seen.begins.size)[:, None]
    fixed = np.broadcast_to(np.stack([np.ones_like(change), change]), (left.shape[0], 2, change.size))
    grown = 1.0 + law.growth * -np.expm1(-0.5 * seen.cycle)
    own = left[:, None, :] * np.vstack([grown, each])
    columns = np.concatenate([fixed, own], axis=1) @ root.T
    precision = np.zeros((columns.shape[1], columns.shape[1]))
    precision[:3, :3] = np.linalg.inv(law.between)
    precision[3:, 3:] = np.eye(seen.begins.size) / max(law.size, 1e-9)
    mean = np.r_[law.mean, np.zeros(seen.begins.size)]
    off = (root @ seen.score)[None] - np.einsum("dqs,q->ds", columns, mean)
    inside = precision + np.einsum("dqs,drs->dqr", columns, columns)
    pulled = np.einsum("dqs,ds->dq", columns, off)
    found = np.linalg.solve(inside, pulled[..., None])[..., 0]
    log = -0.5 * ((off**2).sum(axis=1) - (pulled * found).sum(axis=1) + np.linalg.slogdet(inside)[1])
    spread = np.sqrt(np.linalg.inv(inside)[:, 2, 2])
    responds = ndtr((otherwise.RESPONDER - law.mean[2] - found[:, 2]) / spread)
    return np.asarray(np.exp(log - log.max()) * responds)
