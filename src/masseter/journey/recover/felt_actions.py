"""Marking on the face map what was felt after a treatment, taking it back, putting it aside with a plan."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from masseter.core.plan.lookup import find_view
from masseter.core.plan.places import Area, MapPlace, NoSuchArea, area_of, middle_of
from masseter.core.sentences import said
from masseter.journey.audit.trail import record
from masseter.journey.ground import clock
from masseter.journey.ground.action import action
from masseter.journey.ground.actor import Actor
from masseter.journey.ground.refusals import NotHere, Refused
from masseter.journey.ground.rights import Right
from masseter.journey.inject.models import Treatment
from masseter.journey.plan.models import Plan
from masseter.journey.recover.actions import add_adverse_event
from masseter.journey.recover.models import AdverseEvent, FeltMark, PutAside
from masseter.knowledge.load import load

MOST_MARKS = 60  # of one treatment; more is no mark any more but a slip
# The side of the place that drooped; what lies in the middle belongs to neither alone.
SIDES = {"left": AdverseEvent.Side.LEFT, "right": AdverseEvent.Side.RIGHT, "midline": AdverseEvent.Side.BOTH}
WHERE = said("Tap the drawing, or choose a place by name.")


@dataclass(frozen=True, kw_only=True)
class Droop:
    """What drooped: the effect (or the mark's words), how bad, since when."""

    effect: str
    severity: str
    started_on: date


@action(Right.OWN_CARE)
def mark_felt(
    *,
    by: Actor,
    treatment: Treatment,
    kind: str,
    place: MapPlace | None = None,
    area: Area | None = None,
    words: str = "",
    droop: Droop | None = None,
) -> FeltMark:
    """Mark what was felt after a treatment, at a place of the map or in an area chosen by name.

    What drooped is reported as an unwanted effect as well, which waits for a clinician's look.
    Raises: Refused without a place, for a place that cannot be, or for a droop that is not described.
    """
    _check_mark(by, treatment, kind)
    where, what = _placed(place, area)
    event = _report(by, treatment, kind, words, droop, what)
    mark = FeltMark.objects.create(
        clinic_id=by.clinic_id,
        treatment=treatment,
        case_id=treatment.case_id,
        patient_id=treatment.patient_id,
        event=event,
        kind=kind,
        site=what.site,
        side=what.side,
        view=where.view,
        x=where.x,
        y=where.y,
        words=words.strip(),
        map_version=load().face_map.version,
        marked_on=clock.today(by.zone),
        by_name=by.name,
    )
    record(by=by, what="felt.marked", on=mark, data={"kind": kind, "site": what.site, "side": what.side})
    return mark


@action(Right.OWN_CARE)
def take_back_mark(*, by: Actor, mark: FeltMark) -> FeltMark:
    """Take a mark back; it stays in the history.

    Raises: Refused for one that was taken back already.
    """
    current = FeltMark.objects.select_for_update().get(pk=mark.pk)
    if current.taken_back_at is not None:
        raise Refused("This mark is taken back already.")
    mark.taken_back_at, mark.taken_back_by_name = clock.now(), by.name
    mark.save(update_fields=["taken_back_at", "taken_back_by_name"])
    record(by=by, what="felt.taken_back", on=mark, data={"kind": mark.kind})
    return mark


@action(Right.PLAN)
def put_mark_aside(*, by: Actor, plan: Plan, mark: FeltMark) -> PutAside:
    """Say with a draft that a mark was looked at and changes nothing more in it.

    Raises: NotHere for a mark of another case; Refused for a plan that is no draft.
    """
    if mark.case_id != plan.case_id:
        raise NotHere("There is no such mark.")
    if plan.state != Plan.State.DRAFT:
        raise Refused("This plan is no longer a draft.")
    aside, _ = PutAside.objects.get_or_create(
        clinic_id=by.clinic_id,
        plan=plan,
        mark=mark,
        defaults={"patient_id": mark.patient_id, "by_name": by.name},
    )
    record(by=by, what="felt.put_aside", on=aside, data={"kind": mark.kind, "site": mark.site})
    return aside


def _check_mark(by: Actor, treatment: Treatment, kind: str) -> None:
    if treatment.signed_at is None:
        raise Refused("This treatment is not signed yet.")
    if kind not in FeltMark.Kind.values:
        raise Refused("Choose what you felt.", field="kind")
    standing = FeltMark.objects.filter(clinic_id=by.clinic_id, treatment__plan_id=treatment.plan_id)
    if standing.filter(taken_back_at=None).count() >= MOST_MARKS:
        raise Refused("There are very many marks already. Take one back, or tell us in words.")


def _placed(place: MapPlace | None, area: Area | None) -> tuple[MapPlace, Area]:
    """Where a mark stands and what it is about; a place on the drawing goes before a name."""
    knowledge = load()
    if place is None:
        if area is None:
            raise Refused(WHERE, field="area")
        try:
            return middle_of(area, knowledge), area
        except NoSuchArea as problem:
            raise Refused("Choose a place of the list.", field="area") from problem
    view = find_view(knowledge, place.view)
    if view is None or not (0 <= place.x <= view.width and 0 <= place.y <= view.height):
        raise Refused(said("This place lies outside the drawing. %(where)s", where=WHERE), field="area")
    found = area_of(place, knowledge)
    if found is None:
        raise Refused(WHERE, field="area")
    place = MapPlace(view=view.view, x=_kept(place.x), y=_kept(place.y))
    return place, found


def _kept(number: Decimal) -> Decimal:
    return number.quantize(Decimal("0.001"))


def _report(
    by: Actor, treatment: Treatment, kind: str, words: str, droop: Droop | None, what: Area
) -> AdverseEvent | None:
    if kind != FeltMark.Kind.DROOPED:
        return None
    if droop is None:
        raise Refused("Say how bad it is or was.", field="severity")
    return add_adverse_event(
        by=by,
        treatment=treatment,
        started_on=droop.started_on,
        severity=droop.severity,
        effect=droop.effect,
        words=words,
        side=SIDES[what.side],
    )
