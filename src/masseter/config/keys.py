"""The keys that photographs are sealed with: each with a name, the first for new ones, the rest to open."""

from __future__ import annotations

import re

_KEY = re.compile(r"([a-z0-9-]{1,20})=([0-9a-fA-F]{64})", re.ASCII)
TAKES = (
    "takes name=key, several with a comma between: a name of small letters and digits, a key of 64 hex digits"
)


def read_keys(text: str) -> dict[str, bytes]:
    """Keys by their names, in the order given.

    Raises: ValueError with what the setting takes; it never quotes a key.
    """
    keys: dict[str, bytes] = {}
    for part in text.split(",") if text.strip() else []:
        found = _KEY.fullmatch(part.strip())
        if found is None:
            raise ValueError(TAKES)
        if found[1] in keys:
            raise ValueError(f"names two keys {found[1]!r}")
        keys[found[1]] = bytes.fromhex(found[2])
    return keys


def are_keys(text: str) -> str:
    """The text itself where it reads as keys. Raises: ValueError."""
    read_keys(text)
    return text
