"""Small markers and views for the tests of the face map."""

from __future__ import annotations

from decimal import Decimal

from masseter.knowledge.load import load
from masseter.knowledge.model import FaceMapView, MapPoint
from masseter.ui.facemap import MapMarker, point_id
from masseter.ui.facemap.marker import State

KNOWN = load()
SITES = KNOWN.sites


def view(name: str) -> FaceMapView:
    return next(each for each in KNOWN.face_map.views if each.view == name)


def standard(code: str, side: str, number: str) -> MapPoint:
    return next(p for p in SITES[code].points if (p.side, p.number) == (side, number))


def marker(code: str = "masseter", side: str = "left", number: str = "1", **changes: object) -> MapMarker:
    """A planned standard point of ten units."""
    point = standard(code, side, number)
    values: dict[str, object] = {
        "id": point_id(SITES[code], point.side, number),
        "site": code,
        "side": point.side,
        "view": point.view,
        "x": point.x,
        "y": point.y,
        "units": "10",
    }
    return MapMarker(**{**values, **changes})  # type: ignore[arg-type]  # the changes are checked at run time


def free_marker(units: str, state: State = "planned") -> MapMarker:
    return MapMarker(
        id="MASS-L-x1",
        site="masseter",
        side="left",
        view="left",
        x=Decimal("210.5"),
        y=Decimal(400),
        units=units,
        state=state,
    )
