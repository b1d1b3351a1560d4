"""When the benefit wears off: forecast dates against true ones, where the curve is right and where not.

People are simulated in nine worlds: our curve without and with a difference between cycles, the five of
`response/worlds.py`, in which it is wrong, and the two of `benchmarks/unseen.py` and `unseen_sites.py`,
written without sight of it. The model is fitted to some, its bands are stretched by others, and judged on a
third lot, new to both. Forecast is the last cycle of each, six weeks after its treatment at
most, from the scores alone; counted are those who have a benefit that can wear off. Beside it: the true date
of the cycle before, which nobody knows in life, as the best that memory could do; and, where a goal was set,
somebody who knows the law that the people were drawn from (`benchmarks/lawful.py`), whom no method can beat.
Run as `python -m benchmarks dates`, or `python -m benchmarks dates 2000` for so many people a lot.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri
from tests.response.population import SCALE, population, weak_prior

from benchmarks.figure import Figure
from benchmarks.lawful import best_dates
from benchmarks.unseen import Drawn, draw_store
from benchmarks.unseen_sites import draw_sites
from masseter.response import layout
from masseter.response.courses import Courses
from masseter.response.fit import Prior, fit
from masseter.response.held import hold_out
from masseter.response.otherwise import RESPONDER, columns_of
from masseter.response.parameters import Parameters, free_names, freed
from masseter.response.simulate import Visits, simulate, worn_off
from masseter.response.stretch import LEVELS, normal_score, stretches
from masseter.response.worlds import WORLDS

VISITS = Visits(cycles=4, scores=8)
LATEST_WEEKS = 6.0
LAWFUL = 400  # people whose dates are told by who knows the law
GUESS_WEEKS = 12.0
UNSEEN = {"store of toxin": draw_store, "many sites": draw_sites}
OWN_CURVE = {"our curve": (0.0, 0.0), "our curve, cycles differ": (0.25, 1.21)}
ASKED = {"our curve": "9.5", "our curve, cycles differ": "11.5", "weibull": "13.5"}

Floats = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class People:
    """Simulated people, who of them has a benefit that can wear off, and true weeks of each cycle."""

    courses: Courses
    responds: NDArray[np.bool_]
    worn_off: Floats


@dataclass(frozen=True, kw_only=True)
class Dates:
    """One forecast a person, made so many weeks after the treatment (`until`). Shapes: (people,)."""

    who: NDArray[np.int64]
    cycle: NDArray[np.int64]
    until: Floats
    off: Floats
    wide: Floats

    def of(self, which: NDArray[np.int64]) -> Dates:
        """Some of them."""
        return Dates(**{name: column[which] for name, column in vars(self).items()})


def measure(people: int = 4000) -> list[Figure]:
    """One law after the other, with the same weak prior."""
    return [row for law in (*OWN_CURVE, *WORLDS, *UNSEEN) for row in _law(law, people)]


def _law(law: str, people: int) -> list[Figure]:
    taught, judging, new = (_draw(law, people, seed) for seed in (1, 2, 3))
    start = _typical(0.25, 1.0)
    fitted = fit(taught.courses, start, _prior(start), threads=os.cpu_count() or 1).parameters
    stretch = stretches((other := _dates(judging, fitted)).wide, other.who)
    told, scores = _dates(new, fitted), hold_out(new.courses, fitted, every=3)[0]
    true = new.worn_off[told.who, told.cycle - 1]
    usual = float(np.median(taught.worn_off[taught.responds]))
    before = np.where(told.cycle > 1, new.worn_off[told.who, told.cycle - 2], usual)
    rivals = {"median of all": usual, "12 weeks": GUESS_WEEKS, "own cycle before, known": before}
    beside = "; ".join(f"{name} {7 * np.abs(true - guess).mean():.1f}" for name, guess in rivals.items())
    asked = _asked(law, new, told) if law in ASKED else ""
    plain, stretched = (_held(told.wide, by) for by in (np.ones(len(LEVELS)), np.array(stretch)))
    place = scores.place(1)
    inside = " / ".join(f"{100 * np.mean(np.abs(place - 0.5) < level / 2):.1f}" for level in LEVELS)
    return [
        Figure(
            f"Wear-off dates, {law}: mean absolute error, days",
            f"{7 * np.abs(told.off).mean():.1f}",
            f"{told.off.size:,} people, off by {7 * told.off.mean():+.1f} on average; {beside}{asked}",
        ),
        Figure(f"… bands of 50, 80, 95 % hold, {law}", f"{stretched} %", f"{plain} before the stretch"),
        Figure(f"… scores, {law}", f"MAE {np.abs(scores.off).mean():.3f}", f"bands hold {inside} %"),
    ]


def _asked(law: str, new: People, told: Dates) -> str:
    """The goal, and how near somebody comes who knows the law, both on the same people."""
    some = told.of(np.flatnonzero(np.arange(told.who.size) < LAWFUL))
    best = best_dates(law, new.courses, some.who, some.until, _typical(*OWN_CURVE.get(law, (0.0, 0.0))))
    off = 7 * np.abs(best - new.worn_off[some.who, some.cycle - 1])
    error = 2 * off.std() / np.sqrt(off.size)
    ours = 7 * np.abs(some.off).mean()
    met = "met" if float(f"{7 * np.abs(told.off).mean():.1f}") <= float(ASKED[law]) else "missed"
    beside = f"who knows the law: {off.mean():.1f} ± {error:.1f} where ours is {ours:.1f} ({off.size} people)"
    return f"; {beside}; asked: {ASKED[law]}, {met}"


def _held(wide: Floats, by: Floats) -> str:
    shares = [
        100 * np.mean(wide <= ndtri((1 + level) / 2) * one) for level, one in zip(LEVELS, by, strict=True)
    ]
    return " / ".join(f"{share:.1f}" for share in shares)


def _dates(people: People, parameters: Parameters) -> Dates:
    """The last forecast of each person's last cycle that was made within six weeks of the treatment."""
    _scores, held = hold_out(people.courses, parameters, worn_off=people.worn_off)
    since = people.worn_off[held.patient, held.cycle - 1] - held.ahead
    last = np.zeros(people.courses.patients, dtype=np.int64)
    np.maximum.at(last, held.patient, held.cycle)
    taken = (held.cycle == last[held.patient]) & (since <= LATEST_WEEKS) & people.responds[held.patient]
    rows = np.flatnonzero(taken)
    rows = rows[np.r_[np.diff(held.patient[rows]) != 0, True]]
    told = held.of(rows)
    wide = normal_score(told.low)
    return Dates(who=told.patient, cycle=told.cycle, until=since[rows], off=told.off, wide=wide)


def _draw(law: str, people: int, seed: int) -> People:
    if law in UNSEEN:
        return _unseen(UNSEEN[law](np.random.default_rng(seed), people))
    if law in WORLDS:
        courses, real = WORLDS[law](SCALE, VISITS, patients=people, seed=seed)
        return People(courses=courses, responds=real.responds, worn_off=real.worn_off)
    truth = _typical(*OWN_CURVE[law])
    truth.shared[[layout.STRETCH, layout.TAIL, layout.ODDS]] = 0.0
    courses, drawn = simulate(truth, SCALE, VISITS, patients=people, seed=seed)
    return People(
        courses=courses, responds=drawn.state[:, 2] < RESPONDER, worn_off=worn_off(truth, courses, drawn)
    )


def _unseen(drawn: Drawn) -> People:
    """People as the model reads them. Their scores are whole points from 0 to 10."""
    kind = np.where(drawn.injection, layout.INJECTION, layout.SCORE).astype(np.uint8)
    courses = columns_of(kind, drawn.week, drawn.value, drawn.kept, SCALE)
    return People(courses=courses, responds=drawn.responds, worn_off=drawn.worn_off)


def _typical(size: float, length: float) -> Parameters:
    """The population of the tests with one column, and this much difference between cycles."""
    whole = population()
    shared = whole.shared.copy()
    shared[layout.SIZE], shared[layout.LENGTH] = size, length
    return Parameters(shared=shared, coefficients=whole.coefficients[:, :1].copy(), about=whole.about[:1])


def _prior(start: Parameters) -> Prior:
    """Weak, but for times of which the scores say little."""
    held = {
        "log fade_per_week": 1.0,
        "log steepness_weeks": 0.7,
        "log carry_over_weeks": 0.5,
        "dose_exponent": 0.5,
        "stretch": 0.5,
        "log unlikeness": 1.0,
        "log odds_of_nothing": 1.0,
        "log duration_spread": 0.7,
    }
    prior, names = weak_prior(start), free_names(start.about)
    spread = prior.spread.copy()
    for name, value in held.items():
        spread[names.index(name)] = value
    return replace(prior, middle=freed(start), spread=spread)
