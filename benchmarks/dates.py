"""When the benefit wears off: forecast dates against true ones, where the curve is right and where not.

People are simulated under five laws: our curve without and with a difference between cycles, and the three of
`response/otherwise.py`. The model is fitted to some, its bands are stretched by others, and judged on a third
lot, new to both. Forecast is the last cycle of each, six weeks after its treatment at most, from the scores
alone; counted are those who have a benefit that can wear off. The true date of the cycle before, which nobody
knows in life, stands beside it as the best that memory could do.
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
from masseter.response import layout
from masseter.response.amount import SUMS
from masseter.response.courses import Courses
from masseter.response.fit import Prior, fit
from masseter.response.held import hold_out
from masseter.response.known import CLOCK, run_clock
from masseter.response.layout import INJECTION
from masseter.response.otherwise import LAWS, RESPONDER, simulate_otherwise
from masseter.response.parameters import Parameters, free_names, freed
from masseter.response.simulate import Truth, Visits, simulate, slower
from masseter.response.stretch import LEVELS, normal_score, stretches

VISITS = Visits(cycles=4, scores=8)
LATEST_WEEKS = 6.0
GUESS_WEEKS = 12.0
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
    """One forecast a person. Shapes: (people,)."""

    who: NDArray[np.int64]
    cycle: NDArray[np.int64]
    off: Floats
    wide: Floats


def measure(people: int = 4000) -> list[Figure]:
    """One law after the other, with the same weak prior."""
    return [row for law in (*OWN_CURVE, *LAWS) for row in _law(law, people)]


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
    asked = f"; asked: {ASKED[law]}" if law in ASKED else ""
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
    return Dates(who=told.patient, cycle=told.cycle, off=told.off, wide=normal_score(told.low))


def _draw(law: str, people: int, seed: int) -> People:
    if law in LAWS:
        courses, real = simulate_otherwise(LAWS[law], SCALE, VISITS, patients=people, seed=seed)
        return People(courses=courses, responds=real.responds, worn_off=real.worn_off)
    truth = _typical(*OWN_CURVE[law])
    truth.shared[[layout.STRETCH, layout.TAIL, layout.ODDS]] = 0.0
    courses, drawn = simulate(truth, SCALE, VISITS, patients=people, seed=seed)
    return People(
        courses=courses, responds=drawn.state[:, 2] < RESPONDER, worn_off=_true(courses, drawn, truth.shared)
    )


def _typical(size: float, length: float) -> Parameters:
    """The population of the tests with one column, and this much difference between cycles."""
    whole = population()
    shared = whole.shared.copy()
    shared[layout.SIZE], shared[layout.LENGTH] = size, length
    return Parameters(shared=shared, coefficients=whole.coefficients[:, :1].copy(), about=whole.about[:1])


def _true(courses: Courses, real: Truth, shared: Floats) -> Floats:
    """Weeks after each injection at which half of the best is left. Shape: (people, cycles)."""
    weeks = np.zeros(real.length.shape)
    steep = shared[layout.STEEP] * slower(shared, real.duration)
    for person in range(courses.patients):
        _starts, kind, week, value, _weight, _about = courses.part(person, person + 1).columns()
        for cycle, row in enumerate(np.flatnonzero(kind == INJECTION)):
            clock = np.zeros(CLOCK)
            run_clock(kind[: row + 1], week[: row + 1], value[: row + 1], shared, clock)
            weeks[person, cycle] = shared[layout.KAPPA] * np.log(clock[0]) + week[row] - clock[SUMS]
    weeks += real.duration[:, None] + real.length
    best = 1 / (1 + np.exp(-weeks / steep[:, None]))
    return np.asarray(weeks - steep[:, None] * np.log(0.5 * best / (1 - 0.5 * best)))


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
