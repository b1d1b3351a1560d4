"""A case that is ready for toxin, stock, plans and treatments, made by the same actions as real ones."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal

from masseter.core.findings import one_reason
from masseter.core.inject.today import TodayAnswers
from masseter.core.inject.types import TimeOut
from masseter.journey.consult.models import Case
from masseter.journey.ground import clock
from masseter.journey.ground.actor import Actor
from masseter.journey.ground.rights import Role
from masseter.journey.inject.actions import sign_treatment
from masseter.journey.inject.models import Treatment
from masseter.journey.inject.preparing import Given, Session, doses_of
from masseter.journey.inject.vials import rests
from masseter.journey.plan.actions import Drawing, approve_plan, change_plan, draft_plan, propose_plan
from masseter.journey.plan.checking import check
from masseter.journey.plan.drafts import stored_points
from masseter.journey.plan.models import Plan
from masseter.journey.plan.queries import plan_of
from masseter.journey.stock.actions import receive_lot
from masseter.journey.stock.ledger import Opening
from masseter.journey.stock.models import Lot, Vial
from masseter.knowledge.load import load
from tests.factories import make_ready_case

DOCTOR = (Role.INJECTOR, Role.PRESCRIBER, Role.MANAGER)
NOTHING_NEW = TodayAnswers(infection=False, pregnancy=False, news=False)
CONFIRMED = TimeOut(
    identifiers=("name", "birth_date"),
    consent_confirmed=True,
    plan_confirmed=True,
    allergies_confirmed=True,
    today=NOTHING_NEW,
)


def make_lot(
    by: Actor,
    *,
    product: str = "botox",
    presentation: str = "botox-200",
    number: str = "C1234C3",
    expires_on: date | None = None,
    count: int = 2,
) -> Lot:
    """A lot with sealed vials."""
    expires_on = expires_on or clock.today(by.zone) + timedelta(days=300)
    return receive_lot(
        by=by,
        product=product,
        presentation=presentation,
        number=number,
        expires_on=expires_on,
        count=count,
    )


def vials_of(lot: Lot) -> list[Vial]:
    """The vials of a lot."""
    return list(lot.vials.order_by("place"))


def healthy() -> dict[str, object]:
    """Answers that nothing speaks against toxin in."""
    flags = {code: False for code in load().observations if code.startswith("flag_")}
    return {
        **flags,
        "allergies": ("none",),
        "neuromuscular": ("none",),
        "medicine_classes": ("none",),
        "pregnancy": ("none",),
        "swallowing_or_breathing": False,
        "infection_at_site": False,
        "had_toxin_before": False,
    }


MIGRAINE: dict[str, object] = {
    "headache_days": 22,
    "headache_over_3_months": True,
    "attacks_meet_migraine": True,
    "migraine_days": 12,
    "migraine_days_over_3_months": True,
    "headache_explained_otherwise": False,
    "painkiller_days": 4,
    "triptan_days": 2,
    "preventives_tried": ("topiramate", "beta_blocker", "amitriptyline"),
}


def migraine_case(by: Actor, **other: object) -> Case:
    """A case of chronic migraine that nothing stands against, but for what is said otherwise."""
    known = {**healthy(), **MIGRAINE, **other}
    return make_ready_case(by, condition="chronic_migraine", diagnosis="chronic_migraine", **known)


def make_plan(by: Actor, case: Case, protocol: str = "migraine_label_155_botox") -> Plan:
    """A draft from a protocol."""
    return draft_plan(by=by, case=case, protocol=protocol)


def write_reasons(by: Actor, plan: Plan) -> Plan:
    """Save the draft as it is, with a reason against every caution."""
    checked = check(by, plan, today=clock.today(by.zone))
    reasons = one_reason(checked.findings, "As the test asks.")
    return change_plan(
        by=by,
        plan=plan,
        points=stored_points(plan),
        drawing=drawing_of(plan),
        off_label_reason="As the test asks.",
        reasons=reasons,
    )


def drawing_of(plan: Plan) -> Drawing:
    """The draw-up of a stored plan."""
    return Drawing(
        presentation=plan.presentation,
        diluent_ml=plan.diluent_ml,
        graduation_ml=plan.graduation_ml,
        syringes=plan.syringes,
    )


def approved_plan(by: Actor, case: Case | None = None, protocol: str = "migraine_label_155_botox") -> Plan:
    """A plan that may be given."""
    plan = write_reasons(by, make_plan(by, case or migraine_case(by), protocol))
    return approve_plan(by=by, plan=propose_plan(by=by, plan=plan))


def session_for(
    by: Actor,
    plan: Plan,
    vials: list[Vial],
    *,
    given: tuple[Given, ...] | None = None,
    left_out: Mapping[str, str] | None = None,
    time_out: TimeOut = CONFIRMED,
    opened_at: datetime | None = None,
    diluent_ml: Decimal | None = None,
    reasons: Mapping[str, str] | None = None,
    discarded: Mapping[int, Decimal] | None = None,
) -> Session:
    """A treatment as planned, begun and ended now; the rest of each vial counted as thrown away."""
    now = clock.now()
    opening = Opening(at=opened_at or now, diluent_ml=diluent_ml or plan.diluent_ml)
    points = tuple(Given(point=point, planned=point.id) for point in stored_points(plan_of(by, plan.pk)))
    chosen = points if given is None else given
    held = {str(vial.pk): vial.label_units for vial in vials}
    return Session(
        time_out=time_out,
        vial_ids=tuple(vial.pk for vial in vials),
        openings={vial.pk: opening for vial in vials},
        given=chosen,
        left_out=left_out or {},
        started_at=now,
        ended_at=now,
        reasons=reasons,
        discarded=rests(doses_of(chosen), held) if discarded is None else discarded,
    )


def make_treatment(by: Actor, plan: Plan | None = None, vials: list[Vial] | None = None) -> Treatment:
    """A signed treatment, given as planned."""
    plan = plan or approved_plan(by)
    vials = vials or vials_of(make_lot(by))[:1]
    return sign_treatment(by=by, plan=plan, session=session_for(by, plan, vials))
