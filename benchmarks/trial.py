"""A real trial, each patient left out in turn: 109 people with cervical dystonia, type B or placebo.

After each visit of a person, every later one is forecast by what the others taught. Our fit begins as every
fit of a registry does, with its weak prior; no number was chosen by these errors. The table is read where it
is kept beside the project; without it the row says so. Run as `python -m benchmarks trial`.
"""

from __future__ import annotations

import os
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr, ndtri

from benchmarks.figure import Figure
from benchmarks.visits import Normal, ranked, spline, unstructured
from masseter.knowledge.load import load
from masseter.registry.beginning import beginning
from masseter.registry.courses import read_courses
from masseter.registry.fitting import dose_groups
from masseter.registry.taking import look_at, take
from masseter.response.calibrate import Limits
from masseter.response.courses import Courses
from masseter.response.fit import fit
from masseter.response.held import Held, hold_out, together
from masseter.response.layout import CEILING, INJECTION
from masseter.response.stretch import LEVELS, normal_score, stretch_of_each

ROOT = Path(__file__).resolve().parents[1]
BESIDE = ROOT.parent / "shared" / "data" / "cdystonia.csv"
MAPPING = ROOT / "docs" / "how-to" / "cdystonia.yaml"
PRODUCT = "rimabotulinumtoxinB"
ARMS = {0.0: "placebo", 0.5: "5,000 U", 1.0: "10,000 U"}
HIGH = 85
SEED = 1
SEEN_AND_FORECAST = 2  # visits

Floats = NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class Told:
    """Forecasts of one model, one line each. `place`: where in its forecast each score fell."""

    who: NDArray[np.int64]
    off: Floats
    rps: Floats
    place: Floats


def measure() -> list[Figure]:
    """Ours, and the peers that the protocol names."""
    path = Path(os.environ.get("TRIAL_TABLE", BESIDE))
    if not path.exists():
        return [Figure("Trial of type B, left out one by one", "not measured", "its table is not kept here")]
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder) / "set"
        take(look_at(path, MAPPING), data, leave_out_refused=False)
        courses = read_courses(data, [PRODUCT])
    dose = courses.value[courses.kind == INJECTION]
    ours = _ours(courses)
    peers = _peers(courses, dose)
    many = f"{ours.off.size:,} forecasts; asked: 5.90, bands of 80 % 78 to 82"
    rows = [_row("Ours", ours, f"{many}; {_bands(ours.place, np.ones(ours.who.size))}")]
    rows += [_row(name, told, _bands(told.place, np.ones(told.who.size))) for name, told in peers.items()]
    return rows + _by_arm(ours, courses, dose)


def _row(name: str, told: Told, beside: str) -> Figure:
    error, square = np.abs(told.off).mean(), np.sqrt((told.off**2).mean())
    crps = "" if np.isnan(told.rps).all() else f", CRPS {told.rps.mean():.3f}"
    return Figure(f"Trial, left out one by one: {name}", f"MAE {error:.3f}, RMSE {square:.2f}{crps}", beside)


def _bands(place: Floats, stretch: Floats) -> str:
    """How much the bands of 50, 80 and 95 percent hold; `stretch`: (forecasts,) or (forecasts, levels)."""
    if np.isnan(place).all():
        return "no bands"
    wide = normal_score(place)
    by = np.broadcast_to(stretch.reshape(wide.size, -1), (wide.size, len(LEVELS)))
    held = [100 * np.mean(wide <= by[:, at] * ndtri((1 + level) / 2)) for at, level in enumerate(LEVELS)]
    return "bands of 50, 80, 95 % hold " + " / ".join(f"{one:.1f}" for one in held)


def _by_arm(ours: Told, courses: Courses, dose: Floats) -> list[Figure]:
    """Coverage in each arm, as it is and with the stretch of the product: by others of the dose group."""
    normal, limits = normal_score(ours.place), Limits.of(load().practice)
    groups = dose_groups(courses, limits)
    stretch = np.ones((ours.who.size, len(LEVELS)))
    for one in np.unique(ours.who):
        asked, others = ours.who == one, ours.who != one
        by = normal[others], ours.who[others]
        stretch[asked] = stretch_of_each(*by, ours.who[asked], groups, limits.people_to_stretch).T
    rows = []
    for arm, name in ARMS.items():
        of = dose[ours.who] == arm
        error = f"MAE {np.abs(ours.off[of]).mean():.2f}"
        rows.append(Figure(f"… {name}", _bands(ours.place[of], np.ones(of.sum())), error))
    for arm, name in ARMS.items():
        of = dose[ours.who] == arm
        told = f"each person's by the others of the dose group{'; asked: 79' if arm == 0 else ''}"
        rows.append(Figure(f"… {name}, stretched", _bands(ours.place[of], stretch[of]), told))
    everyone = Figure("… all, stretched by dose group", _bands(ours.place, stretch), "asked: 78 to 82")
    return [*rows, everyone]


def _ours(courses: Courses) -> Told:
    start, prior = beginning("cervical_dystonia", "twstrs", courses)
    start = fit(courses, start, prior).parameters
    held: list[Held] = []
    for patient in range(courses.patients):
        if np.count_nonzero(courses.part(patient, patient + 1).kind <= CEILING) < SEEN_AND_FORECAST:
            continue
        others = np.delete(np.arange(courses.patients), patient)
        taught = fit(courses.some(others), start, prior).parameters
        scores, _dates = hold_out(courses.part(patient, patient + 1), taught)
        held.append(replace(scores, patient=scores.patient + patient))
    told = together(held)
    return Told(who=told.patient, off=told.off, rps=told.rps, place=told.place(SEED))


def _table(courses: Courses) -> tuple[Floats, Floats]:
    """Scores, (people, visits), not a number where missing; and the weeks of the visits."""
    is_score = courses.kind <= CEILING
    who = np.repeat(np.arange(courses.patients), np.diff(courses.starts))[is_score]
    week = np.round(courses.week[is_score].astype(float))
    weeks = np.unique(week)
    scores = np.full((courses.patients, weeks.size), np.nan)
    scores[who, np.searchsorted(weeks, week)] = courses.value[is_score]
    return scores, weeks


def _peers(courses: Courses, dose: Floats) -> dict[str, Told]:
    scores, weeks = _table(courses)
    arms = np.searchsorted(np.unique(dose), dose)
    lines: dict[str, list[tuple[Floats, ...]]] = {}
    for one in range(courses.patients):
        others = np.delete(np.arange(courses.patients), one)
        normal = {
            "unstructured mixed model": unstructured(scores[others], arms[others]),
            "mixed model with splines": spline(scores[others], arms[others], weeks),
        }
        mean = np.nanmean(scores[others][arms[others] == arms[one]], axis=0)
        here = np.flatnonzero(~np.isnan(scores[one]))
        for seen in range(1, here.size):
            at, later = here[:seen], here[seen:]
            came, last = scores[one, later], scores[one, at[-1]]
            nothing = np.full(later.size, np.nan)
            plain = {
                "last score and the arm's change": last + mean[later] - mean[at[-1]],
                "last score": np.full(later.size, last),
                "mean of the arm": mean[later],
            }
            for name, model in normal.items():
                lines.setdefault(name, []).append(_normal(model, arms[one], scores[one], at, later, one))
            for name, middle in plain.items():
                who = np.full(later.size, float(one))
                lines.setdefault(name, []).append((who, middle - came, nothing, nothing))
    return {name: _told(parts) for name, parts in lines.items()}


def _normal(
    model: Normal, arm: int, row: Floats, at: NDArray[np.int64], later: NDArray[np.int64], one: int
) -> tuple[Floats, ...]:
    middle, spread = model.ahead(arm, row[at], at, later)
    low, high = ((row[later] + half - middle) / spread for half in (-0.5, 0.5))
    chance = np.random.default_rng([SEED, one, at.size]).uniform(size=later.size)
    place = ndtr(low) + chance * (ndtr(high) - ndtr(low))
    return (
        np.full(later.size, float(one)),
        middle - row[later],
        ranked(row[later], middle, spread, HIGH),
        place,
    )


def _told(parts: list[tuple[Floats, ...]]) -> Told:
    who, off, rps, place = (np.concatenate([part[at] for part in parts]) for at in range(4))
    return Told(who=who.astype(np.int64), off=off, rps=rps, place=place)
