"""Registries with a known truth, piece by piece, straight to Parquet.

Drawn from a curve of knowledge, or from a world of its own in which the model's curve is wrong.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
from numpy.typing import NDArray

from masseter.journey.results.forecast.population import parameters_of, scale_of
from masseter.knowledge.load import load
from masseter.knowledge.model import ResponseCurve
from masseter.registry.code import code_hash
from masseter.registry.dataset import COLUMNS, Heading, Manifest, finish, new_folder
from masseter.registry.problems import whole
from masseter.response.courses import Courses, Scale
from masseter.response.layout import CEILING, FLOOR, INJECTION
from masseter.response.parameters import Parameters
from masseter.response.simulate import Visits, simulate, worn_off
from masseter.response.worlds import WORLDS

PIECE = 16_384  # patients that are held in memory at once
PRODUCT, REFERENCE = "simulated", 100.0
CLINICS = 24  # no better or worse than each other
TRUTH = "truth.json"
OF_WORLDS = Scale(low=0.0, high=10.0, step=1.0)


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What to draw. `curve`: key of the curve of knowledge that is the truth.

    `world`: from which people are drawn instead; the curve then says condition and measure alone.
    """

    curve: str
    patients: int
    seed: int
    visits: Visits
    world: str = ""


def simulate_registry(
    folder: Path, asked: Asked, look: Callable[[int], None] = lambda _patients: None
) -> Manifest:
    """Write a simulated registry: the same seed gives the same bytes. `look` hears of patients drawn so far.

    Raises CannotTake for an unknown curve or world, for a world on another scale than 0 to 10, for nobody,
    and where something is there already.
    """
    curve = _curve(asked)
    scale = scale_of(load().instruments[curve.measure])
    parameters = parameters_of(curve)
    truth = {"world": asked.world} if asked.world else parameters.named()
    with new_folder(folder) as work:
        counts = dict.fromkeys(COLUMNS, 0)
        for piece, first in enumerate(range(0, asked.patients, PIECE)):
            many = min(PIECE, asked.patients - first)
            courses, true = _drawn(asked, parameters, scale, many, piece)
            for table, rows in _write(work, piece, first, asked.seed, courses, true).items():
                counts[table] += rows
            look(first + many)
        (work / TRUTH).write_text(json.dumps(truth, indent=2, sort_keys=True) + "\n")
        return finish(work, _heading(asked, curve, scale), counts)


def _curve(asked: Asked) -> ResponseCurve:
    """The curve that is asked for, once everything else makes sense."""
    curve = load().curves.get(asked.curve)
    if curve is None:
        raise whole(f"there is no curve '{asked.curve}'; known are {', '.join(sorted(load().curves))}")
    if asked.patients < 1 or asked.visits.cycles < 1 or asked.visits.scores < 1:
        raise whole("a registry has at least one patient, with one cycle and one score in it")
    if asked.world and asked.world not in WORLDS:
        raise whole(f"there is no world '{asked.world}'; known are {', '.join(sorted(WORLDS))}")
    if asked.world and scale_of(load().instruments[curve.measure]) != OF_WORLDS:
        raise whole(f"the worlds tell pain from 0 to 10 in whole points, which '{curve.measure}' is not")
    return curve


def _drawn(
    asked: Asked, parameters: Parameters, scale: Scale, many: int, piece: int
) -> tuple[Courses, dict[str, NDArray[Any]]]:
    """One piece of patients, and the columns of their truth; `weeks` of wear-off have one for each cycle."""
    if asked.world:
        world = WORLDS[asked.world]
        courses, real = world(scale, asked.visits, patients=many, seed=asked.seed, piece=piece)
        return courses, {"responds": real.responds, "weeks": real.worn_off}
    courses, truth = simulate(parameters, scale, asked.visits, patients=many, seed=asked.seed, piece=piece)
    sizes = dict(zip(("baseline", "non_specific", "benefit"), truth.state.T, strict=True))
    weeks = worn_off(parameters, courses, truth)
    return courses, {**sizes, "duration_weeks": truth.duration, "responds": truth.some, "weeks": weeks}


def _heading(asked: Asked, curve: ResponseCurve, scale: Scale) -> Heading:
    return Heading(
        name=f"simulated-{asked.world or asked.curve}-{asked.seed}",
        condition=curve.condition,
        measure={"key": curve.measure, "low": scale.low, "high": scale.high, "step": scale.step},
        reference_units={PRODUCT: REFERENCE},
        made={
            "by": "simulate",
            "curve": asked.curve,
            "curve_version": curve.version,
            "world": asked.world,
            "seed": asked.seed,
            "cycles_each": asked.visits.cycles,
            "scores_each": asked.visits.scores,
            "code": code_hash(),
        },
    )


def _write(
    work: Path, piece: int, first: int, seed: int, courses: Courses, truth: dict[str, NDArray[Any]]
) -> dict[str, int]:
    """The files of one piece; how many rows of each table."""
    names = np.array([f"{first + number:016x}" for number in range(courses.patients)], dtype=object)
    rows = np.repeat(names, np.diff(courses.starts))
    days, kind = courses.week.astype(np.float64) * 7.0, courses.kind
    value = courses.value.astype(np.float64)
    value = np.where(kind == FLOOR, courses.scale.low, np.where(kind == CEILING, courses.scale.high, value))
    given = kind == INJECTION
    clinic = np.random.default_rng([seed, piece, 1]).integers(1, CLINICS + 1, size=courses.patients)
    clinics = np.array([f"{number:02}" for number in clinic], dtype=object)
    tables: dict[str, dict[str, Any]] = {  # Any: columns of NumPy
        "patients": {"patient": names, "known_clinic": clinics},
        "treatments": {"patient": rows[given], "day": days[given], "units": value[given] * REFERENCE},
        "scores": {"patient": rows[~given], "day": days[~given], "value": value[~given]},
        "truth": {"patient": names, **{name: each for name, each in truth.items() if name != "weeks"}},
        "true_dates": _dates(names, truth["weeks"]),
    }
    more = {
        "treatments": f"patient, day, '{PRODUCT}' AS product, units",
        "scores": "patient, day, value, NULL::DOUBLE AS observed_days",
    }
    for table, columns in tables.items():
        file = work / f"{table}-{piece:05}.parquet"
        with duckdb.connect(config={"threads": 1}) as connection:
            connection.register("told", {name: np.ascontiguousarray(each) for name, each in columns.items()})
            lines = connection.sql(f"SELECT {more.get(table, '*')} FROM told")
            lines.write_parquet(str(file), compression="zstd")
    return {table: len(columns["patient"]) for table, columns in tables.items() if table in COLUMNS}


def _dates(names: NDArray[Any], weeks: NDArray[Any]) -> dict[str, Any]:
    """Weeks from each treatment to its wear-off, if none followed, a line for each."""
    cycles = weeks.shape[1]
    return {
        "patient": np.repeat(names, cycles),
        "cycle": np.tile(np.arange(1, cycles + 1), names.size),
        "wear_off_weeks": weeks.ravel(),
    }


def read_truth(folder: Path) -> dict[str, float]:
    """The parameters that a simulated registry was drawn from, by name.

    Raises CannotTake where it was not simulated.
    """
    try:
        return dict(json.loads((folder / TRUTH).read_text()))
    except (OSError, ValueError, TypeError):
        raise whole(f"'{folder.name}' was not simulated: it has no {TRUTH}") from None
