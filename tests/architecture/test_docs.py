"""The documentation is what runs: generated pages are fresh, links lead somewhere, nothing is left out."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from masseter.cli.reference import pages
from masseter.core.inject.codes import TREATMENT_CODES
from masseter.core.plan.codes import PLAN_CODES
from masseter.knowledge.load import load

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
ELSEWHERE = ("http://", "https://", "mailto:", "#")
FOLDERS = ("tutorials", "how-to", "reference", "explanation", "decisions")


def written() -> list[Path]:
    """Every page of the project."""
    return sorted([*ROOT.glob("*.md"), *DOCS.rglob("*.md")])


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def links(path: Path, *, pictures: bool = False) -> Iterator[str]:
    """The places inside the project that a page leads to (or the pictures that it shows), without code."""
    text = re.sub(r"```.*?```", "", path.read_text(), flags=re.DOTALL)
    text = re.sub(r"`[^`\n]*`", "", text)
    for is_picture, target in re.findall(r"(!?)\[[^\]]*\]\(([^)\s]+)\)", text):
        if bool(is_picture) == pictures and not target.startswith(ELSEWHERE):
            yield target.split("#")[0]


@cache
def fresh() -> dict[str, str]:
    return pages()


def reference() -> str:
    return "".join(fresh().values())


def generated() -> list[str]:
    """The files below docs/reference, by their place in it."""
    folder = DOCS / "reference"
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def test_every_generated_page_is_there_and_no_other() -> None:
    kept = set(generated())

    assert kept == set(fresh()), "Run: make docs"


@pytest.mark.parametrize("name", generated())
def test_generated_page_is_what_runs(name: str) -> None:
    assert (DOCS / "reference" / name).read_text() == fresh().get(name), "Run: make docs"


@pytest.mark.parametrize("path", written(), ids=name_of)
def test_link_leads_somewhere(path: Path) -> None:
    dead = [target for target in links(path) if not (path.parent / target).exists()]

    assert dead == []


@pytest.mark.parametrize("path", [path for path in written() if any(links(path, pictures=True))], ids=name_of)
def test_picture_of_a_page_is_there(path: Path) -> None:
    missing = [target for target in links(path, pictures=True) if not (path.parent / target).exists()]

    assert missing == [], "Run: make shots"


@pytest.mark.parametrize("path", [path for path in written() if path.parent != ROOT], ids=name_of)
def test_page_can_be_found_from_the_index(path: Path) -> None:
    """The index names every page; reference pages and decisions by their folder at least."""
    index = DOCS / "README.md"
    named = {(index.parent / target).resolve() for target in links(index)}

    assert path == index or path in named or path.parent in named


def test_folders_are_the_kinds_of_documentation() -> None:
    kept = {path.name for path in DOCS.iterdir() if path.is_dir()}

    assert kept <= {*FOLDERS, "pictures"}


def test_every_finding_code_is_documented() -> None:
    known = load()
    limits = {limit.code for product in known.products.values() for limit in product.limits}
    rules = {rule.code for rule in known.precautions}
    rules |= {rule.code for condition in known.conditions.values() for rule in condition.findings}
    wanted = {*PLAN_CODES, *TREATMENT_CODES, *limits, *rules}

    assert sorted(code for code in wanted if f"`{code}`" not in reference()) == []


def test_every_command_is_told_outside_its_own_page() -> None:
    told = "".join(path.read_text() for path in written() if path.parent.name != "reference")
    every = re.findall(r"^\| `(masseter [^`]+)`", fresh()["commands.md"], re.MULTILINE)

    assert every
    assert [
        command for command in every if command not in told and f"make {command.split()[1]}" not in told
    ] == []


def test_every_setting_of_the_deployment_exists() -> None:
    text = (DOCS / "how-to" / "deploy.md").read_text()
    known = set(re.findall(r"^\| `([A-Z_]+)`", fresh()["settings.md"], re.MULTILINE))

    assert set(re.findall(r"\b(MASSETER_[A-Z_]+|DATABASE_URL)\b", text)) <= known


def test_numbers_of_decisions_are_used_once_and_in_a_row() -> None:
    decisions = sorted((DOCS / "decisions").glob("*.md"))
    numbers = [int(path.name[:3]) for path in decisions]

    assert numbers == list(range(1, len(numbers) + 1))
    assert all(path.read_text().startswith(f"# {path.name[:3]} ") for path in decisions)


@pytest.mark.parametrize("path", sorted((DOCS / "decisions").glob("*.md")), ids=name_of)
def test_decision_is_told_whole_on_one_page(path: Path) -> None:
    text = path.read_text()

    assert [part for part in ("Context", "Decision", "Consequences") if f"**{part}.**" not in text] == []
    assert len(text.splitlines()) <= 40


def test_every_dependency_says_what_it_is_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    lines = [*project["project"]["dependencies"], *project["dependency-groups"]["test"]]
    packages = {re.split(r"[\[<>=!~; ]", line)[0] for line in lines}
    packages |= set(json.loads((ROOT / "frontend" / "package.json").read_text())["devDependencies"])
    told = (DOCS / "dependencies.md").read_text()

    missing = sorted(name for name in packages if not re.search(rf"[|,] {re.escape(name)}[ ,]", told))

    assert missing == []
