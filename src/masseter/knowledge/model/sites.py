"""Where is injected: sites with their points on the face map, and what lies near."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from masseter.knowledge.model.grounds import Evidence, Route, Side, Text, Value, View


@dataclass(frozen=True, kw_only=True)
class MapPoint:
    """A standard point of a site: its number in the site and its position in one view of the face map.

    x grows to the viewer's right, y downwards, in map units of the view (see `FaceMapView`).
    """

    number: str
    side: Side
    view: View
    x: Decimal
    y: Decimal
    words: str


@dataclass(frozen=True, kw_only=True)
class Region:
    """The outline of a site on one view, as a closed SVG path in map units."""

    side: Side
    view: View
    path: str


@dataclass(frozen=True, kw_only=True)
class Risk:
    """A structure at risk near a site, what goes wrong, and how it is avoided."""

    structure: str
    harm: str
    avoid: str
    evidence: Evidence


@dataclass(frozen=True, kw_only=True)
class Border:
    """How far inside its outline a site is injected, on the views that show the muscle flat."""

    least_mm: Value
    views: tuple[View, ...]


@dataclass(frozen=True, kw_only=True)
class Line:
    """Where a structure runs on one view, as open paths in map units."""

    side: Side
    view: View
    path: str


@dataclass(frozen=True, kw_only=True)
class Structure:
    """What a needle or its toxin can hurt, and where it runs on the map.

    Within `near_mm` of a point it is shown; a finding is made of `KeepFrom` and `Border` alone. `is_deep`: it
    lies under a muscle.
    """

    code: str
    name: str
    kind: Literal["nerve", "vessels", "duct", "bone", "border"]
    is_deep: bool
    harm: str
    avoid: str
    course: str
    near_mm: Value
    lines: tuple[Line, ...]
    evidence: Evidence


@dataclass(frozen=True, kw_only=True)
class KeepFrom:
    """How far a point of a site stays from a structure, and where that runs on the map."""

    structure: str
    harm: str
    least_mm: Value
    lines: tuple[Line, ...]


@dataclass(frozen=True, kw_only=True)
class Site:
    """A muscle or an area of skin or mucosa that can be injected.

    `point_ml`: the largest volume at one point that a publication names, where one does. `also_in`:
    regions whose precautions hold for it beside those of its own, e.g. a chewing muscle on the scalp.
    """

    code: str
    abbreviation: str
    name: str
    plain_name: str
    group: str
    region: Literal["face", "periocular", "perioral", "jaw", "deep_jaw", "scalp", "neck", "skin", "mouth"]
    sides: tuple[Side, ...]
    route: Route
    depth: Text
    needle: Text
    guidance: Text
    landmark: Text
    risks: tuple[Risk, ...]
    regions: tuple[Region, ...]
    points: tuple[MapPoint, ...]
    point_ml: Value | None = None
    border: Border | None = None
    also_in: tuple[str, ...] = ()
    keep_from: tuple[KeepFrom, ...] = ()


@dataclass(frozen=True, kw_only=True)
class FaceMapView:
    """One view of the face map: its size in map units and how many millimetres a map unit is on an adult."""

    view: View
    title: str
    width: int
    height: int
    mm_per_unit: Decimal


@dataclass(frozen=True, kw_only=True)
class FaceMap:
    """The face map: version, views and the sites that it draws."""

    version: str
    views: tuple[FaceMapView, ...]
    evidence: Evidence
