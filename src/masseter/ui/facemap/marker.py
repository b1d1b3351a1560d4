"""One injection point as it is drawn."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from masseter.knowledge.model import Severity, Side, Site, View

State = Literal["planned", "given", "ghost", "felt"]
Sign = Literal["more", "less", "hurt", "drooped"]

_LETTERS: dict[Side, str] = {"left": "L", "right": "R", "midline": "M"}
# What can be shown and hidden on the map, in this order; the words stand beside the tick box.
LAYER_WORDS: dict[State, Promise] = {
    "planned": _("planned"),
    "given": _("given"),
    "ghost": _("last treatment"),
    "felt": _("felt"),
}
SIGN_WORDS: dict[Sign, Promise] = {
    "more": _("would like more here"),
    "less": _("would like less here"),
    "hurt": _("the injection hurt here"),
    "drooped": _("it drooped here"),
}
_STATE_WORDS: dict[State, Promise] = {
    "planned": _("planned"),
    "given": _("given"),
    "ghost": _("last time"),
    "felt": _("felt"),
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
            felt = {"felt": str(SIGN_WORDS[self.sign]), "place": self.words}
            return gettext("The patient felt: %(felt)s, %(place)s") % felt
        dose = gettext("%(number)s units") % {"number": self.units} if self.units else gettext("no dose yet")
        said = [self.id, self.words or f"{self.site.replace('_', ' ')}, {self.side}", dose]
        said.append(str(_STATE_WORDS[self.state]))
        if self.severity:
            said.append(f"has a {self.severity}")
        return ", ".join(said)


def point_id(site: Site, side: Side, number: str) -> str:
    """The name of a point everywhere: MASS-L-2. Added points have numbers x1, x2 and so on."""
    return f"{site.abbreviation}-{_LETTERS[side]}-{number}"
