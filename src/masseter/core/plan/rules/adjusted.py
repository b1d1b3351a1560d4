"""Whether a plan gives more than what this patient's risks would let it start with.

A proposal is lowered by the same adjustments; here they meet a plan that was repeated, changed by hand, or
drafted before a risk was known. Source: DESIGN, L1.
"""

from __future__ import annotations

from collections.abc import Iterator

from masseter.core.answers import evaluate
from masseter.core.findings import Finding
from masseter.core.plan.case import PlanCase, rule_finding
from masseter.core.plan.personal import concerns, lowered_start
from masseter.core.plan.propose import part_of, start_of
from masseter.core.plan.types import PlannedPoint
from masseter.knowledge.model import Adjustment, Severity


def check_adjustments(case: PlanCase) -> Iterator[Finding]:
    """Points that a risk would leave out, and doses above the start that it would leave."""
    for rule in case.knowledge.adjustments:
        if evaluate(rule.when, case.facts).is_met:
            for point in case.plan.points:
                if concerns(rule, point, case.knowledge):
                    yield from _judged(rule, point, case)


def _judged(rule: Adjustment, point: PlannedPoint, case: PlanCase) -> Iterator[Finding]:
    if rule.does == "leave_out":
        yield rule_finding(
            "point-at-risk", "caution", f"{point.id}: {rule.sentence}", rule.evidence, point.id
        )
        return
    scheme = case.protocol
    part = part_of(scheme, point) if scheme and scheme.product == case.product.key else None
    if scheme is None or part is None or point.units is None:
        return
    step = case.product.unit_step
    start = start_of(part, scheme, step)
    most = lowered_start(rule, start, low=part.units_per_point.low, step=step)
    if point.units > most:
        # Within the published range a note is enough; more than the share of a small or weak muscle is not.
        severity: Severity = "note" if rule.does == "low_end" else "caution"
        sentence = (
            f"{point.id} gets {case.units(point.units)}; for this patient {case.units(most)} would be the "
            f"start. {rule.sentence}"
        )
        yield rule_finding("dose-not-lowered", severity, sentence, rule.evidence, point.id)
