"""The table of a real trial, read from where it is kept beside the project, never copied."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

BESIDE = Path(__file__).resolve().parents[3] / "shared" / "data" / "cdystonia.csv"


def trial_table() -> Path:
    """Where the trial's table is kept; a test that needs it is skipped where it is not, and says so."""
    named = os.environ.get("TRIAL_TABLE")
    path = Path(named) if named else BESIDE
    if not path.exists():
        if named:
            pytest.fail(f"the trial's table should be at {path}, and is not")
        pytest.skip(
            f"NOT RUN: the trial's table is not part of the project. Put it at {BESIDE}, or set TRIAL_TABLE"
        )
    return path
