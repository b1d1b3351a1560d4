"""The check of a stored plan, with totals and draw-up: read fresh, decided in core."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from masseter.core.findings import Finding, Override, spread_reasons, still_blocking, written_for
from masseter.core.plan.case import open_case
from masseter.core.plan.check import check_case
from masseter.core.plan.gauges import Gauge, gauges
from masseter.core.plan.reconstitute import DrawUp
from masseter.core.plan.totals import Totals, add_up
from masseter.core.plan.types import PlanDraft, PlannedPoint
from masseter.journey.consult.queries import elsewhere_of
from masseter.journey.ground.actor import Actor
from masseter.journey.plan.drafts import draft_of
from masseter.journey.plan.models import Plan
from masseter.journey.plan.safety import earlier_of, reasons_of, safety_of, stock_of
from masseter.knowledge.load import load


@dataclass(frozen=True, kw_only=True)
class Checked:
    """A plan with all its findings; `blocking` are those that still keep it from being approved.

    `typed` are the reasons that came with it, by key, also those whose finding is no longer there.
    """

    draft: PlanDraft
    findings: tuple[Finding, ...]
    reasons: tuple[Override, ...]
    blocking: tuple[Finding, ...]
    totals: Totals
    gauges: tuple[Gauge, ...]
    drawn: DrawUp | None
    typed: Mapping[str, str]

    @property
    def stops(self) -> tuple[Finding, ...]:
        return tuple(found for found in self.findings if found.is_stop)

    def reason_for(self, finding: Finding) -> str:
        """The reason that was written for going on despite this finding."""
        written = written_for(finding, self.reasons)
        return written.reason if written else ""


def check(
    by: Actor,
    plan: Plan,
    *,
    today: date,
    points: Iterable[PlannedPoint] | None = None,
    typed: Mapping[str, str] | None = None,
) -> Checked:
    """Check a plan as it stands, or with the points and reasons that are being typed.

    `typed` are reasons by the key of the finding that each was written for.
    """
    draft = draft_of(plan, points)
    sites: Collection[str] = {point.site for point in draft.points}
    elsewhere = list(elsewhere_of(plan.case.patient))
    patient, facts = safety_of(
        by, plan.case, product=plan.product, sites=sites, today=today, elsewhere=elsewhere
    )
    case = open_case(
        plan=draft,
        patient=patient,
        knowledge=load(),
        jurisdiction=by.jurisdiction,
        today=today,
        earlier=earlier_of(by, plan.case, facts, elsewhere=elsewhere),
        # What is on the shelf today says nothing about a plan that was given or withdrawn.
        stock=stock_of(by, plan.product, today) if plan.is_running else None,
    )
    findings = check_case(case)
    reasons = (*reasons_of(plan), *spread_reasons(findings, typed or {}, by.name))
    return Checked(
        draft=draft,
        findings=findings,
        reasons=reasons,
        blocking=still_blocking(findings, reasons),
        totals=add_up(draft.points, draft.product),
        gauges=gauges(case),
        drawn=case.drawn,
        typed=typed or {},
    )
