"""The fingerprint of a plan: the same for the same plan, another one after any change of what is given."""

from __future__ import annotations

import hashlib
import json
from decimal import Decimal

from masseter.core.plan.types import PlanDraft, PlannedPoint


def plan_fingerprint(plan: PlanDraft) -> str:
    """The SHA-256 of all that decides what is injected; the order of the points makes no difference."""
    told = {
        "product": plan.product,
        "presentation": plan.presentation,
        "protocol": plan.protocol,
        "condition": plan.condition,
        "diagnosis": plan.diagnosis,
        "diluent_ml": _number(plan.diluent_ml),
        "label_units": _number(plan.label_units),
        "graduation_ml": _number(plan.graduation_ml),
        "off_label_reason": plan.off_label_reason.strip(),
        "points": sorted(_point(point) for point in plan.points),
    }
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()


def _point(point: PlannedPoint) -> list[str]:
    placed = [point.id, point.site, point.side, point.number, point.view, _number(point.x), _number(point.y)]
    return [*placed, _number(point.units), point.depth, point.route, point.product]


def _number(number: Decimal | None) -> str:
    """A number without regard to trailing zeros, and empty when it is not there."""
    return "" if number is None else f"{number.normalize():f}"
