"""What stands at the chair, in words and numbers: muscle by muscle, the next point large, how far it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from masseter.clinic.plan.words import plain, site_words
from masseter.core.inject.chair import ChairState, PointState, in_own_order, next_point
from masseter.core.plan.reconstitute import DilutionMissing, concentration, draw_up
from masseter.core.plan.types import PlanDraft, PlannedPoint
from masseter.journey.plan.drafts import draft_of, stored_points
from masseter.journey.plan.models import Plan
from masseter.journey.stock.models import Vial
from masseter.knowledge.load import load

# A mark beside the word, so that colour is never the only sign.
MARKS = {"open": "○", "given": "✓", "skipped": "–", "conflict": "?"}
STATUS_WORDS = {"open": "to do", "given": "given", "skipped": "not given", "conflict": "told differently"}
# A dose is changed by tenths of what was planned, up to the double.
TENTHS = range(1, 21)


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What one person noted of a point that another noted differently."""

    by: str
    words: str
    kind: str
    units: str


@dataclass(frozen=True, kw_only=True)
class ChairPoint:
    """One point at the chair."""

    id: str
    group: str
    name: str
    where: str
    way: str
    planned: str
    view: str
    x: str
    y: str
    status: str
    units: str
    ml: str
    reason: str
    answers: tuple[Answer, ...] = ()

    @property
    def mark(self) -> str:
        return MARKS[self.status]

    @property
    def word(self) -> str:
        return STATUS_WORDS[self.status]


@dataclass(frozen=True, kw_only=True)
class Muscle:
    """The points of one muscle on one side."""

    key: str
    name: str
    points: tuple[ChairPoint, ...]

    @property
    def open(self) -> int:
        return sum(point.status == "open" for point in self.points)


@dataclass(frozen=True, kw_only=True)
class Chair:
    """Everything that the page of a sitting shows. `ml_of` tells the volume of a dose from this vial."""

    muscles: tuple[Muscle, ...]
    now: ChairPoint | None
    done: int
    count: int
    given: str
    planned: str
    left: str
    left_ml: str
    is_complete: bool
    ml_of: Mapping[str, str]

    @property
    def points(self) -> tuple[ChairPoint, ...]:
        return tuple(point for muscle in self.muscles for point in muscle.points)

    @property
    def torn(self) -> tuple[ChairPoint, ...]:
        """The points that two people told differently."""
        return tuple(point for point in self.points if point.status == "conflict")


def chair_words(
    plan: Plan, state: ChairState, vials: Sequence[Vial], own_order: Sequence[str], wanted: str = ""
) -> Chair:
    """A sitting in words, in a person's own order of muscles; `wanted` is the point to be shown large."""
    planned = {point.id: point for point in stored_points(plan)}
    volumes = volumes_of(plan, vials, [point.units for point in state.points])
    points = [_point(each, planned.get(each.id), volumes) for each in state.points]
    order = in_own_order([point.group for point in points], own_order)
    names = {point.id: point.group for point in points}
    following = wanted if wanted in names else next_point(state, names, order)
    whole = sum((point.units or Decimal(0) for point in planned.values()), Decimal(0))
    left = max(whole - state.units_given, Decimal(0))
    return Chair(
        muscles=tuple(_muscle(key, points) for key in order),
        now=next((point for point in points if point.id == following), None),
        done=state.done,
        count=len(points),
        given=plain(state.units_given),
        planned=plain(whole),
        left=plain(left),
        left_ml=left_ml(state, volumes),
        is_complete=state.is_complete,
        ml_of=volumes,
    )


def left_ml(state: ChairState, volumes: Mapping[str, str]) -> str:
    """What is still drawn up; empty where a volume is not known."""
    doses = [plain(point.planned) for point in state.points if point.planned is not None]
    given = [plain(point.units) for point in state.points if point.units]
    if not all(dose in volumes for dose in (*doses, *given)):
        return ""
    rest = sum((Decimal(volumes[dose]) for dose in doses), Decimal(0))
    rest -= sum((Decimal(volumes[dose]) for dose in given), Decimal(0))
    return plain(max(rest, Decimal(0)))


def volumes_of(plan: Plan, vials: Sequence[Vial], told: Sequence[Decimal]) -> dict[str, str]:
    """The volume of each dose that may be asked for, as drawn from the vials that are open.

    Empty where no strength is known, or the vials differ in it: then no volume is right for all.
    """
    draft = _as_mixed(draft_of(plan), vials)
    if draft is None:
        return {}
    planned = {point.units for point in draft.points if point.units}
    steps = [units * tenths / 10 for units in planned for tenths in TENTHS]
    doses = {plain(units): units for units in (*planned, *steps, *told) if units}
    asked = [replace(draft.points[0], id=name, units=units) for name, units in doses.items()]
    try:
        drawn = draw_up(replace(draft, points=tuple(asked)), load())
    except DilutionMissing:
        return {}
    return {draw.point_id: plain(draw.drawn_ml) for draw in drawn.draws}


def _as_mixed(draft: PlanDraft, vials: Sequence[Vial]) -> PlanDraft | None:
    """The plan as it is drawn from these vials, whose diluent may be another than was planned."""
    sizes = {size.key: size for size in load().products[draft.product].presentations}
    strengths = set()
    for vial in vials:
        size = sizes.get(vial.lot.presentation)
        if size is None:
            return None
        try:
            strengths.add(concentration(size, vial.diluent_ml))
        except DilutionMissing:
            return None
    if len(strengths) > 1 or not draft.points:
        return None
    if not vials:
        return draft
    first = vials[0]
    return replace(
        draft,
        presentation=first.lot.presentation,
        diluent_ml=first.diluent_ml,
        label_units=first.label_units,
    )


def _muscle(key: str, points: Sequence[ChairPoint]) -> Muscle:
    own = tuple(point for point in points if point.group == key)
    return Muscle(key=key, name=own[0].name, points=own)


def _point(state: PointState, planned: PlannedPoint | None, volumes: Mapping[str, str]) -> ChairPoint:
    place = state.place
    origin = planned or place
    if origin is None:
        raise ValueError(f"{state.id} has no place")
    shown = place or origin
    dose = plain(planned.units) if planned else ""
    units = plain(state.units) if state.units else dose
    whole = site_words(origin.site, origin.side, planned.number if planned else "")
    name, _, where = whole.partition(": ")
    ways = [planned.route.capitalize(), planned.depth] if planned else []
    return ChairPoint(
        id=state.id,
        group=f"{origin.site}.{origin.side}",
        name=name,
        where=where or ("" if planned else "added"),
        way="; ".join(way for way in ways if way),
        planned=dose,
        view=shown.view,
        x=plain(shown.x),
        y=plain(shown.y),
        status=state.status,
        units=units,
        ml=volumes.get(units, ""),
        reason=state.reason,
        answers=tuple(_answer(tap.by, tap.kind, plain(tap.units), tap.reason) for tap in state.answers)
        if state.status == "conflict"
        else (),
    )


def _answer(by: str, kind: str, units: str, reason: str) -> Answer:
    said = f"{units} units given" if kind == "given" else "not given"
    return Answer(by=by, words=f"{said}, {reason}" if reason else said, kind=kind, units=units)
