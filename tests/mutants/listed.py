"""The mutants that may live: `ROOM.yaml` tells each by its function and its change, with the reason.

A line's number is no part of it, so that a list stays true when code moves.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML


@dataclass(frozen=True, kw_only=True)
class Mutant:
    """One small change: the function (below `core`) and the lines before and after, without indent."""

    function: str
    change: str


def read_listed(path: Path) -> dict[Mutant, str]:
    """Each mutant of a list, with the reason why it may live."""
    rows: list[dict[str, Any]] = (YAML(typ="safe").load(path) if path.exists() else None) or []
    found = {}
    for row in rows:
        if not row.get("reason"):
            raise ValueError(f"{path.name}: a mutant of {row['function']} has no reason.")
        found[Mutant(function=row["function"], change=row["change"].strip())] = row["reason"].strip()
    return found
