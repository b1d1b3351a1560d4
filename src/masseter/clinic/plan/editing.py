"""What the draft's form does besides saving: add points, copy a side, change those that are ticked."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from copy import copy
from dataclasses import dataclass

from masseter.clinic.plan.changes import INCLUDE
from masseter.clinic.plan.chosen import CHANGES, Choice, change_chosen
from masseter.clinic.plan.forms import PlanForm
from masseter.clinic.plan.placed import point_words
from masseter.clinic.plan.presenters import NOTHING_TOLD, PointWords
from masseter.core.plan.lookup import find_side
from masseter.core.plan.propose import PointMissing, mirror, optional_points, standard_point
from masseter.core.plan.types import PlannedPoint
from masseter.core.plan.ways import DEPTHS, depth_code
from masseter.journey.ground.refusals import Refused
from masseter.journey.plan.models import Plan
from masseter.knowledge.load import load
from masseter.knowledge.model import Side
from masseter.ui.facemap import PointRow, picked_ids


@dataclass(frozen=True, kw_only=True)
class EditRow:
    """One row of the table: the point as posted or stored, in words, with what is drawn and found there."""

    row: PointRow | PlannedPoint
    label: str
    depth: str
    told: PointWords
    is_picked: bool


def rows_of(
    points: Iterable[PointRow] | Iterable[PlannedPoint],
    told: Mapping[str, PointWords],
    picked: Collection[str] = (),
) -> list[EditRow]:
    """The rows of the table."""
    return [
        EditRow(
            row=point,
            label=point_words(point),
            depth=point.depth if point.depth in DEPTHS else depth_code(point.depth),
            told=told.get(point.id, NOTHING_TOLD),
            is_picked=point.id in picked,
        )
        for point in points
    ]


def with_typed(plan: Plan, form: PlanForm) -> Plan:
    """The plan as it would be with what is typed; the stored one is not touched."""
    typed, drawing = copy(plan), form.drawing()
    typed.presentation, typed.diluent_ml = drawing.presentation, drawing.diluent_ml
    typed.graduation_ml, typed.syringes = drawing.graduation_ml, drawing.syringes
    typed.off_label_reason = str(form.cleaned_data.get("off_label_reason", ""))
    return typed


def edited_points(form: PlanForm) -> tuple[PlannedPoint, ...]:
    """The typed points after what the pressed button does to them."""
    wish = str(form.data.get("do", ""))
    if wish.startswith(INCLUDE):
        return (*form.points, *_included(form, wish.removeprefix(INCLUDE)))
    match wish:
        case "mirror_left":
            return _copied(form.points, "left")
        case "mirror_right":
            return _copied(form.points, "right")
        case "add":
            return (*form.points, *_added(form))
        case _ if wish in CHANGES:
            return change_chosen(wish, _choice(form))
        case _:
            return form.points


def _choice(form: PlanForm) -> Choice:
    names = picked_ids(form.data)
    return Choice(points=form.points, names=names, protocol=form.protocol, typed=form.data)


def _copied(points: tuple[PlannedPoint, ...], side: Side) -> tuple[PlannedPoint, ...]:
    """One side as it is, and its mirror image in place of the other side."""
    own = tuple(point for point in points if point.side in (side, "midline"))
    one_side = tuple(point for point in own if point.side == side)
    return (*own, *mirror(one_side, load()))


def _added(form: PlanForm) -> tuple[PlannedPoint, ...]:
    """The standard points of a site and side that the plan does not have yet."""
    site = load().sites.get(str(form.data.get("add_site", "")))
    side = find_side(str(form.data.get("add_side", "")))
    if site is None or side is None or side not in site.sides:
        raise Refused("Choose a muscle and a side that it has.")
    taken = {point.id for point in form.points}
    try:
        numbers = [point.number for point in site.points if point.side == side]
        scheme = load().protocols.get(form.protocol)
        points = [standard_point(site, side, number, scheme=scheme) for number in dict.fromkeys(numbers)]
    except PointMissing as error:
        raise Refused(str(error)) from error
    fresh = tuple(point for point in points if point.id not in taken)
    if not fresh:
        raise Refused(f"All standard points of {site.name} are in the plan on this side.")
    return fresh


def _included(form: PlanForm, wish: str) -> tuple[PlannedPoint, ...]:
    """The optional points of a site and its sides that the plan does not have yet."""
    site, _, named = wish.partition(":")
    sides = [side for each in named.split(",") if (side := find_side(each)) is not None]
    try:
        found = optional_points(
            protocol=form.protocol, product=form.product, site=site, sides=sides, knowledge=load()
        )
    except LookupError as error:
        raise Refused("These points are not part of the scheme.") from error
    taken = {point.id for point in form.points}
    return tuple(point for point in found if point.id not in taken)
