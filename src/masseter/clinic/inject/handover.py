"""From the chair to the signing form: what the form's page would have sent, had it been typed there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from django.http import QueryDict

from masseter.clinic.inject.forms import LOCAL
from masseter.clinic.inject.rows import FIELDS, as_row
from masseter.clinic.plan.forms import LISTED, REASON
from masseter.clinic.plan.words import plain
from masseter.core.inject.chair import ChairState, PointState
from masseter.core.inject.today import TodayAnswers
from masseter.core.inject.types import TimeOut
from masseter.core.plan.types import PlannedPoint
from masseter.journey.ground.actor import Actor
from masseter.journey.inject.models import ChairTap, Sitting
from masseter.journey.inject.preparing import Given, Session, doses_of
from masseter.journey.inject.sittings import chair_of
from masseter.journey.inject.vials import rests
from masseter.journey.plan.drafts import stored_points
from masseter.journey.plan.models import Plan
from masseter.journey.stock.models import Vial


def time_out_of(sitting: Sitting) -> TimeOut:
    """The time-out as it was confirmed when the sitting began."""
    told = dict(sitting.time_out)
    return TimeOut(
        **{**told, "identifiers": tuple(told["identifiers"]), "today": TodayAnswers(**told["today"])}
    )


def given_of(plan: Plan, state: ChairState, *, rest_as_planned: bool) -> tuple[Given, ...]:
    """What the chair tells as given; with the open points as planned where that is asked for."""
    planned = {point.id: point for point in stored_points(plan)}
    found = []
    for each in state.points:
        origin = planned.get(each.id)
        if each.status == "open" and rest_as_planned and origin is not None:
            found.append(Given(point=origin, planned=origin.id))
        elif each.status in {"given", "conflict"} and each.units:
            found.append(
                Given(point=_given(each, origin), planned=origin.id if origin else "", reason=each.reason)
            )
    return tuple(found)


def session_at_chair(
    sitting: Sitting, plan: Plan, state: ChairState, vials: Sequence[Vial], now: datetime
) -> Session:
    """The treatment as it will be if the rest goes as planned, for the live check."""
    given = given_of(plan, state, rest_as_planned=True)
    held = {str(vial.pk): vial.label_units for vial in vials}
    return Session(
        time_out=time_out_of(sitting),
        vial_ids=tuple(vial.pk for vial in vials),
        openings={},
        given=given,
        left_out={point.id: point.reason for point in state.of("skipped")},
        started_at=sitting.begun_at,
        ended_at=max(now, sitting.begun_at),
        reasons=sitting.reasons,
        discarded=rests(doses_of(given), held),
    )


def form_data(
    by: Actor, sitting: Sitting, rows: list[ChairTap], plan: Plan, vials: Sequence[Vial]
) -> QueryDict:
    """The signing form filled in: time-out, vials, every point with its reason, times, rests of the vials."""
    state = chair_of(sitting, plan, rows)
    time_out = time_out_of(sitting)
    data = QueryDict(mutable=True)
    data.setlist("identifiers", list(time_out.identifiers))
    for name in ("consent_confirmed", "plan_confirmed", "allergies_confirmed"):
        if getattr(time_out, name):
            data[name] = "1"
    _tell_today(data, time_out.today)
    data.setlist("vials", [str(pk) for pk in sitting.vials])
    data["vial_confirmed"] = "1"
    data["started_at"] = sitting.begun_at.astimezone(ZoneInfo(by.zone)).strftime(LOCAL)
    data["minutes"] = _minutes(sitting, rows)
    data["points-total"] = str(len(state.points))
    points = {point.id: point for point in stored_points(plan)}
    for number, each in enumerate(state.points):
        _tell_point(data, number, each, points.get(each.id))
    given = given_of(plan, state, rest_as_planned=False)
    held = {str(vial.pk): vial.label_units for vial in vials if vial.pk in sitting.vials}
    for pk, rest in rests(doses_of(given), held).items():
        data[f"discarded-{pk}"] = data[f"discarded-{pk}-was"] = plain(rest)
    for number, (key, reason) in enumerate(sitting.reasons.items()):
        data[f"{REASON}chair-{number}"] = reason
        data[f"{LISTED}{REASON}chair-{number}"] = key
    data["taps_seen"] = str(rows[-1].pk) if rows else ""
    return data


def _tell_today(data: QueryDict, today: TodayAnswers) -> None:
    new = [name for name in ("infection", "pregnancy", "news") if getattr(today, name)]
    if new:
        data.setlist("new_today", new)
    else:
        data["nothing_new"] = "1"


def _tell_point(data: QueryDict, number: int, state: PointState, origin: PlannedPoint | None) -> None:
    point = _given(state, origin)
    row = as_row(point)
    for name in FIELDS:
        data[f"point-{number}-{name}"] = getattr(row, name)
    data[f"point-{number}-reason"] = state.reason
    if state.status in {"skipped", "open"}:
        data[f"point-{number}-remove"] = "1"


def _given(state: PointState, origin: PlannedPoint | None) -> PlannedPoint:
    """The point as it was given: the plan's with the units told, or an added one at its place."""
    units = state.units or (origin.units if origin else None)
    place = state.place
    if origin is not None:
        if place is None or state.status == "skipped":
            return replace(origin, units=units)
        return replace(origin, units=units, view=place.view, x=place.x, y=place.y)
    if place is None:
        raise ValueError(f"{state.id} has no place")
    return PlannedPoint(
        id=state.id,
        site=place.site,
        side=place.side,
        number=state.id.rpartition("-")[2],
        view=place.view,
        x=place.x,
        y=place.y,
        units=units,
    )


def _minutes(sitting: Sitting, rows: Sequence[ChairTap]) -> str:
    """Whole minutes to the last tap, as its device told the time but never after it arrived."""
    if not rows:
        return ""
    last = max(min(row.said_at, row.created_at) for row in rows)
    seconds = int((last - sitting.begun_at).total_seconds())
    return str(min(max(-(-seconds // 60), 1), 600))
