"""A pain drawing: strokes and spots on the face map, each with width, strength and how it feels."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from masseter.knowledge.model import View

MOST_STROKES = 40
MOST_PLACES = 60  # of one stroke
WEAKEST, STRONGEST = 0, 10
QUALITIES: Mapping[str, str] = {
    "pressing": "pressing",
    "tight": "tight",
    "dull": "dull",
    "throbbing": "throbbing",
    "stabbing": "stabbing",
    "electric": "like an electric shock",
    "burning": "burning",
    "tender": "tender to touch",
}
# Half the width of a stroke, in map units.
RADII: Mapping[str, Decimal] = {"small": Decimal(9), "medium": Decimal(18), "large": Decimal(36)}
Spot = tuple[Decimal, Decimal]
_PAIR = re.compile(r"(\d{1,5}(?:\.\d{1,3})?),(\d{1,5}(?:\.\d{1,3})?)", re.ASCII)


class InvalidStroke(ValueError):
    """A stroke that cannot be; the text is a sentence for its row."""


@dataclass(frozen=True, kw_only=True)
class Stroke:
    """One stroke, or a spot where its line has one place only.

    Units: map units of the view; strength 0 (none) to 10 (the worst imaginable).
    Raises: InvalidStroke.
    """

    view: View
    line: tuple[Spot, ...]
    radius: Decimal
    strength: int
    qualities: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not 1 <= len(self.line) <= MOST_PLACES:
            raise InvalidStroke("This stroke cannot be read. Draw it again.")
        if self.radius not in RADII.values():
            raise InvalidStroke("Choose how large the place is.")
        if not WEAKEST <= self.strength <= STRONGEST:
            raise InvalidStroke(f"Enter how strong the pain is, from {WEAKEST} to {STRONGEST}.")
        if not set(self.qualities) <= set(QUALITIES):
            raise InvalidStroke("Choose how it feels from the list.")


def read_line(text: str) -> tuple[Spot, ...]:
    """The places of a line written as 'x,y x,y …'.

    Raises: InvalidStroke.
    """
    pairs = [_PAIR.fullmatch(part) for part in text.split()]
    found = [(Decimal(pair[1]), Decimal(pair[2])) for pair in pairs if pair is not None]
    if not found or len(found) != len(pairs):
        raise InvalidStroke("This stroke cannot be read. Draw it again.")
    return tuple(found)


def write_line(line: tuple[Spot, ...]) -> str:
    """The same line as text."""
    return " ".join(f"{x},{y}" for x, y in line)
