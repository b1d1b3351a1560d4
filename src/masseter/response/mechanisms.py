"""Patients drawn from how the treatment is thought to work, and from how diaries look, not from a curve.

`terminals`: toxin in nerve endings decays, endings with too little of it work again, sprouts stand in for
blocked ones meanwhile, and pain follows the weakness of the muscle with a delay, slower on the way back.
`diary`: good and bad weeks at random; a benefit that comes, stays and goes along broken lines, sooner
the more the muscle is used in that cycle; people who tell even numbers only, or write on bad days rather.

Sources: A. de Paiva and others, Functional repair of motor endplates, 1999 (sprouts); response-model,
section 1 (sizes and weeks); the rest is ours. Nothing here was chosen by how well the model does on it.
"""

from __future__ import annotations

import numpy as np
from scipy.special import ndtr

from masseter.response.courses import Courses, Scale
from masseter.response.layout import INJECTION, Array
from masseter.response.otherwise import RESPONDER, Real, columns_of, kept_rows, of_cycle
from masseter.response.simulate import Visits, calendar, drift_of

DAY = 1 / 7
AFTER = 40.0  # weeks: so long the last cycle is followed
# Of terminals: weeks in which the toxin falls by the factor e; log of how much more an ending takes up than
# it needs; how endings differ; weeks to enter; the share that sprouts make up, weeks they take to grow.
KEPT, KEPT_SPREAD, TAKEN, TAKEN_SPREAD, ENDINGS, ENTER = 5.0, 0.15, 2.1, 0.3, 0.6, 0.4
SPROUTS, SPROUT_WEEKS, REACH_SPREAD, OF_DOSE = 0.35, 5.0, 0.2, 0.8
ENOUGH, LESS_PAIN_WEEKS, MORE_PAIN_WEEKS = 0.45, 1.2, 2.0
# Of the diary: weeks of a cycle's benefit, shares of them at which it turns, what is left at the second turn.
LASTS, LASTS_SPREAD, USE_SPREAD, BY_USE, BY_DOSE = 12.0, 0.22, 0.3, -0.35, 3.0
PLATEAU, TURN, END, LEFT_AT_TURN = 0.55, 1.0, 1.6, 0.35
STAYS_BAD, TURNS_BAD, BAD, EVEN, WRITES_BAD, WRITES_GOOD = 0.6, 0.15, 1.2, 0.2, 0.95, 0.75


def simulate_terminals(
    scale: Scale, visits: Visits, *, patients: int, seed: int, piece: int = 0
) -> tuple[Courses, Real]:
    """One piece of people whose relief follows blocked nerve endings, and their truth."""
    rng = np.random.default_rng([seed, piece])
    week, kind, dose = calendar(rng, visits, patients)
    begins, given = (column[kind == INJECTION].reshape(patients, -1) for column in (week, dose))
    kept = KEPT * np.exp(KEPT_SPREAD * rng.normal(size=(patients, 1)))
    reach = np.exp(TAKEN + TAKEN_SPREAD * rng.normal(size=(patients, 1)))
    taken = reach * np.exp(REACH_SPREAD * rng.normal(size=given.shape)) * given**OF_DOSE
    size = _sizes(rng, patients, -3.0, 1.0, 0.2)
    relief = _relief(begins, taken, kept, float(week.max()) + 1)
    left = np.take_along_axis(relief, np.clip(week / DAY, 0, relief.shape[1] - 1).astype(int), axis=1)
    level = rng.normal(6.2, 1.5, size=(patients, 1)) + rng.normal(-1.2, 1.0, size=(patients, 1)) * (
        -np.expm1(-np.maximum(week - begins[:, :1], 0) / 2.0)
    )
    own = size + 0.4 * rng.normal(size=begins.shape)
    score = level + of_cycle(own, kind) * left + drift_of(rng, 0.6, 0.5, week)
    shown = _rounded(score + 0.9 * rng.normal(size=week.shape), scale)
    worn_off = np.stack([_alone(begins, taken, kept, cycle) for cycle in range(begins.shape[1])], axis=1)
    rows = kept_rows(rng, kind, own)
    courses = columns_of(kind, week, np.where(kind == INJECTION, dose, shown), rows, scale)
    return courses, Real(responds=(size < RESPONDER)[:, 0], worn_off=worn_off)


def _alone(begins: Array, taken: Array, kept: Array, cycle: int) -> Array:
    """Weeks after a treatment at which half of the best relief is left, if none follows."""
    first = begins[:, [cycle]] - begins[:, : cycle + 1]
    lead = float(first.max())
    relief = _relief(lead - first, taken[:, : cycle + 1], kept, lead + AFTER)[:, round(lead / DAY) :]
    past = np.arange(relief.shape[1])[None] > relief.argmax(axis=1)[:, None]
    return np.asarray(DAY * (past & (relief <= relief.max(axis=1)[:, None] / 2)).argmax(axis=1))


def _relief(begins: Array, taken: Array, kept: Array, until: float) -> Array:
    """Share of the full relief day by day. Shape: (patients, days)."""
    found = np.zeros((kept.shape[0], round(until / DAY)))
    sprouts, relief = np.zeros((2, kept.shape[0]))
    for day in range(found.shape[1]):
        since = np.maximum(day * DAY - begins, 0.0)
        inside = (taken * np.exp(-since / kept) * -np.expm1(-since / ENTER)).sum(axis=1)
        with np.errstate(divide="ignore"):
            blocked = ndtr(np.log(inside) / ENDINGS)
        sprouts = sprouts + DAY * (SPROUTS * blocked - sprouts) / SPROUT_WEEKS
        weak = (blocked * (1 - sprouts)) ** 2
        goal = weak / (weak + ENOUGH**2) * (1 + ENOUGH**2)
        relief = relief + DAY * (goal - relief) / np.where(goal > relief, LESS_PAIN_WEEKS, MORE_PAIN_WEEKS)
        found[:, day] = relief
    return found


def simulate_diary(
    scale: Scale, visits: Visits, *, patients: int, seed: int, piece: int = 0
) -> tuple[Courses, Real]:
    """One piece of people with good and bad weeks, and their truth."""
    rng = np.random.default_rng([seed, piece])
    week, kind, dose = calendar(rng, visits, patients)
    begins, given = (column[kind == INJECTION].reshape(patients, -1) for column in (week, dose))
    lasts = _lasts(rng, given)
    onset = rng.uniform(0.4, 2.0, size=(patients, 1))
    size = _sizes(rng, patients, -3.2, 0.9, 0.15)
    left = np.zeros(week.shape)
    for cycle in range(begins.shape[1]):
        since = week - begins[:, [cycle]]
        left = np.maximum(left, _broken(since, lasts[:, [cycle]], onset))
    bad = _bad_weeks(rng, week)
    own = size + 0.4 * rng.normal(size=begins.shape)
    score = (
        rng.normal(5.8, 1.4, size=(patients, 1)) + of_cycle(own, kind) * left + BAD * bad * (1 - 0.5 * left)
    )
    score += rng.normal(-0.8, 0.9, size=(patients, 1)) * (week > begins[:, :1])
    shown = _rounded(score + rng.laplace(scale=0.6, size=week.shape), scale)
    even = rng.uniform(size=(patients, 1)) < EVEN
    shown = np.where(even, np.clip(2 * np.round(shown / 2), scale.low, scale.high), shown)
    written = rng.uniform(size=week.shape) < np.where(bad, WRITES_BAD, WRITES_GOOD)
    written[:, 0] = True
    rows = kept_rows(rng, kind, own) & (written | (kind == INJECTION))
    courses = columns_of(kind, week, np.where(kind == INJECTION, dose, shown), rows, scale)
    half = PLATEAU + (TURN - PLATEAU) * 0.5 / (1 - LEFT_AT_TURN)
    return courses, Real(responds=(size < RESPONDER)[:, 0], worn_off=np.maximum(half * lasts, onset))


def _lasts(rng: np.random.Generator, given: Array) -> Array:
    """Weeks of each cycle's benefit: a person's own, less in cycles of much use, more after more toxin."""
    own = LASTS * np.exp(LASTS_SPREAD * rng.normal(size=(given.shape[0], 1)))
    use = np.zeros(given.shape)
    use[:, 0] = rng.normal(size=given.shape[0])
    for cycle in range(1, given.shape[1]):
        use[:, cycle] = 0.6 * use[:, cycle - 1] + 0.8 * rng.normal(size=given.shape[0])
    return np.asarray(np.maximum(own * np.exp(BY_USE * USE_SPREAD * use) + BY_DOSE * np.log(given), 3.0))


def _broken(since: Array, lasts: Array, onset: Array) -> Array:
    """Share of the benefit: up a line, a plateau, down fast, then slowly."""
    part = np.maximum(since, 0) / lasts
    fast = 1 - (1 - LEFT_AT_TURN) * (part - PLATEAU) / (TURN - PLATEAU)
    slow = LEFT_AT_TURN * (END - part) / (END - TURN)
    down = np.where(part < TURN, np.minimum(1, fast), np.maximum(0, slow))
    return np.where(since > 0, np.minimum(down, np.maximum(since, 0) / onset), 0.0)


def _bad_weeks(rng: np.random.Generator, week: Array) -> Array:
    """1 where the week of a score is a bad one. Shape: that of `week`."""
    many = int(week.max()) + 3
    bad = np.zeros((week.shape[0], many), dtype=bool)
    bad[:, 0] = rng.uniform(size=week.shape[0]) < TURNS_BAD / (1 + TURNS_BAD - STAYS_BAD)
    for at in range(1, many):
        bad[:, at] = rng.uniform(size=week.shape[0]) < np.where(bad[:, at - 1], STAYS_BAD, TURNS_BAD)
    return np.take_along_axis(bad, np.floor(week).astype(int) + 1, axis=1).astype(np.float64)


def _sizes(rng: np.random.Generator, patients: int, mean: float, spread: float, hardly: float) -> Array:
    """Full size of each person's benefit; of so many it is next to nothing. Shape: (patients, 1)."""
    size = np.minimum(rng.normal(mean, spread, size=(patients, 1)), 0.0)
    few = rng.uniform(size=(patients, 1)) < hardly
    return np.where(few, rng.normal(-0.2, 0.3, size=(patients, 1)), size)


def _rounded(score: Array, scale: Scale) -> Array:
    return np.asarray(
        np.clip(scale.low + np.round((score - scale.low) / scale.step) * scale.step, scale.low, scale.high)
    )
