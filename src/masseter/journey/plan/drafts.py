"""From stored plans to core's and back; from what a page posts to points."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Protocol, get_args

from masseter.core.plan.compare import MappedPoints
from masseter.core.plan.lookup import as_side, find_presentation, find_product, find_side, find_view
from masseter.core.plan.types import PlanDraft, PlannedPoint
from masseter.core.plan.ways import DEPTHS, way_of
from masseter.core.quantities import InvalidQuantity, parse_units
from masseter.journey.plan.models import Plan, PlanPoint
from masseter.knowledge.load import load
from masseter.knowledge.model import FaceMapView, Knowledge, Side, Site, View

_PLACE = re.compile(r"-?\d{1,5}(?:\.\d{1,9})?", re.ASCII)
_THOUSANDTH = Decimal("0.001")
_VIEWS: Mapping[str, View] = {view: view for view in get_args(View)}


class PointTexts(Protocol):
    """One point as a page posts it: every value is text."""

    @property
    def id(self) -> str: ...
    @property
    def site(self) -> str: ...
    @property
    def side(self) -> str: ...
    @property
    def view(self) -> str: ...
    @property
    def x(self) -> str: ...
    @property
    def y(self) -> str: ...
    @property
    def depth(self) -> str: ...
    @property
    def units(self) -> str: ...


class StoredPoint(Protocol):
    """A stored point, of a plan or of a treatment; only a plan's may have no dose yet."""

    @property
    def label(self) -> str: ...
    @property
    def site(self) -> str: ...
    @property
    def side(self) -> str: ...
    @property
    def number(self) -> str: ...
    @property
    def view(self) -> str: ...
    @property
    def x(self) -> Decimal: ...
    @property
    def y(self) -> Decimal: ...
    @property
    def units(self) -> Decimal | None: ...
    @property
    def depth(self) -> str: ...
    @property
    def route(self) -> str: ...


class WrongPoint(ValueError):
    """A posted point that cannot be; the text is a sentence for its row."""


def point_of(texts: PointTexts, knowledge: Knowledge, protocol: str = "") -> PlannedPoint:
    """A posted point. Route and depth are the protocol's or the site's; a depth may be chosen by its code.

    An empty dose must still be typed.

    Raises: WrongPoint.
    """
    site = knowledge.sites.get(texts.site)
    view = find_view(knowledge, texts.view)
    side = find_side(texts.side)
    if site is None or view is None or side is None:
        raise WrongPoint(f"{texts.id or 'A point'} is not on the face map. Add it again.")
    placed = _placed(texts, site, view, side)
    way = way_of(site, placed.number, knowledge.protocols.get(protocol))
    return replace(placed, depth=DEPTHS.get(texts.depth, way.depth), route=way.route)


def points_of(
    texts: Iterable[PointTexts], protocol: str = ""
) -> tuple[tuple[PlannedPoint, ...], tuple[str, ...]]:
    """The posted points of a plan that can be, and a sentence for each that cannot."""
    points, problems = [], []
    knowledge = load()
    for each in texts:
        try:
            points.append(point_of(each, knowledge, protocol))
        except WrongPoint as problem:
            problems.append(str(problem))
    return tuple(points), tuple(problems)


def draft_of(plan: Plan, points: Iterable[PlannedPoint] | None = None) -> PlanDraft:
    """A stored plan as core reads it, with other points where they are given."""
    listed = stored_points(plan) if points is None else tuple(points)
    return PlanDraft(
        product=plan.product,
        presentation=plan.presentation,
        protocol=plan.protocol,
        condition=plan.condition,
        diagnosis=plan.diagnosis,
        points=listed,
        diluent_ml=plan.diluent_ml,
        label_units=_label_units(plan.product, plan.presentation),
        graduation_ml=plan.graduation_ml,
        syringes=plan.syringes,
        off_label_reason=plan.off_label_reason,
    )


def stored_points(plan: Plan) -> tuple[PlannedPoint, ...]:
    """The points of a stored plan."""
    return tuple(point_of_row(row) for row in plan.points.all())


def planned_points(plan: Plan) -> MappedPoints:
    """The points of a stored plan, to hold others against."""
    return MappedPoints(points=stored_points(plan), product=plan.product, map_version=plan.map_version)


def rows_for(plan: Plan, points: Iterable[PlannedPoint]) -> list[PlanPoint]:
    """Rows, not saved yet, for the points of a plan."""
    return [
        PlanPoint(
            clinic_id=plan.clinic_id,
            plan=plan,
            patient_id=plan.patient_id,
            label=point.id,
            site=point.site,
            side=point.side,
            number=point.number,
            view=point.view,
            x=point.x,
            y=point.y,
            units=point.units,
            depth=point.depth,
            route=point.route,
            order=order,
        )
        for order, point in enumerate(points)
    ]


def tidy(number: Decimal) -> Decimal:
    """The same number without trailing zeros and without exponent: 5.0000 becomes 5."""
    return Decimal(f"{number.normalize():f}")


def as_view(code: str) -> View:
    """A stored view as core reads it. Raises: KeyError for another word."""
    return _VIEWS[code]


def point_of_row(row: StoredPoint) -> PlannedPoint:
    """A stored point as core reads it."""
    return PlannedPoint(
        id=row.label,
        site=row.site,
        side=as_side(row.side),
        number=row.number,
        view=as_view(row.view),
        x=tidy(row.x),
        y=tidy(row.y),
        units=None if row.units is None else tidy(row.units),
        depth=row.depth,
        route=row.route,
    )


def _placed(texts: PointTexts, site: Site, view: FaceMapView, side: Side) -> PlannedPoint:
    if not (_PLACE.fullmatch(texts.x) and _PLACE.fullmatch(texts.y)):
        raise WrongPoint(f"{texts.id} has no place on the face map. Add it again.")
    x, y = (Decimal(place).quantize(_THOUSANDTH) for place in (texts.x, texts.y))
    if not (0 <= x <= view.width and 0 <= y <= view.height):
        raise WrongPoint(f"{texts.id} lies outside the drawing.")
    try:
        units = parse_units(texts.units) if texts.units.strip() else None
    except InvalidQuantity as problem:
        raise WrongPoint(f"{texts.id}: {problem}") from problem
    return PlannedPoint(
        id=texts.id[:40],
        site=site.code,
        side=side,
        number=texts.id.rpartition("-")[2][:10],
        view=view.view,
        x=tidy(x),
        y=tidy(y),
        units=units,
    )


def _label_units(product: str, presentation: str) -> Decimal | None:
    if not presentation:
        return None
    return find_presentation(find_product(load(), product), presentation).label_units
