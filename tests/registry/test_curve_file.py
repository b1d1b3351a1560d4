"""A fit becomes a curve of knowledge: the same parameters, with the report that decides who sees it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from masseter.cli.main import app
from masseter.core.results.curves import curve_for
from masseter.journey.results.forecast.population import parameters_of
from masseter.knowledge.check import check_all
from masseter.knowledge.load import DATA, load
from masseter.registry.curve_file import curve_text
from masseter.registry.fit_file import FILE, FORMAT
from masseter.registry.problems import CannotTake
from masseter.response.layout import ODDS

TRUTH = parameters_of(load().curves["tmd_pain"])
TRUTH.shared[ODDS] = 0.2
CUT = date(2027, 6, 30)
Change = Callable[[dict[str, Any]], object]


def told() -> dict[str, Any]:
    """The readable part of a fit that found the literature's curve."""
    judged = {
        "overall": {"stretched": [51, 79.5, 94], "error": 11.25},
        "stretch": [1.0, 1.05, 1.1],
        "groups": [{"name": ["dose", "lower dose"], "stretched": [49, 80.5, 95.5]}],
        "own": [{"group": "lower dose", "people": 44, "stretch": [1.2, 1.25, 1.3]}],
    }
    return {
        "format": FORMAT,
        "condition": "tmd",
        "measure": {"key": "nrs_pain", "low": 0, "high": 10, "step": 1},
        "reference_units": {"botox": 40.0},
        "about": ["one"],
        "data_hash": "0123abcd",
        "code_hash": "4567",
        "patients": 900,
        "treatments": 3000,
        "is_converged": True,
        "why_not": "",
        "parameters": {name: {"value": value} for name, value in TRUTH.named().items()},
        "calibration": {"scores": judged, "wear_off": judged},
        "is_calibrated": True,
    }


def test_curve_of_a_fit_is_read_back_as_what_was_fitted(tmp_path: Path) -> None:
    folder, out = tmp_path / "fit", tmp_path / "own_pain.yaml"
    folder.mkdir()
    (folder / FILE).write_text(json.dumps(told()))
    asked = ["--key", "own_pain", "--source", "R2", "--data-cut", str(CUT)]

    done = CliRunner().invoke(app, ["registry", "curve", str(folder), str(out), *asked])

    assert done.exit_code == 0, done.output
    data = tmp_path / "data"
    shutil.copytree(DATA, data)
    shutil.copy(out, data / "curves")
    assert check_all(data) == []
    curve = load(data).curves["own_pain"]
    assert parameters_of(curve).named() == pytest.approx(TRUTH.named(), rel=1e-3, abs=1e-3)
    assert curve.fit is not None
    assert curve.fit.data_cut == CUT
    assert [str(one.stretch) for one in curve.fit.coverage] == ["1", "1.05", "1.1"]
    (lower,) = curve.fit.dose_groups
    assert (lower.above, lower.up_to, lower.people) == (Decimal(0), Decimal("0.8"), 44)
    assert [str(one.stretch) for one in lower.wear_off_coverage] == ["1.2", "1.25", "1.3"]
    chosen = curve_for(load(data).curves.values(), condition="tmd", measure="nrs_pain", for_patient=True)
    assert chosen is curve


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda one: one.update(about=["one", "dysport"]), "several products"),
        (lambda one: one["measure"].update(key="twstrs"), "no such condition or measure"),
        (lambda one: one.update(condition="cervical_dystonia"), "no such condition or measure"),
        (lambda one: one.update(is_converged=False, why_not="too few"), "did not converge: too few"),
        (lambda one: one.update(calibration=None), "nobody was held out"),
    ],
)
def test_fit_that_cannot_be_a_curve_says_why(change: Change, words: str) -> None:
    fit = told()
    change(fit)

    with pytest.raises(CannotTake) as refused:
        curve_text(fit, key="own", source="R2", data_cut=CUT)

    assert any(words in str(one) for one in refused.value.refusals)
