"""Which code made a result: a hash over the text of the rooms that decide it."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

import masseter

ROOMS = ("knowledge", "response", "registry")


@cache
def code_hash() -> str:
    """First 16 digits of SHA-256 over every file of program, data and template that decides a result."""
    here = Path(masseter.__file__).parent
    text = hashlib.sha256()
    files = [file for room in ROOMS for file in (here / room).rglob("*") if file.suffix in {".py", ".yaml"}]
    for file in sorted(files):
        text.update(file.relative_to(here).as_posix().encode() + b"\0" + file.read_bytes() + b"\0")
    return text.hexdigest()[:16]
