"""Whether each point lies far enough inside its muscle and away from what is at risk.

Source: T50, P3a, P5.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from masseter.core.findings import Finding
from masseter.core.plan.case import PlanCase, rule_finding
from masseter.core.plan.lookup import find_view
from masseter.core.plan.outline import STEPS, is_inside, is_nearer, spot
from masseter.core.plan.types import PlannedPoint
from masseter.core.quantities import plain
from masseter.knowledge.model import Border, FaceMapView, Knowledge, Region


def check_borders(case: PlanCase) -> Iterator[Finding]:
    """A point outside the drawn outline of its muscle, or too near to its border."""
    for point in case.plan.points:
        site = case.site(point.site)
        if site.border is None or point.view not in site.border.views:
            continue
        drawn = [each for each in site.regions if (each.side, each.view) == (point.side, point.view)]
        for region in drawn:
            yield from _one(point, region, site.border, case.knowledge)


def check_kept_from(case: PlanCase) -> Iterator[Finding]:
    """A point too near to a structure from which its site keeps away."""
    for point in case.plan.points:
        for kept in case.site(point.site).keep_from:
            view = find_view(case.knowledge, point.view)
            near = view is not None and any(
                is_nearer(line.path, spot(point.x, point.y), _reach(kept.least_mm.value, view))
                for line in kept.lines
                if line.view == point.view
            )
            if near:
                sentence = (
                    f"{point.id} lies nearer than {plain(kept.least_mm.value)} {kept.least_mm.unit} to the "
                    f"{kept.structure}: {kept.harm}."
                )
                yield rule_finding(
                    "point-near-structure", "caution", sentence, kept.least_mm.evidence, point.id
                )


def _one(point: PlannedPoint, region: Region, border: Border, knowledge: Knowledge) -> Iterator[Finding]:
    at, least, view = spot(point.x, point.y), border.least_mm, find_view(knowledge, region.view)
    if not is_inside(region.path, at):
        sentence = f"{point.id} lies outside the drawn muscle; look at the map again."
        yield rule_finding("point-outside-muscle", "caution", sentence, least.evidence, point.id)
    elif view is not None and is_nearer(region.path, at, _reach(least.value, view)):
        sentence = (
            f"{point.id} lies nearer than {plain(least.value)} {least.unit} to the border of the drawn "
            "muscle; what lies beyond it is at risk."
        )
        yield rule_finding("point-near-border", "caution", sentence, least.evidence, point.id)


def _reach(mm: Decimal, view: FaceMapView) -> int:
    """A distance on a view in steps."""
    return int(mm / view.mm_per_unit * STEPS)
