"""The walks of a file share one world; a file's tests run in one process (`--dist loadfile`)."""

from __future__ import annotations

from tests.worlds import clinic, other_clinic, other_world, world, worlds

__all__ = ["clinic", "other_clinic", "other_world", "world", "worlds"]
