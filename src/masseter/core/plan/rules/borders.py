"""Whether each point lies far enough inside its muscle, where publications say how far.

Source: T50.
"""

from __future__ import annotations

from collections.abc import Iterator

from masseter.core.findings import Finding
from masseter.core.plan.case import PlanCase, rule_finding
from masseter.core.plan.lookup import find_view
from masseter.core.plan.outline import STEPS, is_inside, is_nearer, spot
from masseter.core.plan.types import PlannedPoint
from masseter.core.quantities import plain
from masseter.knowledge.model import Border, Knowledge, Region


def check_borders(case: PlanCase) -> Iterator[Finding]:
    """A point outside the drawn outline of its muscle, or too near to its border."""
    for point in case.plan.points:
        site = case.site(point.site)
        if site.border is None or point.view not in site.border.views:
            continue
        drawn = [each for each in site.regions if (each.side, each.view) == (point.side, point.view)]
        for region in drawn:
            yield from _one(point, region, site.border, case.knowledge)


def _one(point: PlannedPoint, region: Region, border: Border, knowledge: Knowledge) -> Iterator[Finding]:
    at, least = spot(point.x, point.y), border.least_mm
    if not is_inside(region.path, at):
        sentence = f"{point.id} lies outside the drawn muscle; look at the map again."
        yield rule_finding("point-outside-muscle", "caution", sentence, least.evidence, point.id)
    elif is_nearer(region.path, at, _steps(border, region, knowledge)):
        sentence = (
            f"{point.id} lies nearer than {plain(least.value)} {least.unit} to the border of the drawn "
            "muscle; what lies beyond it is at risk."
        )
        yield rule_finding("point-near-border", "caution", sentence, least.evidence, point.id)


def _steps(border: Border, region: Region, knowledge: Knowledge) -> int:
    """The distance in steps of the map; 0 on a view that the map does not have."""
    view = find_view(knowledge, region.view)
    return int(border.least_mm.value / view.mm_per_unit * STEPS) if view else 0
