"""Clicks and keys from the chart to a signed 31-site treatment, counted by the story that makes them."""

from __future__ import annotations

import re
import subprocess
import sys

from benchmarks.figure import Figure

STORY = "tests/stories/test_twelve_clicks.py"
LIMIT = 12


def measure() -> list[Figure]:
    """Play the story and read its count."""
    command = [sys.executable, "-m", "pytest", "-q", "-s", STORY]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    found = re.search(r"clicks and keys from the chart to the signature: (\d+)", done.stdout)
    count = found.group(1) if found and done.returncode == 0 else "the story failed"
    return [Figure("Clicks and keys, chart to signed 31-site treatment", count, f"limit {LIMIT}")]
