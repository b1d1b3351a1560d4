"""Every published case has its story, and the story is among the tests that run."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from tests.stories.cases import ROOT, case_ids

HERE = Path(__file__).parent
NAMES_CASE = re.compile(r'published\("([^"]+)"\)')


def stories() -> dict[str, str]:
    """The case that each story plays, and the name of its file."""
    found = {}
    for path in sorted(HERE.glob("test_published_*.py")):
        (case,) = set(NAMES_CASE.findall(path.read_text()))
        found[case] = path.name
    return found


def test_every_published_case_has_its_story() -> None:
    assert sorted(stories()) == sorted(case_ids())


def test_every_story_is_collected_where_the_cases_are() -> None:
    case_ids()  # skipped, with its reason, where there are none

    command = [sys.executable, "-m", "pytest", "--collect-only", "-q", "-p", "no:randomly", str(HERE)]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout

    assert [name for name in stories().values() if f"{name}::" not in listed] == []
