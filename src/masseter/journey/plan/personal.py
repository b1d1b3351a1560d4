"""What a proposal did otherwise than its scheme, as it is kept with the plan that was drafted from it."""

from __future__ import annotations

from masseter.core.plan.propose import Proposal, Skipped
from masseter.journey.plan.drafts import as_side
from masseter.journey.plan.models import Plan
from masseter.journey.plan.writing import replace_points


def keep_proposal(plan: Plan, proposal: Proposal) -> None:
    """Give a new draft its points, and keep what was left out of the scheme and why."""
    plan.left_out = [_row(each) for each in proposal.skipped]
    plan.save(update_fields=["left_out"])
    replace_points(plan, proposal.points)


def left_out_of(plan: Plan) -> tuple[Skipped, ...]:
    """What was left out of the scheme when the plan was drafted, and why."""
    return tuple(
        Skipped(
            site=row["site"], side=as_side(row["side"]), reason=row["reason"], points=tuple(row["points"])
        )
        for row in plan.left_out
    )


def _row(each: Skipped) -> dict[str, object]:
    return {"site": each.site, "side": each.side, "reason": each.reason, "points": list(each.points)}
