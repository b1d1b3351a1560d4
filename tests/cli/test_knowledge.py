"""The commands over the clinical knowledge files."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from masseter.cli.main import app
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
