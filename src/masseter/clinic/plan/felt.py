"""What the patient felt after the last treatment, as suggestions for a plan, never followed by itself."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from masseter.clinic.plan.words import plain, site_words
from masseter.core.plan.compare import MappedPoints
from masseter.core.plan.lookup import as_side, find_view
from masseter.core.plan.places import Area, MapPlace
from masseter.core.plan.types import PlannedPoint
from masseter.core.recover.marks import Nearest, nearest_point
from masseter.journey.ground.actor import Actor
from masseter.journey.ground.refusals import Refused
from masseter.journey.inject.models import Treatment
from masseter.journey.plan.drafts import tidy
from masseter.journey.plan.models import Plan
from masseter.journey.recover.felt_actions import put_mark_aside
from masseter.journey.recover.models import FeltMark
from masseter.journey.recover.queries import felt_for, mark_of
from masseter.knowledge.load import load
from masseter.ui.areas import area_words
from masseter.ui.felt import felt_markers
from masseter.ui.pages import Context
from masseter.ui.words import unit_words

ASIDE = "aside:"  # what a button of the draft's form sends, before the number of the mark


@dataclass(frozen=True, kw_only=True)
class Suggestion:
    """One mark: what and where, the point nearest to it, what was given there, and that point in this plan.

    `report` is the unwanted effect that came with a droop; `waits` where nobody has looked at it yet.
    """

    pk: int
    kind: str
    what: str
    where: str
    words: str
    on: date
    near: str
    given: str
    point: str
    report: int | None
    waits: bool


def felt_context(
    by: Actor,
    plan: Plan,
    last: Treatment | None,
    points: Iterable[PlannedPoint],
    given_last: MappedPoints | None,
) -> Context:
    """The suggestions and marks for the map; none before the first treatment, or once a plan is over."""
    if last is None or given_last is None:
        return {"suggestions": [], "felt_markers": []}
    marks = felt_for(by, plan, last)
    listed, given = {point.id for point in points}, given_last.points
    return {
        "suggestions": [_suggestion(mark, given, listed, last.product) for mark in marks],
        "felt_markers": felt_markers(marks),
    }


def put_aside(by: Actor, plan: Plan, wish: str) -> None:
    """Do what the button of a suggestion asks. Raises: Refused or NotHere."""
    number = wish.removeprefix(ASIDE)
    if not (number.isascii() and number.isdigit() and len(number) < 19):
        raise Refused("There is no such mark.")
    put_mark_aside(by=by, plan=plan, mark=mark_of(by, int(number)))


def _suggestion(mark: FeltMark, given: Iterable[PlannedPoint], listed: set[str], product: str) -> Suggestion:
    near = _nearest(mark, given)
    label = near.point.id if near is not None else ""
    return Suggestion(
        pk=mark.pk,
        kind=mark.kind,
        what=mark.get_kind_display(),
        where=area_words(mark.site, mark.side),
        words=mark.words,
        on=mark.marked_on,
        near=_near_words(near),
        given=f"{plain(near.point.units)} {unit_words(product)}" if near is not None else "",
        point=label if label in listed else "",
        report=mark.event_id,
        waits=mark.event is not None and mark.event.is_unseen,
    )


def _nearest(mark: FeltMark, given: Iterable[PlannedPoint]) -> Nearest | None:
    view = find_view(load(), mark.view)
    if view is None:
        return None
    place = MapPlace(view=view.view, x=tidy(mark.x), y=tidy(mark.y))
    area = Area(site=mark.site, side=as_side(mark.side))
    return nearest_point(place, area, given, load())


def _near_words(near: Nearest | None) -> str:
    if near is None:
        return ""
    point = near.point
    where = f"{point.id}, {site_words(point.site, point.side, point.number)}"
    return where if near.mm is None else f"{where}, about {plain(near.mm)} mm away"
