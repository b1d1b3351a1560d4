"""Whether the plan can be drawn up as written: dilution, syringe, vials.

Source: P4, P15, P42, P50c, P50d.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from masseter.core.findings import Finding
from masseter.core.plan.case import PlanCase, rule_finding
from masseter.core.plan.lookup import find_presentation
from masseter.core.plan.reconstitute import Draw, DrawUp
from masseter.core.quantities import plain


def check_drawing(case: PlanCase) -> Iterator[Finding]:
    """Every trouble in drawing the plan up."""
    yield from _vial_size(case)
    if case.drawn is None:
        sentence = "Choose the vial size and type the diluent; without them no volume is known."
        yield rule_finding("dilution-missing", "stop", sentence)
        return
    if not case.drawn.is_label_dilution and case.product.form == "powder":
        sentence = f"This dilution of {case.product.brand} is not one of the label's."
        yield rule_finding("dilution-outside-label", "caution", sentence, case.product.evidence)
    if case.product.form == "solution" and case.plan.diluent_ml:
        sentence = f"{case.product.brand} comes ready to use; diluting it changes its life and its spread."
        yield rule_finding("solution-diluted", "caution", sentence, case.product.evidence)
    for draw in case.drawn.draws:
        yield from _rounding(draw, case)
    yield from _vials(case, case.drawn)


def _vial_size(case: PlanCase) -> Iterator[Finding]:
    plan = case.plan
    if not plan.presentation or plan.label_units is None:
        return
    label_units = find_presentation(case.product, plan.presentation).label_units
    if plan.label_units != label_units:
        sentence = f"A vial of this size holds {case.units(label_units)}, not {case.units(plan.label_units)}."
        yield rule_finding("vial-size-wrong", "stop", sentence, case.product.evidence)


def _rounding(draw: Draw, case: PlanCase) -> Iterator[Finding]:
    practice = case.knowledge.practice
    if not draw.planned:
        return
    if not draw.drawn_ml:
        sentence = (
            f"The volume for {draw.point_id} is under half a mark of the syringe, so nothing would be given; "
            "choose another dilution or syringe."
        )
        yield rule_finding("nothing-drawn", "stop", sentence, subject=draw.point_id)
        return
    if draw.rule == "label":
        return
    percent = abs(draw.error) * 100
    sentence = (
        f"{draw.point_id}: {case.units(draw.planned)} need {plain(draw.exact_ml)} mL, the syringe draws "
        f"{plain(draw.drawn_ml)} mL, which is {case.units(draw.computed)} ({plain(draw.error_percent)} %)."
    )
    if percent > Fraction(practice.rounding_confirm_percent.value):
        evidence = practice.rounding_confirm_percent.evidence
        advice = f"{sentence} Choose another dilution or a finer syringe."
        yield rule_finding("rounding-large", "caution", advice, evidence, draw.point_id)
    elif percent > Fraction(practice.rounding_accept_percent.value):
        evidence = practice.rounding_accept_percent.evidence
        yield rule_finding("rounding-confirm", "caution", sentence, evidence, draw.point_id)


def _vials(case: PlanCase, drawn: DrawUp) -> Iterator[Finding]:
    evidence = case.knowledge.practice.shortfall_note_percent.evidence
    if not drawn.draws:
        return
    if drawn.shortfall:
        share = drawn.shortfall / drawn.needed * 100
        is_small = share < Fraction(case.knowledge.practice.shortfall_note_percent.value)
        sentence = (
            f"The vials in stock hold {case.units(drawn.vials.label_units)}; the plan with the loss in the "
            f"syringes needs {case.units(drawn.needed)}. Use fewer or low-dead-space syringes, a lower total "
            "or another vial; never count on overfill."
        )
        yield rule_finding("vials-short", "note" if is_small else "caution", sentence, evidence)
        return
    smallest = min((size.label_units for size, _ in drawn.vials.opened), default=Decimal(0))
    given = drawn.needed - drawn.dead_space_units
    if Fraction(drawn.vials.label_units - smallest) >= given and drawn.vials.count > 1:
        sentence = (
            f"One vial is opened only for the loss in the syringes ({case.units(drawn.dead_space_units)})."
        )
        yield rule_finding("vial-for-loss", "note", sentence, evidence)
