"""Each hazard of SAFETY.md names a test that is there, and each step has its hazards."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
STEPS = ("screen", "consult", "plan", "inject", "recover", "results", "follow_up")
FEWEST = 35
COLUMNS = 6


def hazards() -> dict[str, tuple[str, list[str]]]:
    """Hazard id → step and the cells of its row."""
    found: dict[str, tuple[str, list[str]]] = {}
    step = ""
    for line in (ROOT / "SAFETY.md").read_text().splitlines():
        if line.startswith("### "):
            step = line.removeprefix("### ").strip()
        elif re.match(r"\| [A-Z]{2}-\d+ \|", line):
            cells = [cell.strip() for cell in line.strip("|").split("|")]
            assert cells[0] not in found, f"{cells[0]} is given twice"
            found[cells[0]] = step, cells
    return found


HAZARDS = hazards()


def names_in(path: Path) -> set[str]:
    tree = ast.parse(path.read_text())
    return {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


@pytest.mark.parametrize("hazard", HAZARDS)
def test_hazard_is_told_whole(hazard: str) -> None:
    _, cells = HAZARDS[hazard]

    assert len(cells) == COLUMNS
    assert all(cells)


@pytest.mark.parametrize("hazard", HAZARDS)
def test_control_of_a_hazard_is_proved_by_a_test_that_exists(hazard: str) -> None:
    place = re.fullmatch(r"`(tests/[\w/]+\.py)::(test_\w+)`", HAZARDS[hazard][1][-1])
    assert place, f"{hazard} names no test as `path::name`"

    path = ROOT / place[1]

    assert path.exists(), place[1]
    assert place[2] in names_in(path), place[0]


def test_every_step_was_walked_for_hazards() -> None:
    walked = {step for step, _ in HAZARDS.values()}

    assert walked >= set(STEPS)
    assert len(HAZARDS) >= FEWEST
