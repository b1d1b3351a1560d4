"""One injection point as it is drawn."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from masseter.knowledge.model import Severity, Side, Site, View

State = Literal["planned", "given", "ghost", "felt"]
Sign = Literal["more", "less", "hurt", "drooped"]

_LETTERS: dict[Side, str] = {"left": "L", "right": "R", "midline": "M"}
# What can be shown and hidden on the map, in this order; the words stand beside the tick box.
LAYER_WORDS: dict[State, str] = {
    "planned": "planned",
    "given": "given",
    "ghost": "last treatment",
    "felt": "felt",
}
SIGN_WORDS: dict[Sign, str] = {
    "more": "would like more here",
    "less": "would like less here",
    "hurt": "the injection hurt here",
    "drooped": "it drooped here",
}
_STATE_WORDS: dict[State, str] = {
    "planned": "planned",
    "given": "given",
    "ghost": "last time",
    "felt": "felt",
}


@dataclass(frozen=True, kw_only=True)
class MapMarker:
    """A point on one view, in map units; `units` is printed as it is.

    Planned is a hollow ring, given a filled disc, a ghost (the treatment before) a dashed ring, so
    that colour is never the only sign; `severity` adds a badge of its own shape. What was felt is a
    square with the sign of its kind: plus, minus, flash, arrow down.
    """

    id: str
    site: str
    side: Side
    view: View
    x: Decimal
    y: Decimal
    units: str = ""
    state: State = "planned"
    severity: Severity | Literal[""] = ""
    words: str = ""
    sign: Sign | Literal[""] = ""

    def name(self) -> str:
        """What a screen reader says, and what the tooltip shows."""
        if self.sign:
            return f"The patient felt: {SIGN_WORDS[self.sign]}, {self.words}"
        dose = f"{self.units} units" if self.units else "no dose yet"
        said = [self.id, self.words or f"{self.site.replace('_', ' ')}, {self.side}", dose]
        said.append(_STATE_WORDS[self.state])
        if self.severity:
            said.append(f"has a {self.severity}")
        return ", ".join(said)


def point_id(site: Site, side: Side, number: str) -> str:
    """The name of a point everywhere: MASS-L-2. Added points have numbers x1, x2 and so on."""
    return f"{site.abbreviation}-{_LETTERS[side]}-{number}"
