"""What a device is told of a sitting, so that it can go on by itself while the line is down."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse

from masseter.clinic.inject.drawn import windows
from masseter.clinic.inject.noting import places
from masseter.clinic.inject.sitting import MARKS, STATUS_WORDS, Chair, ChairPoint
from masseter.clinic.plan.words import plain
from masseter.core.inject.chair import Place
from masseter.core.inject.reasons import reasons_for
from masseter.journey.ground.actor import Actor
from masseter.journey.inject.models import ChairTap, Sitting
from masseter.journey.inject.taps import as_tap
from masseter.ui.held import owner_of

Told = dict[str, Any]  # Any: JSON


def device_data(by: Actor, sitting: Sitting, chair: Chair, rows: list[ChairTap], now: datetime) -> Told:
    """Points, volumes, taps and addresses; goes into the page as JSON."""
    plan = sitting.plan_id
    return {
        "sitting": sitting.pk,
        "owner": owner_of(by),
        "user": by.user_id,
        "name": by.name,
        "idle": settings.SESSION_COOKIE_AGE,
        "begun": sitting.begun_at.isoformat(),
        "over": sitting.outcome != Sitting.Outcome.UNDER_WAY,
        "points": [_point(point) for point in chair.points if point.planned],
        "muscles": [[muscle.key, muscle.name] for muscle in chair.muscles],
        "windows": windows(chair),
        "places": {
            muscle.key: places(muscle, [point.id for point in chair.points]) for muscle in chair.muscles
        },
        "marks": MARKS,
        "words": STATUS_WORDS,
        "ml": dict(chair.ml_of),
        "changed": reasons_for("changed"),
        "skipped": reasons_for("skipped"),
        "taps": taps_told(rows),
        "after": rows[-1].pk if rows else 0,
        "urls": {
            "line": f"{reverse('chair_line', args=[plan])}?sitting={sitting.pk}",
            "check": f"{reverse('chair_check', args=[plan])}?sitting={sitting.pk}",
            "key": reverse("chair_key"),
            "worker": reverse("chair_worker"),
        },
    }


def tap_told(row: ChairTap) -> Told:
    """A tap as the devices know it."""
    tap = as_tap(row)
    return {
        "key": tap.key,
        "hand": str(row.hand),
        "kind": tap.kind,
        "point": tap.point,
        "units": plain(tap.units),
        "reason": tap.reason,
        "place": _place(tap.place),
        "seen": sorted(tap.seen),
        "undoes": sorted(tap.undoes),
        "by": tap.by,
        "user": row.by_user_id,
    }


def taps_told(rows: Iterable[ChairTap]) -> list[Told]:
    """Several of them, in the order in which they came."""
    return [tap_told(row) for row in rows]


def _place(place: Place | None) -> dict[str, str] | None:
    if place is None:
        return None
    return {
        "site": place.site,
        "side": place.side,
        "view": place.view,
        "x": plain(place.x),
        "y": plain(place.y),
    }


def _point(point: ChairPoint) -> Told:
    return {
        "id": point.id,
        "group": point.group,
        "name": point.name,
        "where": point.where,
        "way": point.way,
        "units": point.planned,
        "view": point.view,
        "x": point.x,
        "y": point.y,
    }
