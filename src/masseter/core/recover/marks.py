"""What a patient marked on the face map after a treatment, and which injected point it belongs to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, localcontext
from typing import Literal

from masseter.core.plan.lookup import find_view
from masseter.core.plan.outline import STEPS, spot
from masseter.core.plan.places import Area, MapPlace, squared
from masseter.core.plan.types import PlannedPoint
from masseter.knowledge.model import Knowledge

FeltKind = Literal["more", "less", "hurt", "drooped"]


@dataclass(frozen=True, kw_only=True)
class Nearest:
    """The injected point that a mark belongs to; `mm` is empty where both lie on different views."""

    point: PlannedPoint
    mm: Decimal | None


def nearest_point(
    place: MapPlace, area: Area, points: Iterable[PlannedPoint], knowledge: Knowledge
) -> Nearest | None:
    """The point nearest to a mark on the view that was marked, else the first in the same area.

    Units: whole millimetres on an adult's head, as far as the map's scale is true.
    """
    listed = tuple(points)
    at = spot(place.x, place.y)
    here = [each for each in listed if each.view == place.view]
    if here:
        best = min(here, key=lambda each: squared(at, spot(each.x, each.y)))
        return Nearest(point=best, mm=_mm(place, squared(at, spot(best.x, best.y)), knowledge))
    same = [each for each in listed if (each.site, each.side) == (area.site, area.side)]
    return Nearest(point=same[0], mm=None) if same else None


def _mm(place: MapPlace, off: int, knowledge: Knowledge) -> Decimal | None:
    view = find_view(knowledge, place.view)
    if view is None:
        return None
    with localcontext() as context:
        context.prec = 28
        return (Decimal(off).sqrt() / STEPS * view.mm_per_unit).quantize(Decimal(1), ROUND_HALF_UP)
