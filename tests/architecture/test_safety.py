"""Each hazard of SAFETY.md names a test that is there, and every cell of the walk is answered."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
STEPS = ("screen", "consult", "plan", "inject", "recover", "results", "follow_up")
WORDS = ("Too much", "Too little", "Wrong person", "Wrong site", "Wrong time", "Not done", "Unknown")
EVERY = "every step"
NEVER = "cannot occur: "  # followed by the reason
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


def walk() -> dict[tuple[str, str], str]:
    """(Step, word) → what the cell of the walk says."""
    text = (ROOT / "SAFETY.md").read_text().partition("### The walk\n")[2].partition("\n## ")[0]
    rows = [
        [cell.strip() for cell in line.strip("|").split("|")]
        for line in text.splitlines()
        if line.startswith("| ")
    ]
    assert rows[0] == ["Step", *WORDS]
    return {(row[0], word): cell for row in rows[1:] for word, cell in zip(WORDS, row[1:], strict=True)}


WALK = walk()


def test_every_step_is_walked_with_every_word() -> None:
    assert set(WALK) == {(step, word) for step in STEPS for word in WORDS}


@pytest.mark.parametrize(("step", "word"), [(step, word) for step in STEPS for word in WORDS])
def test_cell_of_the_walk_names_hazards_of_its_step_or_says_why_there_is_none(step: str, word: str) -> None:
    said = WALK[step, word]
    if said.startswith(NEVER):
        assert said.removeprefix(NEVER).strip()
        return

    assert {HAZARDS[name][0] for name in said.split(", ")} <= {step, EVERY}


def test_every_hazard_of_a_step_has_its_place_in_the_walk() -> None:
    placed = {name for said in WALK.values() for name in said.split(", ")}

    assert {name for name, (step, _) in HAZARDS.items() if step in STEPS} <= placed
