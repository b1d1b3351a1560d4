"""`masseter check`: plans and treatments get the findings that `core` gives, and only those."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from masseter.cli.main import app
from tests.cli.case.files import MIGRAINE, written

POINTS = MIGRAINE + "  points: [{point: FRON-L-1, units: 5}, {point: FRON-R-1, units: 5}]\n"
TREATMENT = """\
treatment:
  time_out:
    {identifiers: [name, birth date], consent: true, plan: true, allergies: true,
     infection: false, pregnancy: false, news: false}
  consent: {condition: chronic_migraine, product: botox, says_licensed: true, signed_on: 2026-11-20}
  vials:
    - id: v1
      product: botox
      presentation: botox-200
      lot: C1234
      expires_on: 2027-01-31
      units_left: 200
      diluent_ml: 4
      reconstituted_at: 2026-11-25T09:00+00:00
      discarded: 190
  given:
    - {point: FRON-L-1, units: 5, vial: v1}
    - {point: FRON-R-1, units: 5, vial: v1}
  ended: 2026-11-25T10:00+00:00
"""


def check(folder: Path, text: str) -> Any:
    result = CliRunner().invoke(app, ["check", str(written(folder, text)), "--json"])
    return json.loads(result.stdout)


def codes(found: Any) -> set[str]:
    return {each["code"] for each in found["findings"]}


def faults(folder: Path, text: str) -> str:
    result = CliRunner().invoke(app, ["check", str(written(folder, text))])
    assert result.exit_code == 2, result.output
    return result.stderr


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ("{point: FRON-L-1, units: 5}", "{point: FRON-L-99, units: 5}", "plan.points[0]"),
        ("{point: FRON-L-1, units: 5}", "{point: NOSE-L-1, units: 5}", "plan.points[0].point"),
        ("{point: FRON-L-1, units: 5}", "{point: FRON, units: 5}", "plan.points[0].point"),
        ("{point: FRON-L-1, units: 5}", "{point: FRON-L-1, units: -5}", "plan.points[0].units"),
        ("botox-200", "botox-300", "plan.presentation"),
        ("diluent_ml: 4", "diluent_ml: -4", "plan.diluent_ml"),
        ("{birth_date: 1984-05-01}", "{}", "patient"),
        ("earlier: []", "earlier: [{given_on: 2026-01-01, units: -1}]", "earlier[0].units"),
        ("  points:", "  starting_factor: 2\n  unused:", "plan.unused"),
    ],
)
def test_plan_that_cannot_be_is_refused_at_its_field(old: str, new: str, field: str, tmp_path: Path) -> None:
    assert old in POINTS

    assert f": {field}: " in faults(tmp_path, POINTS.replace(old, new))


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ("{point: FRON-L-1, units: 5, vial: v1}", "{point: MASS-L-1, units: 5, vial: v1}", "given[0].point"),
        ("{point: FRON-L-1, units: 5, vial: v1}", "{point: FRON-L-1, units: -5, vial: v1}", "given[0].units"),
        ("presentation: botox-200\n      lot", "presentation: botox-1\n      lot", "vials[0].presentation"),
        ("units_left: 200", "units_left: -200", "vials[0].units_left"),
        ("discarded: 190", "discarded: 190\n      diluent: water", "vials[0].diluent"),
        ("10:00+00:00", "10:00", "ended"),
    ],
)
def test_treatment_that_cannot_be_is_refused_at_its_field(
    old: str, new: str, field: str, tmp_path: Path
) -> None:
    text = POINTS + TREATMENT
    assert old in text

    assert f": treatment.{field}: " in faults(tmp_path, text.replace(old, new))


def test_plan_far_from_its_scheme_is_cautioned(tmp_path: Path) -> None:
    found = check(tmp_path, POINTS)

    assert found["checked"] == "plan"
    assert "total-outside-protocol" in codes(found)
    assert found["may_go_on"] is False


def test_treatment_without_approval_is_stopped(tmp_path: Path) -> None:
    found = check(tmp_path, POINTS + TREATMENT)

    assert found["checked"] == "treatment"
    assert "plan-not-approved" in codes(found)


def test_fingerprint_of_the_plan_carries_the_approval(tmp_path: Path) -> None:
    plan = CliRunner().invoke(app, ["plan", str(written(tmp_path, POINTS)), "--json"])
    mark = json.loads(plan.stdout)["fingerprint"]
    approval = f"  approval: {{by: Dr A, on: 2026-11-24, fingerprint: {mark}}}\n"

    approved = check(tmp_path, POINTS + TREATMENT + approval)
    changed = check(tmp_path, (POINTS + TREATMENT + approval).replace("-1, units: 5}", "-1, units: 6}"))

    assert codes(approved) & {"plan-not-approved", "plan-changed"} == set()
    assert "plan-changed" in codes(changed)


def test_vial_that_does_not_add_up_is_stopped(tmp_path: Path) -> None:
    text = (POINTS + TREATMENT).replace("discarded: 190", "discarded: 100")

    assert "vial-sum-wrong" in codes(check(tmp_path, text))


def test_left_out_point_needs_its_reason(tmp_path: Path) -> None:
    text = (POINTS + TREATMENT).replace("    - {point: FRON-R-1, units: 5, vial: v1}\n", "")
    silent = text + "  left_out: [{point: FRON-R-1}]\n"
    told = text + "  left_out: [{point: FRON-R-1, reason: bruise}]\n"

    assert "deviation-reason-missing" in codes(check(tmp_path, silent))
    assert "deviation-reason-missing" not in codes(check(tmp_path, told))


def test_own_point_is_checked_like_any_other(tmp_path: Path) -> None:
    own = "{point: FRON-L-x1, units: 5, view: front, x: 100, y: 100}"

    found = check(tmp_path, POINTS.replace("{point: FRON-L-1, units: 5}", own))

    assert "point-not-in-protocol" in codes(found)


def test_reason_for_a_caution_lets_it_pass(tmp_path: Path) -> None:
    before = check(tmp_path, POINTS)
    reasons = "reasons: [{code: total-outside-protocol, reason: small forehead only, by: Dr A}]\n"

    after = check(tmp_path, POINTS + reasons)

    assert "total-outside-protocol" in before["blocking"]
    assert "total-outside-protocol" not in after["blocking"]


def test_findings_are_printed_with_their_sources(tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["check", str(written(tmp_path, POINTS))])

    assert "total-outside-protocol" in result.stdout
    assert "block" in result.stdout


def test_preserved_saline_is_told_as_outside_the_label(tmp_path: Path) -> None:
    told = TREATMENT.replace("discarded: 190", "discarded: 190\n      diluent: preserved_saline")

    assert "diluent-outside-label" in codes(check(tmp_path, POINTS + told))
    assert "diluent-outside-label" not in codes(check(tmp_path, POINTS + TREATMENT))
