"""Every published case has its story, and the story is among the tests that run."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.stories.cases import case_ids

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


def collected(path: Path, session: pytest.Session) -> list[str]:
    """The names of the tests that a run finds in a file."""
    hook = session.gethookproxy(path.parent)
    if hook.pytest_ignore_collect(collection_path=path, config=session.config):
        return []
    modules = hook.pytest_collect_file(file_path=path, parent=session)
    return [item.name for module in modules for item in module.collect()]


def test_every_story_is_collected_where_the_cases_are(request: pytest.FixtureRequest) -> None:
    case_ids()  # skipped, with its reason, where there are none

    assert [name for name in stories().values() if not collected(HERE / name, request.session)] == []
