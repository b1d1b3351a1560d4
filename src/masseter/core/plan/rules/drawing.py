"""Whether the plan can be drawn up as written: dilution, syringe, vials.

Source: P4, P15, P42, P50c, P50d.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from masseter.core.findings import Finding
from masseter.core.plan.case import PlanCase, rule_finding
from masseter.core.plan.lookup import find_presentation
from masseter.core.plan.reconstitute import Draw, DrawUp
from masseter.core.plan.vials import VialChoice
from masseter.core.quantities import plain
from masseter.knowledge.model import FaceRounding


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
    elif (near := _near_the_smile(draw, case)) is not None:
        advice = f"{sentence} Here a unit more or less shows: choose another dilution or a finer syringe."
        yield rule_finding("rounding-large", "caution", advice, near.evidence, draw.point_id)
    elif percent > Fraction(practice.rounding_accept_percent.value):
        evidence = practice.rounding_accept_percent.evidence
        yield rule_finding("rounding-confirm", "caution", sentence, evidence, draw.point_id)


def _smallest_loss(case: PlanCase) -> str:
    """What the kind of syringe that keeps least loses, in brackets."""
    known = case.knowledge.practice.dead_spaces
    if not known:
        return ""
    least = min(known, key=lambda each: each.loss_ml.value)
    return f" ({least.assembly} {plain(least.loss_ml.value)} mL)"


def _near_the_smile(draw: Draw, case: PlanCase) -> FaceRounding | None:
    """The house rule for small facial doses, where the marks change this one by more units than it allows."""
    rule = case.knowledge.practice.face_rounding
    point = next(each for each in case.plan.points if each.id == draw.point_id)
    if rule is None or case.product.key not in rule.products:
        return None
    is_there = case.site(point.site).region in rule.regions
    is_much = abs(draw.computed - Fraction(draw.planned)) > Fraction(rule.units)
    return rule if is_there and is_much else None


def _vials(case: PlanCase, drawn: DrawUp) -> Iterator[Finding]:
    evidence = case.knowledge.practice.shortfall_note_percent.evidence
    if not drawn.draws:
        return
    if drawn.shortfall:
        share = drawn.shortfall / drawn.needed * 100
        is_small = share < Fraction(case.knowledge.practice.shortfall_note_percent.value)
        sentence = (
            f"The vials in stock hold {case.units(drawn.vials.label_units)}; the plan with the loss in the "
            f"syringes needs {case.units(drawn.needed)}. Use fewer or low-dead-space syringes"
            f"{_smallest_loss(case)}, a lower total or another vial; never count on overfill."
        )
        yield rule_finding("vials-short", "note" if is_small else "caution", sentence, evidence)
        return
    if drawn.vials.count > 1 and _without_smallest(drawn.vials) >= drawn.needed - drawn.dead_space_units:
        sentence = (
            f"One vial is opened only for the loss in the syringes ({case.units(drawn.dead_space_units)})."
        )
        yield rule_finding("vial-for-loss", "note", sentence, evidence)


def _without_smallest(vials: VialChoice) -> Fraction:
    """What the opened vials would hold with one fewer, the smallest of them left closed."""
    return Fraction(vials.label_units - min(size.label_units for size, _ in vials.opened))
