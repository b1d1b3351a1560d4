"""What of the standard scheme a plan leaves out, in words."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from masseter.core.plan.propose import Skipped
from masseter.journey.plan.models import Plan
from masseter.journey.plan.personal import left_out_of
from masseter.knowledge.load import load


@dataclass(frozen=True, kw_only=True)
class LeftOutLine:
    """One muscle or area that was left out: its name with the sides, the points meant, and the reason."""

    name: str
    points: str
    reason: str


def left_out_lines(plan: Plan, points: Collection[str]) -> list[LeftOutLine]:
    """What was left out of the scheme and is not among the plan's points now; alike sides in one line."""
    groups: dict[tuple[str, str], list[Skipped]] = {}
    for each in left_out_of(plan):
        if not set(each.points) & set(points):
            groups.setdefault((each.site, each.reason), []).append(each)
    return [_line(site, reason, group) for (site, reason), group in groups.items()]


def _line(site: str, reason: str, group: list[Skipped]) -> LeftOutLine:
    known = load().sites.get(site)
    sides = " and ".join(dict.fromkeys(each.side for each in group if each.side != "midline"))
    name = known.name if known else site
    return LeftOutLine(
        name=f"{name}, {sides}" if sides else name,
        points=", ".join(point for each in group for point in each.points),
        reason=reason,
    )
