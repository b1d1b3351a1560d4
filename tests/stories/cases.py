"""The published patients and groups, read from where they are kept beside the project, never copied."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator
from ruamel.yaml import YAML

ROOT = Path(__file__).resolve().parents[2]
BESIDE = ROOT.parent / "shared" / "cases" / "published.yaml"
PICTURES = ROOT / "shots" / "stories"


@dataclass(frozen=True, kw_only=True)
class Published:
    """One published patient or group; what its abstract leaves out is not here."""

    id: str
    source: str
    condition: str
    patient: Mapping[str, Any]  # Any: as the file has it
    findings: Mapping[str, Any]  # Any: as the file has it
    treatment: Mapping[str, Any]  # Any: as the file has it
    scores: Mapping[str, Mapping[int, Decimal]]
    tried: tuple[str, ...]
    course: str


def cases_file() -> Path:
    """Where the published cases are kept.

    Only where there is nothing at all, a test is skipped, and says so. A folder without the file, or a
    named file that is not there, is a mistake and fails.
    """
    named = os.environ.get("STORIES_CASES")
    path = Path(named) if named else BESIDE
    if not path.exists():
        if named or path.parent.exists():
            pytest.fail(f"the published cases should be at {path}, and are not")
        pytest.skip(
            f"NOT RUN: the published cases are not part of the project. Put them at {BESIDE}, "
            "or name their file in STORIES_CASES"
        )
    return path


def case_ids() -> list[str]:
    """The names of all published cases."""
    return [str(row["id"]) for row in YAML(typ="safe").load(cases_file())]


def published(case_id: str) -> Published:
    """One case of the file. A test that needs it is skipped where there is no file, and says so."""
    path = cases_file()
    rows = YAML(typ="safe").load(path)
    row = next(row for row in rows if row["id"] == case_id)
    scores = {
        name: {int(day): Decimal(str(value)) for day, value in course.items()}
        for name, course in (row.get("scores") or {}).items()
    }
    return Published(
        id=row["id"],
        source=row["source"],
        condition=row["condition"],
        patient=row["patient"],
        findings=row.get("findings") or {},
        treatment=row["treatment"],
        scores=scores,
        tried=tuple(row.get("tried_without_success") or ()),
        course=row.get("course") or "",
    )


def fall_percent(before: Decimal, after: Decimal) -> Decimal:
    """The fall against the baseline in percent, to the tenth, half up."""
    exact = (before - after) * 100 / before
    return exact.quantize(Decimal("0.1"), rounding=ROUND_HALF_UP)


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What came out of a story, for the closing note; nothing of it is read back."""

    case: Published
    said: dict[str, object] = field(default_factory=dict)

    @property
    def folder(self) -> Path:
        path = PICTURES / self.case.id
        path.mkdir(parents=True, exist_ok=True)
        return path

    def picture(self, name: str, what: Locator) -> None:
        """Keep a picture of a part of the page."""
        what.screenshot(path=self.folder / f"{name}.png")

    def keep(self) -> None:
        """Write down what came out."""
        told = {"case": self.case.id, "source": self.case.source, **self.said}
        (self.folder / "outcome.json").write_text(json.dumps(told, indent=2, ensure_ascii=False, default=str))
