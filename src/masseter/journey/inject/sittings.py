"""Reading the chair: the sitting of a plan, its taps, and the state that they tell."""

from __future__ import annotations

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.db.models import F

from masseter.core.inject.chair import ChairState, chair_state
from masseter.journey.ground.actor import Actor
from masseter.journey.ground.clock import today
from masseter.journey.ground.refusals import NotHere, Refused
from masseter.journey.inject.models import ChairTap, InjectorOrder, Sitting
from masseter.journey.inject.taps import as_tap
from masseter.journey.plan.drafts import stored_points
from masseter.journey.plan.models import Plan


def sitting_under_way(by: Actor, plan: Plan) -> Sitting | None:
    """The sitting of a plan that is not over yet."""
    running = Sitting.objects.filter(clinic_id=by.clinic_id, plan=plan, outcome=Sitting.Outcome.UNDER_WAY)
    return running.first()


@dataclass(frozen=True, kw_only=True)
class AtChair:
    """What stands at the chair: the sitting that is not over yet, its taps as they came, and late ones."""

    sitting: Sitting | None
    taps: list[ChairTap]
    late: list[ChairTap]


def at_chair(by: Actor, plan: Plan) -> AtChair:
    """What stands at the chair of a plan, in one question; `late` is what `late_taps` tells."""
    names = [field.attname for field in Sitting._meta.concrete_fields]
    told = [field.attname for field in ChairTap._meta.concrete_fields]
    begun = Sitting.objects.filter(clinic_id=by.clinic_id, plan=plan)
    rows = begun.order_by("taps__id").values_list(*names, *(f"taps__{name}" for name in told))
    cut, running, taps, late = len(names), None, list[ChairTap](), list[ChairTap]()
    for row in rows:
        sitting = Sitting.from_db(begun.db, names, row[:cut])
        tap = ChairTap.from_db(begun.db, told, row[cut:]) if row[cut] is not None else None
        if sitting.outcome == Sitting.Outcome.UNDER_WAY:
            running = running or sitting
            taps += [tap] if tap is not None else []
        elif tap is not None and sitting.ended_at is not None and tap.created_at > sitting.ended_at:
            late.append(tap)
    return AtChair(sitting=running, taps=taps, late=late)


def sitting_of(by: Actor, plan_id: int, sitting_id: int) -> Sitting:
    """One sitting of a plan, over or not.

    Raises: NotHere.
    """
    found = Sitting.objects.filter(clinic_id=by.clinic_id, plan_id=plan_id, pk=sitting_id)
    sitting = found.select_related("plan", "patient").first()
    if sitting is None:
        raise NotHere("There is no such beginning of this treatment.")
    return sitting


def last_sitting(by: Actor, plan_id: int) -> Sitting:
    """The newest sitting of a plan, over or not.

    Raises: NotHere.
    """
    found = Sitting.objects.filter(clinic_id=by.clinic_id, plan_id=plan_id).select_related("plan", "patient")
    sitting = found.order_by("-begun_at", "-pk").first()
    if sitting is None:
        raise NotHere("Nobody has begun this treatment at the chair.")
    return sitting


def taps_of(sitting: Sitting, *, after: int = 0) -> list[ChairTap]:
    """The taps of a sitting in the order in which they came, from a number on."""
    taps = ChairTap.objects.filter(clinic_id=sitting.clinic_id, sitting=sitting, pk__gt=after)
    return list(taps.order_by("pk"))


def chair_of(sitting: Sitting, plan: Plan, rows: list[ChairTap] | None = None) -> ChairState:
    """The state of every point of a sitting."""
    rows = taps_of(sitting) if rows is None else rows
    return chair_state(stored_points(plan), [as_tap(row) for row in rows])


def late_taps(by: Actor, plan: Plan) -> list[ChairTap]:
    """What came from a device after its sitting was signed or set aside, and so stands in no record."""
    taps = ChairTap.objects.filter(clinic_id=by.clinic_id, sitting__plan=plan)
    return list(taps.filter(created_at__gt=F("sitting__ended_at")).order_by("pk"))


def order_of(by: Actor) -> list[str]:
    """In which order the acting person goes through the muscles; empty where none was kept."""
    if by.user_id is None:
        return []
    order = InjectorOrder.objects.filter(clinic_id=by.clinic_id, user_id=by.user_id).first()
    return list(order.muscles) if order else []


def is_of_today(by: Actor, sitting: Sitting) -> bool:
    """The sitting was begun on this local day."""
    return sitting.begun_at.astimezone(ZoneInfo(by.zone)).date() == today(by.zone)


def refuse_unread_taps(sitting: Sitting, plan: Plan, seen: int | None) -> None:
    """Raises: Refused where the record to be signed was not drawn from all that stands at the chair."""
    rows = taps_of(sitting)
    torn = chair_of(sitting, plan, rows).of("conflict")
    if torn:
        names = ", ".join(point.id for point in torn)
        raise Refused(f"Not signed: two people noted {names} differently. Settle it at the chair first.")
    if rows and rows[-1].pk != seen:
        raise Refused(
            "Not signed: something was noted at the chair after this page was opened. "
            "Open the page again and compare; what you typed here is not saved."
        )
