"""Patients whose course follows other laws than the model's: what is forecast with a wrong curve.

Each law says what share of the full benefit is there so many weeks after one injection; what is left of
earlier injections adds to it, as chances do. A quarter of the people have hardly any benefit, the onset
differs from person to person, and who gains little leaves early.

Sources: reference/response-model, section 3c (the simulator 'W'); the other two laws are ours.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from masseter.response.courses import Courses, Scale, at_ends
from masseter.response.layout import INJECTION, Array, Kinds
from masseter.response.simulate import Visits, calendar, cycle_of, drift_of

Law = Callable[[Array, Array, Array], Array]

FINE = 0.1  # weeks: between two moments at which the true curve is read
LATEST = 60.0  # weeks
BASELINE, BASELINE_SPREAD = 6.5, 1.4
LEARNT, LEARNT_SPREAD, LEARN_WEEKS = -0.9, 1.0, 2.0
BENEFIT, BENEFIT_SPREAD, HARDLY, HARDLY_SPREAD, NON_RESPONDERS = -3.2, 0.8, -0.3, 0.3, 0.25
HALF_WEEKS, HALF_SPREAD, DOSE_WEEKS = 11.0, 0.25, 4.0
ONSET_WEEKS, ONSET_SPREAD = 0.6, 0.5
CYCLE_SIZE, CYCLE_LENGTH = 0.5, 0.1
DRIFT, RETURN, NOISE = 0.6, 0.3, 0.75
RESPONDER = -1.5  # a benefit of at least so many points counts as one that can wear off


@dataclass(frozen=True, kw_only=True)
class Real:
    """What the people are really like. `responds`: (patients,). `worn_off`: weeks after the treatment of each
    cycle at which half of its best benefit is left, (patients, cycles).
    """

    responds: NDArray[np.bool_]
    worn_off: Array


def weibull(weeks: Array, half: Array, shape: Array) -> Array:
    """A plateau that rounds off ever faster; the time scale stretches with the duration."""
    return np.asarray(np.exp2(-((np.maximum(weeks, 0) / half) ** (2.5 + 0.5 * shape))))


def straight(weeks: Array, half: Array, shape: Array) -> Array:
    """Full for a while, then down a straight line to nothing: no tail at all."""
    width = half * (0.6 + 0.2 * expit(shape))
    return np.asarray(np.clip(0.5 - (weeks - half) / width, 0, 1))


def lingering(weeks: Array, half: Array, shape: Array) -> Array:
    """Half is lost early and the rest lingers: a tail by a power of time."""
    return np.asarray(1 / (1 + (np.maximum(weeks, 0) / half) ** (4.0 + shape)))


LAWS: dict[str, Law] = {"weibull": weibull, "straight": straight, "lingering": lingering}


def simulate_otherwise(
    law: Law, scale: Scale, visits: Visits, *, patients: int, seed: int, piece: int = 0
) -> tuple[Courses, Real]:
    """One piece of people under a law, and their truth. Their pain is on a scale of about ten points."""
    rng = np.random.default_rng([seed, piece])
    week, kind, dose = calendar(rng, visits, patients)
    responds = rng.uniform(size=(patients, 1)) >= NON_RESPONDERS
    size = np.where(
        responds,
        rng.normal(BENEFIT, BENEFIT_SPREAD, size=(patients, 1)),
        rng.normal(HARDLY, HARDLY_SPREAD, size=(patients, 1)),
    )
    begins = week[kind == INJECTION].reshape(patients, -1)
    given = dose[kind == INJECTION].reshape(patients, -1)
    person = drawn_people(rng, law, begins, given)
    own_size = size + CYCLE_SIZE * rng.normal(size=begins.shape)
    score = level_of(rng, week, begins[:, :1]) + of_cycle(own_size, kind) * person.left(week)
    score += np.sqrt(NOISE) * rng.normal(size=week.shape) + drift_of(rng, DRIFT, RETURN, week)
    shown = np.clip(
        scale.low + np.round((score - scale.low) / scale.step) * scale.step, scale.low, scale.high
    )
    kept = kept_rows(rng, kind, own_size)
    courses = columns_of(kind, week, np.where(kind == INJECTION, dose, shown), kept, scale)
    return courses, Real(responds=(size < RESPONDER)[:, 0], worn_off=person.worn_off())


@dataclass(frozen=True, kw_only=True)
class People:
    """The course of each person's benefit. Shapes: (patients, cycles) or (patients, 1)."""

    law: Law
    begins: Array
    half: Array
    shape: Array
    onset: Array

    def left(self, week: Array) -> Array:
        """Share of the full benefit, of all injections together. Shape: that of `week`, (patients, times)."""
        without = np.ones(week.shape)
        for cycle in range(self.begins.shape[1]):
            since = week - self.begins[:, [cycle]]
            rise = -np.expm1(-np.maximum(since, 0) / self.onset)
            without *= 1 - np.where(since > 0, rise * self.law(since, self.half[:, [cycle]], self.shape), 0)
        return 1 - without

    def worn_off(self) -> Array:
        """Weeks after each injection at which half of the best is left, if none followed."""
        found = np.zeros(self.begins.shape)
        times = np.arange(FINE, LATEST, FINE)[None]
        for cycle in range(self.begins.shape[1]):
            only = People(
                law=self.law,
                begins=self.begins[:, : cycle + 1],
                half=self.half,
                shape=self.shape,
                onset=self.onset,
            )
            left = only.left(self.begins[:, [cycle]] + times)
            best = left.argmax(axis=1)
            past = (np.arange(times.size)[None] > best[:, None]) & (left <= left.max(axis=1)[:, None] / 2)
            found[:, cycle] = times[0, past.argmax(axis=1)]
        return found


def drawn_people(rng: np.random.Generator, law: Law, begins: Array, given: Array) -> People:
    """The courses of people with these treatments. Shapes: (patients, cycles)."""
    patients = begins.shape[0]
    return People(
        law=law,
        begins=begins,
        half=_halves(rng, given),
        shape=np.clip(rng.normal(size=(patients, 1)), -1.5, 1.5),
        onset=ONSET_WEEKS * np.exp(ONSET_SPREAD * rng.normal(size=(patients, 1))),
    )


def _halves(rng: np.random.Generator, given: Array) -> Array:
    """Weeks to half of the full benefit, of each cycle."""
    own = HALF_WEEKS * np.exp(HALF_SPREAD * rng.normal(size=(given.shape[0], 1)))
    half = own * (1 + CYCLE_LENGTH * rng.normal(size=given.shape)) + DOSE_WEEKS * np.log(given)
    return np.asarray(np.maximum(half, 2.0))


def level_of(rng: np.random.Generator, week: Array, first: Array) -> Array:
    """Baseline and the change that does not wear off."""
    own = rng.normal(size=(2, week.shape[0], 1))
    learnt = -np.expm1(-np.maximum(week - first, 0) / LEARN_WEEKS)
    return np.asarray(BASELINE + BASELINE_SPREAD * own[0] + (LEARNT + LEARNT_SPREAD * own[1]) * learnt)


def of_cycle(each: Array, kind: Kinds) -> Array:
    """The value of the running cycle on each row."""
    return np.take_along_axis(each, np.maximum(cycle_of(kind), 0), axis=1)


def kept_rows(rng: np.random.Generator, kind: Kinds, size: Array) -> Array:
    """Rows before a person leaves: at each return, the less the benefit, the likelier it is the last."""
    stays = rng.uniform(size=size.shape) < expit(2.0 - 0.6 * (size - RESPONDER))
    cycles = 1 + np.cumprod(stays[:, :-1], axis=1).sum(axis=1)
    return np.asarray(cycle_of(kind) < cycles[:, None])


def columns_of(kind: Kinds, week: Array, value: Array, kept: Array, scale: Scale) -> Courses:
    """People as the model reads them, all alike. Shapes: (patients, rows); only rows that are kept count."""
    flat_kind, flat_value = at_ends(kind[kept], value[kept], scale)
    patients = kind.shape[0]
    return Courses(
        starts=np.r_[0, np.cumsum(kept.sum(axis=1))].astype(np.int64),
        kind=flat_kind,
        week=week[kept].astype(np.float32),
        value=flat_value.astype(np.float32),
        weight=np.ones(flat_kind.size, dtype=np.float32),
        about=np.ones((patients, 1)),
        names=("one",),
        scale=scale,
    )
