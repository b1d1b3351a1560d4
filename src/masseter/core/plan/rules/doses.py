"""Whether the plan has points and a dose of the one product at each."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from masseter.core.findings import Finding
from masseter.core.plan.case import PlanCase, rule_finding


def check_doses(case: PlanCase) -> Iterator[Finding]:
    """Points without dose, with no units, with another product, or finer than the product's step.

    Source: P1, P10, P14.
    """
    if not case.plan.points:
        yield rule_finding("no-points", "stop", "The plan has no injection point yet.")
    for point in case.plan.points:
        if point.product and point.product != case.product.key:
            sentence = f"{point.id} is planned with another product; one treatment uses one product."
            yield rule_finding("two-products", "stop", sentence, case.product.evidence, point.id)
        if point.units is None:
            sentence = f"Type how many {case.product.unit_label} go into {point.id}."
            yield rule_finding("dose-missing", "stop", sentence, subject=point.id)
        elif point.units == 0:
            sentence = f"{point.id} has no units; type a dose or remove the point."
            yield rule_finding("dose-zero", "stop", sentence, subject=point.id)
        elif Fraction(point.units) % Fraction(case.product.unit_step):
            step = case.units(case.product.unit_step)
            sentence = f"The dose of {point.id} is finer than steps of {step}."
            yield rule_finding("dose-too-fine", "caution", sentence, case.product.evidence, point.id)
