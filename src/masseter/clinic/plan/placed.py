"""Points in words: a standard point by its name, a moved or added one by where it lies in its muscle."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Protocol

from masseter.clinic.plan.words import site_words
from masseter.core.plan.lookup import find_side
from masseter.core.plan.position import position_of, position_words
from masseter.knowledge.load import load
from masseter.knowledge.model import FaceMapView, Side, Site
from masseter.ui.facemap.editions import edition_of

_MOST = Decimal(10_000)


class Placed(Protocol):
    """A point of a plan, a treatment or a posted form, where it lies on the map."""

    @property
    def site(self) -> str: ...
    @property
    def side(self) -> str: ...
    @property
    def number(self) -> str: ...
    @property
    def view(self) -> str: ...
    @property
    def x(self) -> Decimal | str: ...
    @property
    def y(self) -> Decimal | str: ...


class Labelled(Placed, Protocol):
    """The same with its name on the map."""

    @property
    def id(self) -> str: ...


@dataclass(frozen=True, kw_only=True)
class PlaceWords:
    """One point for the live check: its name, its words, and its muscle's own coordinates."""

    id: str
    words: str
    own: str


def point_words(point: Placed, version: str = "") -> str:
    """A point in words. `version` is the edition of a record; none is today's."""
    found = None if _is_standard(point) else _found(point, version)
    if found is None:
        return site_words(point.site, point.side, point.number)
    where = position_words(*found)
    said = f"{where[0].upper()}{where[1:]}"
    if point.number.startswith("x"):
        return f"{said}; added"
    # Where the standard point lay then is not known: nothing is said of a move.
    return said if _is_of_another_view(point, version) else f"{said}; moved"


def place_words(points: Iterable[Labelled]) -> list[PlaceWords]:
    """What the live check says of each point; a standard one where it belongs needs no coordinates."""
    return [
        PlaceWords(
            id=point.id,
            words=point_words(point),
            own="" if _is_standard(point) else _own(point),
        )
        for point in points
    ]


def _found(point: Placed, version: str) -> tuple[Site, Side, FaceMapView, Decimal, Decimal] | None:
    """The drawn site, its side and view, and the place; None for what cannot be read."""
    known, side = load().sites.get(point.site), find_side(point.side)
    edition = edition_of(version or load().face_map.version)
    view = next((each for each in edition.views if each.view == point.view), None)
    place = _number(point.x), _number(point.y)
    if known is None or side is None or view is None or place[0] is None or place[1] is None:
        return None
    (drawn,) = edition.sites([known])
    return drawn, side, view, place[0], place[1]


def _own(point: Placed) -> str:
    """The point in the coordinates of its own muscle; empty where that is not drawn."""
    found = _found(point, "")
    own = position_of(*found) if found else None
    return f"{own.along} {own.across}" if own else ""


def _is_standard(point: Placed) -> bool:
    """It lies where a standard point of its site lies."""
    place = (point.number, point.side, point.view, _number(point.x), _number(point.y))
    known = load().sites.get(point.site)
    points = known.points if known else ()
    return any((each.number, each.side, each.view, each.x, each.y) == place for each in points)


def _is_of_another_view(point: Placed, version: str) -> bool:
    """An older drawing had this standard point on another view than today's has."""
    site = load().sites.get(point.site)
    views = (
        {each.view for each in site.points if (each.side, each.number) == (point.side, point.number)}
        if site
        else set()
    )
    return version not in ("", load().face_map.version) and bool(views) and point.view not in views


def _number(value: Decimal | str) -> Decimal | None:
    try:
        number = Decimal(value)
    except InvalidOperation:
        return None
    return number if number.is_finite() and abs(number) < _MOST else None
