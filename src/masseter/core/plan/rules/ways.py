"""Whether a point goes as deep as its scheme or its site says."""

from __future__ import annotations

from collections.abc import Iterator

from masseter.core.findings import Finding
from masseter.core.plan.case import PlanCase, rule_finding
from masseter.core.plan.ways import depth_code, way_of


def check_ways(case: PlanCase) -> Iterator[Finding]:
    """A note for each point whose depth was chosen otherwise."""
    for point in case.plan.points:
        chosen = depth_code(point.depth)
        if chosen:
            usual = way_of(case.site(point.site), point.number, case.protocol).depth
            sentence = f"{point.id} goes {chosen}, as chosen; the usual way: {usual}"
            yield rule_finding("depth-chosen", "note", sentence, subject=point.id)
