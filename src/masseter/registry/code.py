"""Which code made a result: a hash over the text of the rooms that decide it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import masseter

# The pictures and the paper of a report, and how a curve of knowledge becomes parameters, decide as well.
ROOMS = (
    "knowledge",
    "response",
    "registry",
    "journey/results/forecast/population.py",
    "ui/charts/draw.py",
    "ui/paper/typst.py",
    "ui/paper/templates",
)
KINDS = {".py", ".yaml", ".css", ".typ"}


@cache
def code_hash() -> str:
    """First 16 digits of SHA-256 over every file of program, data and template that decides a result."""
    here = Path(masseter.__file__).parent
    text = hashlib.sha256()
    for file in sorted(file for room in ROOMS for file in _files(here / room)):
        text.update(file.relative_to(here).as_posix().encode() + b"\0" + file.read_bytes() + b"\0")
    return text.hexdigest()[:16]


def _files(room: Path) -> Iterator[Path]:
    """A file, or those in a folder."""
    if room.is_file():
        yield room
        return
    yield from (file for file in room.rglob("*") if file.suffix in KINDS)
