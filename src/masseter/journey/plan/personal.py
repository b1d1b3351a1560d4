"""A scheme made personal for a stored case, and what was changed by that, kept with the plan."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal

from masseter.core.plan.lookup import as_side
from masseter.core.plan.personal import ForWhom, Lowered, Personal, Reason, propose_plan
from masseter.core.plan.propose import AffectedSide, Skipped
from masseter.journey.consult.models import Case
from masseter.journey.consult.queries import elsewhere_of
from masseter.journey.ground.actor import Actor
from masseter.journey.plan.models import Plan
from masseter.journey.plan.safety import earlier_of, safety_of
from masseter.journey.plan.writing import replace_points
from masseter.knowledge.load import load


@dataclass(frozen=True, kw_only=True)
class Wishes:
    """What was chosen for a proposal: side and optional muscles."""

    affected_side: AffectedSide | None = None
    one_sided: bool = False
    include_optional: Collection[str] = ()


def personal_for(
    by: Actor, case: Case, *, protocol: str, product: str, diagnosis: str, today: date, wishes: Wishes
) -> Personal:
    """What is proposed for a case as it stands today.

    Raises: Refused without a birth date.
    """
    elsewhere = list(elsewhere_of(case.patient))
    safety, facts = safety_of(by, case, product=product, sites=(), today=today, elsewhere=elsewhere)
    return propose_plan(
        protocol=protocol,
        product=product,
        knowledge=load(),
        patient=ForWhom(
            safety=safety,
            jurisdiction=by.jurisdiction,
            today=today,
            diagnosis=diagnosis,
            earlier=earlier_of(by, case, facts, elsewhere=elsewhere),
        ),
        affected_side=wishes.affected_side,
        one_sided=wishes.one_sided,
        include_optional=wishes.include_optional,
    )


def keep_proposal(plan: Plan, proposal: Personal) -> None:
    """Give a new draft its points, and keep what was changed of the scheme and why."""
    plan.left_out = [asdict(each) for each in proposal.skipped]
    plan.lowered = [_lowered_row(each) for each in proposal.lowered]
    plan.could_lower = list(proposal.asks)
    plan.save(update_fields=["left_out", "lowered", "could_lower"])
    replace_points(plan, proposal.points)


def left_out_of(plan: Plan) -> tuple[Skipped, ...]:
    """What was left out of the scheme when the plan was drafted, and why."""
    return tuple(
        Skipped(
            site=row["site"],
            side=as_side(row["side"]),
            reason=row["reason"],
            points=tuple(row["points"]),
            sources=tuple(row.get("sources", ())),
        )
        for row in plan.left_out
    )


def lowered_of(plan: Plan) -> tuple[Lowered, ...]:
    """What was lowered when the plan was drafted, and why."""
    return tuple(
        Lowered(
            site=row["site"],
            side=as_side(row["side"]),
            points=tuple(row["points"]),
            was=Decimal(row["was"]),
            now=Decimal(row["now"]),
            reasons=tuple(
                Reason(
                    code=each["code"],
                    sentence=each["sentence"],
                    sources=tuple(each["sources"]),
                    sure=each["sure"],
                )
                for each in row["reasons"]
            ),
        )
        for row in plan.lowered
    )


def _lowered_row(each: Lowered) -> dict[str, object]:
    return {**asdict(each), "was": str(each.was), "now": str(each.now)}
