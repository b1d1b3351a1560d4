"""The walks of a file share one world, and so they stay in one process."""

from __future__ import annotations

import pytest

from tests.worlds import clinic, other_clinic, other_world, world, worlds

__all__ = ["clinic", "other_clinic", "other_world", "world", "worlds"]


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "architecture" in item.path.parts:
            item.add_marker(pytest.mark.xdist_group(item.path.stem))
