"""Our fit beside two peers on the same scores: seconds, and how probable held-out patients are.

lme4 (R) has all covariances between a patient's random effects; gpboost has them independent, as it must.
Each peer that is not installed says so in its row. The scores are simulated from our own curve, which
favours us in how probable they are; time is not favoured.
Run as `python -m benchmarks peers`, or `python -m benchmarks peers 2000` for so many patients.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable
from importlib import metadata, util
from pathlib import Path

import numpy as np
from tests.response.population import ABOUT, population, weak_prior

from benchmarks.figure import Figure
from benchmarks.mixed import Estimates, Table, held_out, table_of
from masseter.response.courses import Courses, Scale
from masseter.response.fit import fit
from masseter.response.likelihood import logs, scores
from masseter.response.parameters import bound, freed
from masseter.response.simulate import Visits, simulate

# Without ends or steps, so that all three speak of the same densities.
SCALE = Scale(low=-1000.0, high=1000.0, step=0.0)
CYCLES, HELD_OUT = 4, 2000
OF_OURS = {"lme4": 80, "gpboost": 40}
LME4 = Path(__file__).with_name("lme4.R")


def measure(patients: int = 20_000) -> list[Figure]:
    """Kernels are compiled and libraries loaded beforehand."""
    truth, threads = population(), os.cpu_count() or 1
    everybody, _truth = simulate(truth, SCALE, Visits(cycles=CYCLES), patients=patients + HELD_OUT, seed=3)
    known, new = everybody.part(0, patients), everybody.part(patients, patients + HELD_OUT)
    start = bound(freed(truth) + np.random.default_rng(2).normal(scale=0.15, size=freed(truth).size), ABOUT)
    for single in (False, True):
        scores(known.part(0, 10), start, single=single)
    began = time.perf_counter()
    fitted = fit(known, start, weak_prior(truth), threads=threads)
    ours = patients * CYCLES / (time.perf_counter() - began)
    table = table_of(new)
    density = float(logs(new, fitted.parameters).sum()) / table.who.size
    told = f"{threads} threads; held-out log density of a score {density:.4f}"
    rows = [Figure(f"Fit of {patients * CYCLES:,} cycles, cycles a second", f"{ours:,.0f}", told)]
    return rows + [
        _beside(name, peer, known, table, ours) for name, peer in (("lme4", _lme4), ("gpboost", _gpboost))
    ]


def _beside(
    name: str, peer: Callable[[Table], Estimates | None], known: Courses, new: Table, ours: float
) -> Figure:
    estimates = peer(table_of(known))
    what = f"… by {name}"
    if estimates is None:
        return Figure(what, "not measured", f"{name} is not installed here")
    theirs = known.patients * CYCLES / estimates.seconds
    density = held_out(new, estimates)
    told = f"ours {ours / theirs:.0f} × as many; asked: {OF_OURS[name]}"
    return Figure(what, f"{theirs:,.0f}", f"{told}; version {estimates.version}; density {density:.4f}")


def _lme4(table: Table) -> Estimates | None:
    if shutil.which("Rscript") is None:
        return None
    with tempfile.TemporaryDirectory() as folder:
        data, answer = Path(folder) / "table.csv", Path(folder) / "answer.json"
        columns = np.column_stack([table.who, table.score, table.fixed, table.random])
        names = ["id", "y", *_numbered("f", table.fixed), *_numbered("r", table.random)]
        np.savetxt(data, columns, delimiter=",", header=",".join(names), comments="", fmt="%.10g")
        done = subprocess.run(
            ["Rscript", str(LME4), str(data), str(answer)], capture_output=True, check=False
        )
        if done.returncode:
            return None
        read = json.loads(answer.read_text())
    return Estimates(
        fixed=np.array(read["fixed"]),
        covariance=np.array(read["covariance"]),
        noise=float(read["noise"]),
        seconds=float(read["seconds"]),
        version=str(read["version"]),
    )


def _numbered(letter: str, columns: np.ndarray) -> list[str]:
    return [f"{letter}{number}" for number in range(columns.shape[1])]


def _gpboost(table: Table) -> Estimates | None:
    if util.find_spec("gpboost") is None:
        return None
    import gpboost

    slopes = table.random.shape[1] - 1
    began = time.perf_counter()
    model = gpboost.GPModel(
        group_data=table.who,
        group_rand_coef_data=table.random[:, 1:],
        ind_effect_group_rand_coef=[1] * slopes,
        likelihood="gaussian",
    )
    model.fit(y=table.score, X=table.fixed)
    seconds = time.perf_counter() - began
    variances = np.ravel(model.get_cov_pars(format_pandas=False))
    return Estimates(
        fixed=np.ravel(model.get_coef(format_pandas=False)),
        covariance=np.diag(variances[1:]),
        noise=float(variances[0]),
        seconds=seconds,
        version=metadata.version("gpboost"),
    )
