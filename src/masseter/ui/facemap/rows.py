"""The rows of the editor's form: what was posted, as text. What it means is judged by `core`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields

# More rows than any treatment has; a forged total cannot keep the server busy.
MOST_ROWS = 400


@dataclass(frozen=True, kw_only=True)
class PointRow:
    """One point of the form, every value as it was typed."""

    id: str = ""
    site: str = ""
    side: str = ""
    view: str = ""
    x: str = ""
    y: str = ""
    depth: str = ""
    route: str = ""
    units: str = ""

    @property
    def number(self) -> str:
        """The last part of the id: 2 of MASS-L-2, x1 of an added point."""
        return self.id.rpartition("-")[2]


def read_rows(data: Mapping[str, str]) -> tuple[PointRow, ...]:
    """The rows `point-N-...` of a posted form in order, without removed and empty ones."""
    rows = []
    for number in range(_total(data)):
        prefix = f"point-{number}-"
        if data.get(f"{prefix}remove") or not data.get(f"{prefix}site"):
            continue
        rows.append(
            PointRow(**{field.name: data.get(prefix + field.name, "").strip() for field in fields(PointRow)})
        )
    return tuple(rows)


def picked_ids(data: Mapping[str, str]) -> frozenset[str]:
    """The points whose rows are ticked as chosen."""
    numbers = (number for number in range(_total(data)) if data.get(f"point-{number}-pick"))
    return frozenset(data.get(f"point-{number}-id", "") for number in numbers) - {""}


def _total(data: Mapping[str, str]) -> int:
    text = data.get("points-total", "")
    return min(int(text), MOST_ROWS) if text.isascii() and text.isdigit() and len(text) < 9 else 0
