"""The house keeps its shape: sizes, names, and who may touch the tables."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "masseter"
LONGEST_FILE = 300
LONGEST_FUNCTION = 40
# Functions that may be longer, each with its reason.
_MANY_NAMES = "a dozen named arguments and a docstring; what it does is short"
LONG_FUNCTIONS = {
    "core/inject/check.py:check_treatment": _MANY_NAMES,
    "journey/consult/actions/consenting.py:take_consent": _MANY_NAMES,
    "journey/people/actions/keeping.py:add_patient": _MANY_NAMES,
    "journey/people/actions/keeping.py:change_patient": _MANY_NAMES,
}
FORBIDDEN_NAMES = {"utils", "helpers", "common", "misc"}


def python_files() -> list[Path]:
    return [path for path in sorted(SOURCE.rglob("*.py")) if "migrations" not in path.parts]


def name_of(path: Path) -> str:
    return path.relative_to(SOURCE).as_posix()


def test_no_file_is_too_long() -> None:
    long = {
        name_of(path): lines
        for path in python_files()
        if (lines := len(path.read_text().splitlines())) > LONGEST_FILE
    }

    assert not long


def test_no_function_is_too_long() -> None:
    long = {}
    for path in python_files():
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                lines = (node.end_lineno or node.lineno) - node.lineno + 1
                if lines > LONGEST_FUNCTION:
                    long[f"{name_of(path)}:{node.name}"] = lines

    assert set(long) <= set(LONG_FUNCTIONS), long


def test_no_folder_or_module_is_a_drawer_for_everything() -> None:
    found = [name_of(path) for path in python_files() if FORBIDDEN_NAMES & {path.stem, *path.parts}]

    assert found == []


def test_tables_are_not_touched_from_pages() -> None:
    """Rows only through the clinic's queries: `.objects` is banned where pages are made."""
    found = [
        f"{name_of(path)}:{number}"
        for room in ("clinic", "portal", "fhir", "ui")
        for path in sorted((SOURCE / room).rglob("*.py"))
        for number, line in enumerate(path.read_text().splitlines(), 1)
        if re.search(r"\.(_default_manager|objects)\b", line) and name_of(path) != "ui/context.py"
    ]

    assert found == []


def test_core_asks_no_clock_and_no_chance() -> None:
    banned = re.compile(r"\b(date\.today|datetime\.now|time\.time|random|utcnow)\b")
    found = [
        name_of(path) for path in sorted((SOURCE / "core").rglob("*.py")) if banned.search(path.read_text())
    ]

    assert found == []


def test_days_and_hours_come_from_the_clock() -> None:
    banned = re.compile(r"\b(date\.today\(|datetime\.now\(|timezone\.now\()")
    allowed = {"journey/ground/clock.py", "cli/clock.py"}
    found = {name_of(path) for path in python_files() if banned.search(path.read_text())}

    assert found <= allowed, found - allowed


def test_no_float_in_core() -> None:
    found = []
    for path in sorted((SOURCE / "core").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            is_float = isinstance(node, ast.Constant) and isinstance(node.value, float)
            is_name = isinstance(node, ast.Name) and node.id == "float"
            if is_float or is_name:
                found.append(f"{name_of(path)}:{node.lineno}")

    assert found == []


def test_nothing_hidden_happens_on_save() -> None:
    """No signals, no overridden save: what a write does stands in its action."""
    banned = re.compile(r"def save\(|@receiver|\.connect\(|post_save|pre_save")
    found = [
        name_of(path)
        for path in sorted((SOURCE / "journey").rglob("*.py"))
        if banned.search(path.read_text())
    ]

    assert found == []


def test_import_contracts_hold() -> None:
    done = subprocess.run(
        [Path(sys.executable).parent / "lint-imports", "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stdout


def tracked() -> list[Path]:
    done = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True)
    return [ROOT / line for line in done.stdout.splitlines()]


@pytest.mark.parametrize("suffix", [".py", ".md", ".yaml", ".html", ".ts", ".toml", ".css", ".txt", ".json"])
def test_no_path_of_a_machine_and_no_registry_address(suffix: str) -> None:
    banned = re.compile(r"(^|[^A-Za-z0-9_.])/(work|farm|root|home)/|pythonhosted|npmjs\.(org|com)/")
    found = [
        path.relative_to(ROOT).as_posix()
        for path in tracked()
        if path.suffix == suffix and path.exists() and path.name != "test_rooms.py"
        if banned.search(path.read_text(errors="ignore"))
    ]

    assert found == []
