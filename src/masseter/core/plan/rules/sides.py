"""A point on a side that the record does not name."""

from __future__ import annotations

from collections.abc import Iterator

from masseter.core.findings import Finding
from masseter.core.plan.case import PlanCase, rule_finding
from masseter.core.plan.where import recorded_side


def check_sides(case: PlanCase) -> Iterator[Finding]:
    """Every point on the other side than history and examination name.

    Only where one side is affected and the scheme treats that one alone; a muscle of its both sides is no
    matter of this rule.
    """
    recorded = recorded_side(case.facts)
    if case.protocol is None or recorded in (None, "both"):
        return
    of_one_side = {part.site for part in case.protocol.sites if part.sides == "affected"}
    for point in case.plan.points:
        if point.site in of_one_side and point.side not in (recorded, "midline"):
            sentence = (
                f"{point.id} lies on the {point.side}; history and examination name the {recorded} side, "
                "and the scheme treats the affected side alone."
            )
            yield rule_finding("side-not-affected", "caution", sentence, case.protocol.evidence, point.id)
