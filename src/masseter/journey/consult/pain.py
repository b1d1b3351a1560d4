"""Reading pain drawings, and their strokes from and to JSON."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

from masseter.core.consult.pain import Stroke, read_line, write_line
from masseter.core.plan.lookup import as_side, find_view
from masseter.core.plan.places import Area, MapPlace, areas_under
from masseter.journey.consult.models import Case, PainDrawing
from masseter.journey.ground.actor import Actor
from masseter.journey.ground.refusals import NotHere
from masseter.knowledge.load import load
from masseter.knowledge.model import Knowledge


@dataclass(frozen=True, kw_only=True)
class Drawn:
    """One stroke as it was kept, with the areas under it on the map of that day."""

    stroke: Stroke
    under: tuple[Area, ...]


def _drawings(by: Actor) -> QuerySet[PainDrawing]:
    drawings = PainDrawing.objects.filter(clinic_id=by.clinic_id)
    if by.patient_id is not None:
        drawings = drawings.filter(patient_id=by.patient_id)
    return drawings.select_related("case__patient", "patient")


def pain_drawing_of(by: Actor, drawing_id: int) -> PainDrawing:
    """One pain drawing.

    Raises: NotHere.
    """
    found = _drawings(by).filter(pk=drawing_id).first()
    if found is None:
        raise NotHere("There is no such pain drawing.")
    return found


def pain_drawings_of(by: Actor, case: Case) -> list[PainDrawing]:
    """The pain drawings of a case, the newest first."""
    return list(_drawings(by).filter(case=case).order_by("-drawn_on", "-id"))


def newest_pain(by: Actor, case: Case) -> PainDrawing | None:
    """The pain drawing of a case that counts."""
    return _drawings(by).filter(case=case).order_by("-drawn_on", "-id").first()


def newest_days(by: Actor, cases: Collection[Case]) -> dict[int, date]:
    """The day of the newest drawing of each case that has one."""
    rows = _drawings(by).filter(case__in=[case.pk for case in cases]).order_by("drawn_on", "id")
    return dict(rows.values_list("case_id", "drawn_on"))


def drawn_areas(stroke: Stroke, knowledge: Knowledge) -> tuple[Area, ...]:
    """The areas under a stroke on today's map."""
    places = [MapPlace(view=stroke.view, x=x, y=y) for x, y in stroke.line]
    return areas_under(places, stroke.radius, knowledge)


def strokes_of(drawing: PainDrawing) -> tuple[Drawn, ...]:
    """The strokes of a kept drawing; one on a view that the map no longer has is left out."""
    return tuple(drawn for row in drawing.strokes if (drawn := _from_json(row)) is not None)


def areas_of(drawing: PainDrawing) -> tuple[Area, ...]:
    """Every area under the pain, each once; where no pain at all was drawn (0), none."""
    return tuple(
        dict.fromkeys(area for drawn in strokes_of(drawing) if drawn.stroke.strength for area in drawn.under)
    )


def to_json(drawn: Drawn) -> dict[str, Any]:  # Any: whatever JSON holds
    """A stroke as it is kept."""
    stroke = drawn.stroke
    return {
        "view": stroke.view,
        "line": write_line(stroke.line),
        "radius": str(stroke.radius),
        "strength": stroke.strength,
        "qualities": list(stroke.qualities),
        "under": [[area.site, area.side] for area in drawn.under],
    }


def _from_json(row: Mapping[str, Any]) -> Drawn | None:  # Any: whatever JSON holds
    view = find_view(load(), row["view"])
    if view is None:
        return None
    stroke = Stroke(
        view=view.view,
        line=read_line(row["line"]),
        radius=Decimal(row["radius"]),
        strength=row["strength"],
        qualities=tuple(row["qualities"]),
    )
    return Drawn(
        stroke=stroke, under=tuple(Area(site=site, side=as_side(side)) for site, side in row["under"])
    )
