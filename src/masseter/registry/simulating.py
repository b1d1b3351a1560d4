"""Registries with a known truth: drawn from a curve of knowledge, piece by piece, straight to Parquet."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import numpy as np

from masseter.journey.results.forecast.population import parameters_of, scale_of
from masseter.knowledge.load import load
from masseter.knowledge.model import ResponseCurve
from masseter.registry.code import code_hash
from masseter.registry.dataset import COLUMNS, Heading, Manifest, finish, new_folder
from masseter.registry.problems import whole
from masseter.response.courses import Courses, Scale
from masseter.response.layout import CEILING, FLOOR, INJECTION
from masseter.response.simulate import Truth, Visits, simulate

PIECE = 16_384  # patients that are held in memory at once
PRODUCT, REFERENCE = "simulated", 100.0
CLINICS = 24  # no better or worse than each other
TRUTH = "truth.json"


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What to draw. `curve`: key of the curve of knowledge that is the truth."""

    curve: str
    patients: int
    seed: int
    visits: Visits


def simulate_registry(
    folder: Path, asked: Asked, look: Callable[[int], None] = lambda _patients: None
) -> Manifest:
    """Write a simulated registry: the same seed gives the same bytes. `look` hears of patients drawn so far.

    Raises CannotTake for an unknown curve, for nobody, and where something is there already.
    """
    curve = load().curves.get(asked.curve)
    if curve is None:
        raise whole(f"there is no curve '{asked.curve}'; known are {', '.join(sorted(load().curves))}")
    if asked.patients < 1 or asked.visits.cycles < 1 or asked.visits.scores < 1:
        raise whole("a registry has at least one patient, with one cycle and one score in it")
    scale = scale_of(load().instruments[curve.measure])
    truth = parameters_of(curve)
    with new_folder(folder) as work:
        counts = dict.fromkeys(COLUMNS, 0)
        for piece, first in enumerate(range(0, asked.patients, PIECE)):
            many = min(PIECE, asked.patients - first)
            drawn = simulate(truth, scale, asked.visits, patients=many, seed=asked.seed, piece=piece)
            for table, rows in _write(work, piece, first, asked.seed, *drawn).items():
                counts[table] += rows
            look(first + many)
        (work / TRUTH).write_text(json.dumps(truth.named(), indent=2, sort_keys=True) + "\n")
        return finish(work, _heading(asked, curve, scale), counts)


def _heading(asked: Asked, curve: ResponseCurve, scale: Scale) -> Heading:
    return Heading(
        name=f"simulated-{asked.curve}-{asked.seed}",
        condition=curve.condition,
        measure={"key": curve.measure, "low": scale.low, "high": scale.high, "step": scale.step},
        reference_units={PRODUCT: REFERENCE},
        made={
            "by": "simulate",
            "curve": asked.curve,
            "curve_version": curve.version,
            "seed": asked.seed,
            "cycles_each": asked.visits.cycles,
            "scores_each": asked.visits.scores,
            "code": code_hash(),
        },
    )


def _write(work: Path, piece: int, first: int, seed: int, courses: Courses, truth: Truth) -> dict[str, int]:
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
        "truth": {
            "patient": names,
            "baseline": truth.state[:, 0],
            "non_specific": truth.state[:, 1],
            "benefit": truth.state[:, 2],
            "duration_weeks": truth.duration,
        },
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


def read_truth(folder: Path) -> dict[str, float]:
    """The parameters that a simulated registry was drawn from, by name.

    Raises CannotTake where it was not simulated.
    """
    try:
        return dict(json.loads((folder / TRUTH).read_text()))
    except (OSError, ValueError, TypeError):
        raise whole(f"'{folder.name}' was not simulated: it has no {TRUTH}") from None
