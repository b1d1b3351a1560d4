"""From a case file to a treatment as `core` takes it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from masseter.cli.case.planning import Planned
from masseter.cli.case.problems import Path
from masseter.cli.case.reading import Case
from masseter.cli.case.shape import Given, Treatment, Vial
from masseter.core.inject.today import TodayAnswers
from masseter.core.inject.types import (
    Approval,
    ApprovedPlan,
    Consent,
    GivenPoint,
    LeftOut,
    TimeOut,
    VialState,
)
from masseter.core.plan.types import PlannedPoint
from masseter.core.quantities import QuantityError


@dataclass(frozen=True, kw_only=True)
class Treated:
    """A treatment from a case file."""

    timeout: TimeOut
    approved: ApprovedPlan
    given: tuple[GivenPoint, ...]
    left_out: tuple[LeftOut, ...]
    vials: tuple[VialState, ...]
    consent: Consent | None
    began: datetime | None
    ended: datetime


def read_treatment(case: Case, planned: Planned) -> Treated:
    """The treatment of a case. Raises: BadCase."""
    told = case.file.treatment
    if told is None:
        raise case.need("treatment")
    points = {point.id: point for point in planned.draft.points}
    return Treated(
        timeout=TimeOut(
            identifiers=tuple(told.time_out.identifiers),
            consent_confirmed=told.time_out.consent,
            plan_confirmed=told.time_out.plan,
            allergies_confirmed=told.time_out.allergies,
            today=TodayAnswers(
                infection=told.time_out.infection,
                pregnancy=told.time_out.pregnancy,
                news=told.time_out.news,
            ),
        ),
        approved=ApprovedPlan(plan=planned.draft, approval=_approval(told)),
        given=tuple(_given(case, each, number, points) for number, each in enumerate(told.given)),
        left_out=tuple(LeftOut(planned_id=each.point, reason=each.reason) for each in told.left_out),
        vials=tuple(_vial(case, each, number) for number, each in enumerate(told.vials)),
        consent=_consent(told),
        began=told.began,
        ended=told.ended,
    )


def _approval(told: Treatment) -> Approval | None:
    if told.approval is None:
        return None
    return Approval(fingerprint=told.approval.fingerprint, by=told.approval.by, on=told.approval.on)


def _consent(told: Treatment) -> Consent | None:
    if told.consent is None:
        return None
    return Consent(
        condition=told.consent.condition,
        product=told.consent.product,
        diagnosis=told.consent.diagnosis,
        says_licensed=told.consent.says_licensed,
        signed_on=told.consent.signed_on,
        withdrawn_on=told.consent.withdrawn_on,
    )


def _given(case: Case, given: Given, number: int, points: dict[str, PlannedPoint]) -> GivenPoint:
    path: Path = ("treatment", "given", number)
    planned = points.get(given.point if given.planned is None else given.planned)
    if planned is None:
        raise case.fault((*path, "point"), f"the plan has no point called {given.point!r}")
    try:
        return GivenPoint(
            id=given.point,
            site=planned.site,
            side=planned.side,
            number=planned.number,
            view=planned.view,
            x=planned.x,
            y=planned.y,
            units=given.units,
            vial=given.vial,
            depth=planned.depth,
            route=planned.route,
            planned_id=planned.id,
            reason=given.reason,
        )
    except QuantityError as error:
        raise case.fault((*path, "units"), str(error)) from None


def _vial(case: Case, vial: Vial, number: int) -> VialState:
    sizes = {size.key: size for size in case.knowledge.products[vial.product].presentations}
    if vial.presentation not in sizes:
        sentence = f"{vial.product} has no size called {vial.presentation!r}; it has: {', '.join(sizes)}"
        raise case.fault(("treatment", "vials", number, "presentation"), sentence)
    try:
        return VialState(
            id=vial.id,
            product=vial.product,
            presentation=vial.presentation,
            label_units=sizes[vial.presentation].label_units,
            lot=vial.lot,
            expires_on=vial.expires_on,
            status=vial.status,
            units_left=vial.units_left,
            diluent_ml=vial.diluent_ml,
            reconstituted_at=vial.reconstituted_at,
            used_for_other_patient=vial.used_for_other_patient,
            discarded=vial.discarded,
            diluent=_diluent(case, vial, number),
        )
    except QuantityError as error:
        raise case.fault(("treatment", "vials", number), str(error)) from None


def _diluent(case: Case, vial: Vial, number: int) -> str:
    known = [each.code for each in case.knowledge.practice.diluents]
    if vial.diluent and vial.diluent not in known:
        sentence = f"there is no diluent called {vial.diluent!r}; there are: {', '.join(known)}"
        raise case.fault(("treatment", "vials", number, "diluent"), sentence)
    return vial.diluent
