"""What a fit leaves behind: a readable file with parameters and how sure they are, and the patients' own."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Any

import duckdb
import numpy as np

from masseter.registry.code import code_hash
from masseter.registry.courses import names_in
from masseter.registry.dataset import hash_of, new_folder
from masseter.registry.fitting import Fitted
from masseter.registry.problems import whole
from masseter.response.fit import Fit
from masseter.response.layout import Array
from masseter.response.parameters import bound, free_names
from masseter.response.people import COLUMNS

FORMAT = 1
FILE = "fit.json"
STEP = 1e-5  # of the free numbers, to see how the readable ones change
SURE = 1.959964  # standard errors to each side of a 95 % interval


def write_fit(folder: Path, fitted: Fitted, known: Iterable[Array]) -> dict[str, Any]:
    """Write a fit into a new folder: all of it, or nothing. `known`: part by part, a line for each patient.

    Raises CannotTake where something is there already.
    """
    with new_folder(folder) as work:
        for place, (part, lines) in enumerate(zip(fitted.task.parts, known, strict=True)):
            _write_people(work / f"posteriors-{place:05}.parquet", names_in(fitted.task.sources, part), lines)
        files = {file.name: hash_of(file) for file in sorted(work.glob("*.parquet"))}
        told = {**describe(fitted), "files": files}
        (work / FILE).write_text(json.dumps(told, indent=2, sort_keys=True, default=_plain) + "\n")
    return told


def read_fit(folder: Path) -> dict[str, Any]:
    """The readable part of a fit.

    Raises CannotTake where the folder is none.
    """
    try:
        told = json.loads((folder / FILE).read_text())
        if told["format"] != FORMAT:
            raise whole(f"'{folder.name}' is of format {told['format']}; this program reads format {FORMAT}")
        return dict(told)
    except (OSError, ValueError, KeyError, TypeError):
        raise whole(f"'{folder.name}' is no fit: it has no {FILE} that can be read") from None


def describe(fitted: Fitted) -> dict[str, Any]:
    """All of a fit that fits on a page, as JSON holds it."""
    fit, sources = fitted.fit, fitted.task.sources
    calibration = fitted.calibration
    return {
        "format": FORMAT,
        "condition": sources.condition,
        "measure": sources.manifests[0].measure,
        "reference_units": sources.reference_units,
        "about": list(fit.parameters.about),
        "data_hash": sources.digest,
        "code_hash": code_hash(),
        "patients": sources.patients,
        "treatments": sum(one.treatments for one in sources.manifests),
        "scores": sum(one.scores for one in sources.manifests),
        "log_likelihood": fit.log,
        "is_converged": fit.is_converged,
        "why_not": fit.why,
        "passes": [asdict(one) for one in fit.passes],
        "parameters": readable(fit),
        "free": dict(zip(free_names(fit.parameters.about), fit.free.tolist(), strict=True)),
        "covariance": fit.covariance.tolist(),
        "held_out": fitted.task.held,
        "calibration": None if calibration is None else asdict(calibration),
        "is_calibrated": calibration is not None and calibration.is_calibrated,
    }


def readable(fit: Fit) -> dict[str, dict[str, float]]:
    """Each parameter with its standard error and 95 % interval, by the change of each free number.

    Source: the delta method, e.g. G. Casella and R. Berger, Statistical Inference, 2002, section 5.5.4.
    """
    named = fit.parameters.named()
    turned = np.zeros((len(named), fit.free.size))
    for place in range(fit.free.size):
        step = np.zeros(fit.free.size)
        step[place] = STEP
        above, below = (bound(fit.free + side * step, fit.parameters.about).named() for side in (1, -1))
        turned[:, place] = [(above[name] - below[name]) / (2 * STEP) for name in named]
    errors = np.sqrt(np.maximum(np.einsum("ij,jk,ik->i", turned, fit.covariance, turned), 0.0))
    return {
        name: {"value": value, "error": error, "low": value - SURE * error, "high": value + SURE * error}
        for (name, value), error in zip(named.items(), errors.tolist(), strict=True)
    }


def _write_people(file: Path, names: list[str], lines: Array) -> None:
    told = {"patient": np.array(names, dtype=object)}
    told |= {name: np.ascontiguousarray(lines[:, place]) for place, name in enumerate(COLUMNS)}
    with duckdb.connect(config={"threads": 1}) as connection:
        connection.register("told", told)
        connection.sql("SELECT * FROM told").write_parquet(str(file), compression="zstd")


def _plain(value: object) -> object:
    """Numbers of NumPy as JSON holds them."""
    if isinstance(value, np.generic):
        return value.item()
    raise TypeError(f"{type(value).__name__} cannot be written")
