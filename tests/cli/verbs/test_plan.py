"""`masseter plan`: which scheme it takes, and what it says of every departure from it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from masseter.cli.main import app
from tests.cli.case.files import written

HEAD = """\
case: 1
today: 2026-11-25
jurisdiction: UK
condition: {condition}
patient: {{birth_date: 1984-05-01}}
earlier: []
facts: {{{facts}}}
plan: {{{plan}}}
"""
TMD = "product: botox, diagnosis: myalgia, presentation: botox-100, diluent_ml: 2"


def run(folder: Path, plan: str, *options: str, condition: str = "tmd", facts: str = "") -> Any:
    text = HEAD.format(condition=condition, facts=facts, plan=plan)
    return CliRunner().invoke(app, ["plan", str(written(folder, text)), *options])


@pytest.mark.parametrize(
    ("plan", "sentence"),
    [
        ("product: botox", "write the points, a protocol or the diagnosis to propose them from"),
        ("product: botox, diagnosis: arthralgia", "no scheme of Botox was published for this diagnosis"),
        ("product: xeomin, diagnosis: myalgia", "no scheme of Xeomin was published for this diagnosis"),
    ],
)
def test_plan_that_nothing_can_be_proposed_for_is_bad_input(plan: str, sentence: str, tmp_path: Path) -> None:
    result = run(tmp_path, plan)

    assert result.exit_code == 2
    assert sentence in result.stderr


def test_first_scheme_that_fits_is_taken_and_the_others_are_named(tmp_path: Path) -> None:
    found = json.loads(run(tmp_path, TMD, "--json").stdout)

    assert found["protocol"] == "tmd_low_botox"
    assert [each["protocol"] for each in found["schemes"] if each["fits"]][:2] == [
        "tmd_low_botox",
        "tmd_30_10_botox",
    ]
    shown = " ".join(run(tmp_path, TMD).stdout.split())
    assert "Masseter 30, temporalis 10 a side: house default, Botox." in shown
    assert "off-label (tmd_30_10_botox)." in shown


def test_every_departure_is_printed_with_its_reason_and_source(tmp_path: Path) -> None:
    facts = "small_muscles: [masseter], neuromuscular: [none]"

    shown = " ".join(run(tmp_path, TMD, facts=facts).stdout.split())

    assert (
        "Lowered: Masseter, left (MASS-L-1, MASS-L-2, MASS-L-3), 10 → 5 units Botox a point. Small masseter;"
        in shown
    )
    assert "[DESIGN, our choice]" in shown
    assert "Not known, and could lower it: " in shown


def test_one_side_alone_is_proposed_and_the_other_is_named(tmp_path: Path) -> None:
    plan = f"{TMD}, affected_side: left, one_sided: true"

    found = json.loads(run(tmp_path, plan, "--json").stdout)

    assert {each["side"] for each in found["points"]} == {"left"}
    assert {each["side"] for each in found["skipped"]} == {"right"}
    assert all(each["sources"] for each in found["skipped"])
