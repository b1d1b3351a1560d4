"""A scheme made personal: less where this patient's risks or a ceiling ask for it, never more.

Every lowering is reckoned from the scheme's own start, apart from every other, and the lowest counts. So a
further risk can lower a dose or take a point away, and can do nothing else. Source: DESIGN, L1.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from math import floor
from typing import TypeVar

from masseter.core.answers import Outcome, evaluate
from masseter.core.plan.case import PlanCase, open_case
from masseter.core.plan.lookup import find_protocol
from masseter.core.plan.propose import AffectedSide, Proposal, Skipped, part_of, propose_points
from masseter.core.plan.rules.limits import Room, rooms
from masseter.core.plan.types import Earlier, PatientSafety, PlanDraft, PlannedPoint
from masseter.core.plan.where import painful_sites, quiet_sites
from masseter.core.quantities import plain, round_to_graduation
from masseter.core.questions import questions_behind
from masseter.knowledge.model import Adjustment, Jurisdiction, Knowledge, Protocol, Side, Sureness


@dataclass(frozen=True, kw_only=True)
class Reason:
    """Why a dose is lower or a point left out, where that comes from, and how sure it is."""

    code: str
    sentence: str
    sources: tuple[str, ...]
    sure: Sureness


@dataclass(frozen=True, kw_only=True)
class Lowered:
    """Points of one site and side whose dose is lower than the scheme's start, with every reason for it."""

    site: str
    side: Side
    points: tuple[str, ...]
    was: Decimal
    now: Decimal
    reasons: tuple[Reason, ...]


C = TypeVar("C", Skipped, Lowered)


@dataclass(frozen=True, kw_only=True)
class Personal:
    """A proposal for one patient: what is left, what was lowered or left out, and what is still to ask.

    `asks` are observations that are not known, an answer to which could lower it further.
    """

    points: tuple[PlannedPoint, ...]
    skipped: tuple[Skipped, ...] = ()
    lowered: tuple[Lowered, ...] = ()
    asks: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ForWhom:
    """The patient of a proposal, with the place, the day and every toxin treatment on record."""

    safety: PatientSafety
    jurisdiction: Jurisdiction
    today: date
    diagnosis: str = ""
    earlier: tuple[Earlier, ...] = ()


@dataclass(frozen=True, kw_only=True)
class _Cut:
    """What a reason allows a point at most; None where it leaves the point out."""

    reason: Reason
    units: Decimal | None


def propose_plan(
    *,
    protocol: str,
    product: str,
    knowledge: Knowledge,
    patient: ForWhom,
    affected_side: AffectedSide | None = None,
    one_sided: bool = False,
    include_optional: Collection[str] = (),
    painful: Collection[tuple[str, Side]] = (),
    starting_factor: Decimal = Decimal(1),
) -> Personal:
    """The plan that a scheme becomes for one patient, with every departure from it and its reason.

    `painful` are places of pain beside those that the examination tells.
    Raises: UnknownProtocol, UnknownProduct, UnknownCondition, UnknownSite, PointMissing, InvalidQuantity.
    """
    facts, condition = patient.safety.facts, find_protocol(knowledge, protocol).condition
    proposal = propose_points(
        protocol=protocol,
        knowledge=knowledge,
        product=product,
        affected_side=affected_side,
        painful_sites=(*painful, *painful_sites(facts, knowledge)),
        include_optional=include_optional,
        quiet_sites=quiet_sites(facts, knowledge, condition),
        one_sided=one_sided,
        starting_factor=starting_factor,
    )
    return make_personal(proposal, protocol=protocol, product=product, knowledge=knowledge, patient=patient)


def make_personal(
    proposal: Proposal, *, protocol: str, product: str, knowledge: Knowledge, patient: ForWhom
) -> Personal:
    """The proposal of a scheme with every lowering that holds for this patient.

    Raises: UnknownProtocol, UnknownProduct, UnknownCondition, UnknownSite.
    """
    scheme = find_protocol(knowledge, protocol)
    case = _case(proposal, scheme, product, knowledge, patient)
    answers = [(each, evaluate(each.when, case.facts)) for each in knowledge.adjustments]
    met, full = [each for each, outcome in answers if outcome.is_met], list(rooms(case))
    kept: list[PlannedPoint] = []
    skipped: list[Skipped] = []
    lowered: list[Lowered] = []
    for point in proposal.points:
        cuts = [*_by_risks(point, met, scheme, case), *_by_ceilings(point, full, case)]
        allowed = [cut.units for cut in cuts if cut.units is not None]
        if len(allowed) < len(cuts):
            skipped += [_left_out(point, cut.reason) for cut in cuts if cut.units is None]
            continue
        now = Decimal(plain(min(allowed))) if allowed else point.units
        kept.append(replace(point, units=now))
        if point.units is not None and now is not None and cuts:
            lowered.append(_lowered(point, point.units, now, cuts))
    return Personal(
        points=tuple(kept),
        skipped=(*proposal.skipped, *_joined(skipped)),
        lowered=_joined(lowered),
        asks=_asks(answers, proposal.points, scheme, case),
    )


def concerns(rule: Adjustment, point: PlannedPoint, knowledge: Knowledge) -> bool:
    """The adjustment speaks of this point."""
    return (
        (not rule.sites or point.site in rule.sites)
        and (not rule.regions or knowledge.sites[point.site].region in rule.regions)
        and (not rule.points or point.number in rule.points)
    )


def lowered_start(rule: Adjustment, start: Decimal, *, low: Decimal, step: Decimal) -> Decimal:
    """What a rule makes of a scheme's start at one point; `low` is the low end of the published range."""
    if rule.keep_percent is None:
        return low
    return max(round_to_graduation(start * rule.keep_percent.value / 100, step), min(step, start))


def _case(
    proposal: Proposal, scheme: Protocol, product: str, knowledge: Knowledge, patient: ForWhom
) -> PlanCase:
    """The case of the scheme's own start, from which everything is reckoned."""
    draft = PlanDraft(
        product=product,
        presentation="",
        protocol=scheme.key,
        condition=scheme.condition,
        diagnosis=patient.diagnosis,
        points=proposal.points,
    )
    return open_case(
        plan=draft,
        patient=patient.safety,
        knowledge=knowledge,
        jurisdiction=patient.jurisdiction,
        today=patient.today,
        earlier=patient.earlier,
        stock=None,
    )


def _by_risks(
    point: PlannedPoint, met: Iterable[Adjustment], scheme: Protocol, case: PlanCase
) -> Iterator[_Cut]:
    """What the risks of this patient allow, each where it asks for less than the start."""
    for rule in met:
        if not concerns(rule, point, case.knowledge):
            continue
        units = _allowed(rule, point, scheme, case)
        if rule.does == "leave_out" or (
            units is not None and point.units is not None and units < point.units
        ):
            yield _Cut(
                reason=Reason(
                    code=rule.code,
                    sentence=rule.sentence,
                    sources=rule.evidence.sources,
                    sure=rule.evidence.sure,
                ),
                units=units,
            )


def _allowed(rule: Adjustment, point: PlannedPoint, scheme: Protocol, case: PlanCase) -> Decimal | None:
    """The units that a risk leaves a point; None for no point, or for a dose that is not known yet."""
    if point.units is None or rule.does == "leave_out":
        return None
    part = part_of(scheme, point)
    low = point.units if part is None else part.units_per_point.low
    return lowered_start(rule, point.units, low=low, step=case.product.unit_step)


def _by_ceilings(point: PlannedPoint, full: Iterable[Room], case: PlanCase) -> Iterator[_Cut]:
    """What the ceilings allow: an even share of what is left, in whole steps, and no point without one."""
    for room in full:
        if point.units is None or point.id not in room.points or room.planned <= room.left:
            continue
        step = Fraction(case.product.unit_step)
        steps = floor(Fraction(point.units) * room.left / room.planned / step)
        sentence = f"{room.limit.sentence} Left of it: {case.units(floor(room.left / step) * step)}."
        yield _Cut(
            reason=Reason(
                code=f"over-limit-{room.limit.code}",
                sentence=sentence,
                sources=room.limit.evidence.sources,
                sure=room.limit.evidence.sure,
            ),
            units=steps * case.product.unit_step if steps else None,
        )


def _left_out(point: PlannedPoint, reason: Reason) -> Skipped:
    return Skipped(
        site=point.site,
        side=point.side,
        reason=reason.sentence,
        points=(point.id,),
        sources=reason.sources,
    )


def _lowered(point: PlannedPoint, was: Decimal, now: Decimal, cuts: Iterable[_Cut]) -> Lowered:
    return Lowered(
        site=point.site,
        side=point.side,
        points=(point.id,),
        was=was,
        now=now,
        reasons=tuple(cut.reason for cut in cuts),
    )


def _joined(changes: Iterable[C]) -> tuple[C, ...]:
    """Changes that differ in nothing but their points as one with all of these."""
    named: dict[C, list[str]] = {}
    for each in changes:
        named.setdefault(replace(each, points=()), []).extend(each.points)
    return tuple(replace(alike, points=tuple(points)) for alike, points in named.items())


def _asks(
    answers: Iterable[tuple[Adjustment, Outcome]],
    points: Iterable[PlannedPoint],
    scheme: Protocol,
    case: PlanCase,
) -> tuple[str, ...]:
    """What is not known of this patient, is asked for this condition, and could lower the proposal."""
    listed, types = tuple(points), case.knowledge.observations
    missing = [
        code
        for rule, outcome in answers
        if outcome.is_unknown
        and any(cut for point in listed for cut in _by_risks(point, [rule], scheme, case))
        for code in outcome.missing
        if not types[code].conditions or scheme.condition in types[code].conditions
    ]
    return questions_behind(dict.fromkeys(missing), case.facts, types)
