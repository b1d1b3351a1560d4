"""Whether a point lies in the middle of the upper lid or in the medial lower lid.

Toxin there reaches the lid's lifter (drooping lid) or the inferior oblique (double vision).
Source: L4, L5, P5.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from masseter.core.findings import Finding
from masseter.core.plan.case import PlanCase, rule_finding
from masseter.core.plan.types import PlannedPoint
from masseter.knowledge.model import MapPoint

_SITE = "orbicularis_oculi"
_UPPER_MEDIAL, _UPPER_LATERAL, _LOWER_LATERAL, _CORNER = "1", "2", "3", "4"


@dataclass(frozen=True, kw_only=True)
class _Lid:
    """The standard points of one eye, by number, on the front view."""

    points: dict[str, MapPoint]

    def medial_share(self, point: PlannedPoint, lateral: str) -> Fraction:
        """How far medial a point is: 0 at the lateral standard point of its lid, 1 at the medial one."""
        outer, inner = Fraction(self.points[lateral].x), Fraction(self.points[_UPPER_MEDIAL].x)
        return (Fraction(point.x) - outer) / (inner - outer)

    def is_upper(self, point: PlannedPoint) -> bool:
        """The point lies above the lateral corner of the eye."""
        return point.y < self.points[_CORNER].y


def check_eyelids(case: PlanCase) -> Iterator[Finding]:
    """Points in the parts of the lids that are to be left free."""
    practice = case.knowledge.practice
    for point in case.plan.points:
        lid = _lid(point, case)
        if lid is None:
            continue
        if lid.is_upper(point):
            off_middle = abs(lid.medial_share(point, _UPPER_LATERAL) - Fraction(1, 2))
            if off_middle * 2 <= Fraction(practice.lid_middle_share.value):
                sentence = f"{point.id} is in the middle of the upper lid; the lid may droop."
                evidence = practice.lid_middle_share.evidence
                yield rule_finding("upper-lid-middle", "caution", sentence, evidence, point.id)
        elif lid.medial_share(point, _LOWER_LATERAL) >= 1 - Fraction(practice.lid_medial_share.value):
            sentence = f"{point.id} is in the medial part of the lower lid; double vision may follow."
            evidence = practice.lid_medial_share.evidence
            yield rule_finding("lower-lid-medial", "caution", sentence, evidence, point.id)


def _lid(point: PlannedPoint, case: PlanCase) -> _Lid | None:
    """The lid of a point around the eye, seen from the front; None for any other point."""
    if point.site != _SITE or point.view != "front":
        return None
    mapped = case.site(point.site).points
    points = {each.number: each for each in mapped if (each.side, each.view) == (point.side, "front")}
    wanted = {_UPPER_MEDIAL, _UPPER_LATERAL, _LOWER_LATERAL, _CORNER}
    return _Lid(points=points) if wanted <= points.keys() else None
