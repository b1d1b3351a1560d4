"""Everything that a rule of the plan's check may look at, put together once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cached_property

from masseter.core.facts import Facts, derive_facts, mark_stale, without_old_none
from masseter.core.findings import Finding
from masseter.core.plan.lookup import find_condition, find_product, find_protocol, find_site
from masseter.core.plan.reconstitute import DilutionMissing, DrawUp, draw_up
from masseter.core.plan.types import Earlier, PatientSafety, PlanDraft, PlannedPoint, VialSize
from masseter.core.questions import settle
from masseter.knowledge.model import (
    Condition,
    Evidence,
    Jurisdiction,
    Knowledge,
    Product,
    Protocol,
    Severity,
    Site,
)


@dataclass(frozen=True, kw_only=True)
class PlanCase:
    """A plan with its product, protocol, condition, patient, place, day and history."""

    plan: PlanDraft
    product: Product
    protocol: Protocol | None
    condition: Condition
    facts: Facts
    patient: PatientSafety
    knowledge: Knowledge
    jurisdiction: Jurisdiction
    today: date
    earlier: tuple[Earlier, ...]
    drawn: DrawUp | None

    def site(self, code: str) -> Site:
        """A site of the knowledge."""
        return find_site(self.knowledge, code)

    def units(self, number: Decimal | Fraction) -> str:
        """A dose for a sentence, with the product's own unit words."""
        return dose_words(number, self.product)

    def planned(self, points: Iterable[PlannedPoint]) -> Fraction:
        """The planned units of these points, exactly; a point without dose adds nothing."""
        # A point takes no dose of so many digits that a sum of them could be rounded.
        return Fraction(sum((point.units for point in points if point.units is not None), Decimal(0)))

    def counted(self, points: Iterable[PlannedPoint]) -> Fraction:
        """The units of these points that count against a limit: the larger of planned and drawn."""
        listed = tuple(points)
        return max(self.planned(listed), sum((self._drawn(point) for point in listed), Fraction(0)))

    def _drawn(self, point: PlannedPoint) -> Fraction:
        if point.units is None:
            return Fraction(0)
        planned, counted = self._counted.get(point.id, (None, Fraction(0)))
        return counted if planned == point.units else Fraction(point.units)

    @cached_property
    def _counted(self) -> dict[str, tuple[Decimal, Fraction]]:
        """What is planned and what counts at each point that is drawn up."""
        draws = self.drawn.draws if self.drawn else ()
        return {draw.point_id: (draw.planned, draw.counted) for draw in reversed(draws)}


def open_case(
    *,
    plan: PlanDraft,
    patient: PatientSafety,
    knowledge: Knowledge,
    jurisdiction: Jurisdiction,
    today: date,
    earlier: tuple[Earlier, ...],
    stock: tuple[VialSize, ...] | None,
) -> PlanCase:
    """The case of a plan.

    Raises: UnknownProduct, UnknownPresentation, UnknownProtocol, UnknownCondition, UnknownSite.
    """
    for point in plan.points:
        find_site(knowledge, point.site)
    return PlanCase(
        plan=plan,
        product=find_product(knowledge, plan.product),
        protocol=find_protocol(knowledge, plan.protocol) if plan.protocol else None,
        condition=find_condition(knowledge, plan.condition),
        facts=_with_dates(patient, knowledge, today, earlier),
        patient=patient,
        knowledge=knowledge,
        jurisdiction=jurisdiction,
        today=today,
        earlier=earlier,
        drawn=drawn_if_possible(plan, knowledge, stock),
    )


def rule_finding(
    code: str, severity: Severity, sentence: str, evidence: Evidence | None = None, subject: str = ""
) -> Finding:
    """A finding of the plan's or treatment's check, with the evidence that it rests on, if any."""
    return Finding(
        code=code,
        severity=severity,
        sentence=sentence,
        sources=evidence.sources if evidence else (),
        sure=evidence.sure if evidence else "design",
        subject=subject,
    )


def dose_words(number: Decimal | Fraction, product: Product) -> str:
    """A dose for a sentence, e.g. '30 units Botox'; never shown smaller than it counts by rounding."""
    exact = Fraction(number)
    thousandths = -((-exact * 1000) // 1)
    return f"{Decimal(thousandths) / 1000:f} {product.unit_label}"


def drawn_if_possible(
    plan: PlanDraft, knowledge: Knowledge, stock: tuple[VialSize, ...] | None = None
) -> DrawUp | None:
    """The draw-up of a plan; None while its vial size or diluent is not chosen yet."""
    try:
        return draw_up(plan, knowledge, stock=stock)
    except DilutionMissing:
        return None


def _with_dates(
    patient: PatientSafety, knowledge: Knowledge, today: date, earlier: tuple[Earlier, ...]
) -> Facts:
    """The facts with what follows from the dates on record, which win; answers that are too old marked."""
    given_on = [treatment.given_on for treatment in earlier]
    known = derive_facts(today=today, birth_date=patient.birth_date, toxin_dates=given_on or None)
    told = without_old_none(patient.facts, given_on)
    facts = mark_stale({**told, **known}, knowledge.observations, today)
    return settle(facts, knowledge.observations)
