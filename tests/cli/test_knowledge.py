"""The commands over the clinical knowledge files."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from masseter.cli.main import app
from masseter.knowledge.load import load
from tests.knowledge.tree import RULE, write_tree


def test_check_ends_badly_and_says_each_problem(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    path = write_tree(tmp_path, precautions__rules=RULE.replace("S1", "S9"))
    monkeypatch.setattr("masseter.knowledge.check.DATA", path)

    result = CliRunner().invoke(app, ["knowledge", "check"])

    assert result.exit_code == 1
    assert "sources.yaml has no S9" in result.output


def test_check_ends_well_when_nothing_is_wrong() -> None:
    result = CliRunner().invoke(app, ["knowledge", "check"])

    assert (result.exit_code, result.output) == (0, "The knowledge holds.\n")


def test_due_says_line_by_line_what_nobody_verified(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    rule = RULE.replace("sure: verified", "sure: from_memory")
    monkeypatch.setattr(
        "masseter.knowledge.check.load", lambda: load(write_tree(tmp_path, precautions__rules=rule))
    )

    result = CliRunner().invoke(app, ["knowledge", "due", "--after-days", "1"])

    first, *_, last = result.output.splitlines()
    assert first == "practice.yaml dead_space_ml.evidence: verified, checked 2026-01-02, too long ago (S1)"
    assert "too-hot.evidence: from memory, checked 2026-01-02, too long ago (S1)\n" in result.output
    assert last == "10 values to look at."
