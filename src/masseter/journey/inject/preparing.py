"""A treatment before it is signed: the vials as they will be, the points with their vials, every finding."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from masseter.core.findings import Finding, Override, spread_reasons, still_blocking
from masseter.core.inject.check import check_treatment, plan_as_given
from masseter.core.inject.types import (
    Approval,
    ApprovedPlan,
    GivenPoint,
    LeftOut,
    TimeOut,
    VialState,
)
from masseter.core.inject.types import Consent as CoreConsent
from masseter.core.plan.reconstitute import DilutionMissing, DrawUp, draw_up
from masseter.core.plan.types import Earlier, PatientSafety, PlannedPoint
from masseter.journey.consult.models import Consent
from masseter.journey.consult.queries import consents_of, elsewhere_of, valid_consent
from masseter.journey.ground.actor import Actor
from masseter.journey.inject.vials import vial_of_each, vial_state
from masseter.journey.plan.drafts import draft_of
from masseter.journey.plan.models import Plan
from masseter.journey.plan.safety import earlier_of, reasons_of, safety_of
from masseter.journey.stock.ledger import Opening
from masseter.journey.stock.models import Vial
from masseter.knowledge.load import load


@dataclass(frozen=True, kw_only=True)
class Given:
    """What was given at one point. `planned` is the plan's point that it carries out, '' for an added one.

    `vial_id` None lets the vials be filled in order.
    """

    point: PlannedPoint
    planned: str = ""
    reason: str = ""
    vial_id: int | None = None


@dataclass(frozen=True, kw_only=True)
class Session:
    """Everything that is recorded of a treatment.

    `openings` are for vials that are still sealed. `discarded` is what was counted as thrown away, by
    vial. `injector_id` None: who signs has injected, or in a correction whoever the record names.
    `taps_seen` is the newest tap at the chair that this was drawn from, None where it was drawn from none.
    """

    time_out: TimeOut
    vial_ids: tuple[int, ...]
    openings: Mapping[int, Opening]
    given: tuple[Given, ...]
    left_out: Mapping[str, str]
    started_at: datetime
    ended_at: datetime
    note: str = ""
    reasons: Mapping[str, str] | None = None
    discarded: Mapping[int, Decimal] = field(default_factory=dict)
    injector_id: int | None = None
    taps_seen: int | None = None

    @property
    def skipped(self) -> tuple[LeftOut, ...]:
        """The planned points that were not given, with their reasons."""
        return tuple(LeftOut(planned_id=key, reason=why) for key, why in self.left_out.items())

    @property
    def minutes(self) -> int:
        """Whole minutes from the time-out to the last injection, at least one."""
        return max(-(-int((self.ended_at - self.started_at).total_seconds()) // 60), 1)


@dataclass(frozen=True, kw_only=True)
class Prepared:
    """A treatment with all its findings and what would be booked from each vial."""

    given: tuple[GivenPoint, ...]
    left_out: tuple[LeftOut, ...]
    vials: tuple[VialState, ...]
    findings: tuple[Finding, ...]
    reasons: tuple[Override, ...]
    blocking: tuple[Finding, ...]
    drawn: DrawUp | None
    consent: Consent | None

    def given_from(self, vial_id: str) -> Decimal:
        """The units that these points take from a vial."""
        return sum((point.units for point in self.given if point.vial == vial_id), Decimal(0))


def prepare(
    by: Actor, plan: Plan, session: Session, vials: Sequence[Vial], *, without: Collection[int] = ()
) -> Prepared:
    """Check a treatment as it would be recorded. Nothing is written.

    `without` names vials whose units are not counted as earlier toxin: those of a treatment that is
    being corrected.
    """
    day = session.ended_at.astimezone(ZoneInfo(by.zone)).date()
    states = _states(plan, session, vials, without)
    given = _fill(session.given, states)
    sites, consent = {point.site for point in given}, consent_for(plan)
    patient, earlier = _history(by, plan, sites, day, without)
    findings = check_treatment(
        timeout=session.time_out,
        approved=approved(plan, by.zone),
        given=given,
        left_out=session.skipped,
        vials=states,
        consent=_as_core(consent, plan, by.zone),
        patient=patient,
        knowledge=load(),
        jurisdiction=by.jurisdiction,
        today=day,
        now=session.ended_at,
        began=session.started_at,
        earlier=earlier,
    )
    reasons = (*reasons_of(plan), *spread_reasons(findings, session.reasons or {}, by.name))
    return Prepared(
        given=given,
        left_out=session.skipped,
        vials=states,
        findings=findings,
        reasons=reasons,
        blocking=still_blocking(findings, reasons),
        drawn=_drawn(plan, given),
        consent=consent,
    )


def _history(
    by: Actor, plan: Plan, sites: Collection[str], day: date, without: Collection[int]
) -> tuple[PatientSafety, tuple[Earlier, ...]]:
    """What is known of the patient, and every toxin on record; treatments elsewhere are read once."""
    elsewhere = list(elsewhere_of(plan.case.patient))
    patient, facts = safety_of(
        by, plan.case, product=plan.product, sites=sites, today=day, elsewhere=elsewhere
    )
    return patient, earlier_of(by, plan.case, facts, without, elsewhere)


def approved(plan: Plan, zone: str) -> ApprovedPlan:
    """A stored plan with its approval, as core reads it."""
    approval = None
    if plan.approved_at is not None:
        day = plan.approved_at.astimezone(ZoneInfo(zone)).date()
        approval = Approval(fingerprint=plan.approved_fingerprint, by=plan.approved_by_name, on=day)
    return ApprovedPlan(plan=draft_of(plan), approval=approval)


def consent_for(plan: Plan) -> Consent | None:
    """The consent that a treatment rests on; else the newest one, which the check then refuses."""
    return valid_consent(plan.case, plan.product, plan.diagnosis) or next(iter(consents_of(plan.case)), None)


def _as_core(row: Consent | None, plan: Plan, zone: str) -> CoreConsent | None:
    if row is None:
        return None
    local = ZoneInfo(zone)
    withdrawn: date | None = row.withdrawn_at.astimezone(local).date() if row.withdrawn_at else None
    return CoreConsent(
        condition=plan.case.condition,
        product=row.product,
        diagnosis=row.diagnosis,
        says_licensed=row.says_licensed(plan.product),
        signed_on=row.signed_at.astimezone(local).date(),
        signed_at=row.signed_at,
        withdrawn_on=withdrawn,
        waits_for_visit=row.waits_for_visit,
    )


def _states(
    plan: Plan, session: Session, vials: Sequence[Vial], without: Collection[int]
) -> tuple[VialState, ...]:
    chosen = sorted(vials, key=lambda vial: session.vial_ids.index(vial.pk))
    return tuple(
        vial_state(
            vial,
            plan,
            session.openings.get(vial.pk),
            is_own=vial.pk in without,
            discarded=session.discarded.get(vial.pk),
        )
        for vial in chosen
    )


def _fill(given: Sequence[Given], vials: Sequence[VialState]) -> tuple[GivenPoint, ...]:
    """Each point with its vial."""
    doses = doses_of(given)
    names = vial_of_each(doses, {vial.id: vial.units_left for vial in vials})
    return tuple(
        given_point(each, units, name) for each, (units, _), name in zip(given, doses, names, strict=True)
    )


def doses_of(given: Sequence[Given]) -> list[tuple[Decimal, int | None]]:
    """The units of each point and the vial that was named for it."""
    return [(each.point.units or Decimal(0), each.vial_id) for each in given]


def given_point(each: Given, units: Decimal, vial: str) -> GivenPoint:
    """A point as core reads it when it is given."""
    point = each.point
    return GivenPoint(
        id=point.id,
        site=point.site,
        side=point.side,
        number=point.number,
        view=point.view,
        x=point.x,
        y=point.y,
        units=units,
        vial=vial,
        depth=point.depth,
        route=point.route,
        planned_id=each.planned,
        reason=each.reason,
    )


def _drawn(plan: Plan, given: tuple[GivenPoint, ...]) -> DrawUp | None:
    try:
        return draw_up(plan_as_given(draft_of(plan), given), load())
    except DilutionMissing:
        return None
