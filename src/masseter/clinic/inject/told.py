"""What a page or a device tells of the chair, read into taps; a sentence for each that cannot be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, cast
from uuid import UUID

from masseter.core.inject.chair import TapKind
from masseter.core.inject.reasons import REASONS, reason_words
from masseter.core.plan.types import PlannedPoint
from masseter.core.quantities import InvalidQuantity, parse_units
from masseter.journey.inject.taps import TapTold
from masseter.journey.plan.drafts import WrongPoint, point_of, stored_points
from masseter.journey.plan.models import Plan
from masseter.knowledge.load import load
from masseter.ui.facemap import PointRow

MOST_TAPS, MOST_KEYS, LONGEST_REASON = 500, 500, 2000
KINDS = ("given", "skipped", "undone")


class WrongTap(ValueError):
    """A tap that cannot be; the text is a sentence for whoever tapped."""


@dataclass(frozen=True, kw_only=True)
class Told:
    """The taps of one delivery, and what was wrong with the others by their key."""

    taps: tuple[TapTold, ...]
    wrong: Mapping[str, str]


def read_taps(raw: object, plan: Plan, now: datetime) -> Told:
    """The taps of a delivery; one that cannot be keeps no other from being noted."""
    points = {point.id: point for point in stored_points(plan)}
    taps, wrong = [], {}
    for each in (raw if isinstance(raw, list) else [])[:MOST_TAPS]:
        told: Mapping[str, Any] = each if isinstance(each, dict) else {}  # Any: JSON
        try:
            taps.append(read_tap(told, points, plan, now))
        except WrongTap as problem:
            wrong[str(told.get("key", ""))[:40]] = str(problem)
    return Told(taps=tuple(taps), wrong=wrong)


def read_tap(
    told: Mapping[str, Any],  # Any: JSON
    points: Mapping[str, PlannedPoint],
    plan: Plan,
    now: datetime,
) -> TapTold:
    """Raises: WrongTap."""
    kind = told.get("kind")
    if kind not in KINDS:
        raise WrongTap("It does not say what was done.")
    tap = TapTold(
        key=_key(told.get("key")),
        hand=_key(told.get("hand")),
        kind=cast(TapKind, kind),
        said_at=_moment(told.get("at"), now),
        seen=_keys(told.get("seen")),
        undoes=_keys(told.get("undoes")) if kind == "undone" else (),
        reason=reason_of(str(told.get("code") or ""), str(told.get("reason") or "")),
        units=units_of(str(told.get("units") or "")) if kind == "given" else None,
        point=None if kind == "undone" else _point(told, points, plan),
    )
    if kind == "undone" and not tap.undoes:
        raise WrongTap("It does not say what is undone.")
    return tap


def units_of(text: str) -> Decimal:
    """Units as they were typed. Raises: WrongTap."""
    try:
        units = parse_units(text)
    except InvalidQuantity as problem:
        raise WrongTap(str(problem)) from problem
    if not units:
        raise WrongTap("Enter more than 0 units, or say that the point was not given.")
    return units


def reason_of(code: str, text: str) -> str:
    """A reason in the words of the record. Raises: WrongTap for a code that is not on the list."""
    if code and code not in REASONS:
        raise WrongTap("Choose a reason of the list, or write one.")
    return reason_words(code, text.replace("\0", ""))[:LONGEST_REASON]


def _point(
    told: Mapping[str, Any], points: Mapping[str, PlannedPoint], plan: Plan
) -> PlannedPoint:  # Any: JSON
    name, place = str(told.get("point") or "")[:40], told.get("place")
    if name in points:
        return points[name]
    if not name or not isinstance(place, dict):
        raise WrongTap("It is about no point of the plan.")
    texts = PointRow(
        id=name.replace("\0", ""),
        **{part: str(place.get(part) or "") for part in ("site", "side", "view", "x", "y")},
        depth="",
        route="",
        units="",
    )
    try:
        return point_of(texts, load(), plan.protocol)
    except WrongPoint as problem:
        raise WrongTap(str(problem)) from problem


def _key(value: object) -> UUID:
    try:
        return UUID(str(value))
    except ValueError as error:
        raise WrongTap("It has no key of its own.") from error


def _keys(value: object) -> tuple[str, ...]:
    found: Sequence[object] = value if isinstance(value, list) else []
    return tuple(str(_key(each)) for each in found[:MOST_KEYS])


def _moment(value: object, now: datetime) -> datetime:
    """The device's own time, as long as it can be; a clock that runs ahead is told as now."""
    try:
        moment = datetime.fromisoformat(str(value))
    except ValueError:
        return now
    return min(moment, now) if moment.tzinfo is not None else now
