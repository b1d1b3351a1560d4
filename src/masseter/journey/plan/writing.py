"""What the actions on plans have in common: locking, saving, keeping reasons, refusing what is blocked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from masseter.core.findings import Finding, spread_reasons
from masseter.core.plan.lookup import UnknownPresentation, find_presentation, find_product
from masseter.core.plan.types import PlannedPoint
from masseter.journey.consult.models import Case
from masseter.journey.consult.queries import working_diagnosis
from masseter.journey.ground.actor import Actor
from masseter.journey.ground.refusals import Refused
from masseter.journey.plan.checking import Checked
from masseter.journey.plan.drafts import rows_for
from masseter.journey.plan.models import OwnSchemeVersion, Plan, PlanOverride, PlanPoint
from masseter.journey.plan.queries import next_cycle, plan_of, running_plan
from masseter.journey.plan.start import Mix
from masseter.knowledge.load import load

MOST_SAID = 3
NOT_A_DRAFT = "This plan is no longer a draft. Open it for changes first; it then loses its approval."


def may_start(by: Actor, case: Case) -> str:
    """The working diagnosis of a case that may get a plan.

    Raises: Refused for a closed case, a second plan, or a case without diagnosis.
    """
    if case.state != Case.State.OPEN:
        raise Refused("This case is closed. Open it again before planning.")
    if running_plan(by, case) is not None:
        raise Refused("This case has a plan already. Change that one, or withdraw it first.")
    diagnosis = working_diagnosis(case)
    if not diagnosis:
        raise Refused("Choose the working diagnosis first; the protocol depends on it.")
    return diagnosis


def lock(by: Actor, plan: Plan, state: Plan.State = Plan.State.DRAFT, otherwise: str = NOT_A_DRAFT) -> Plan:
    """The plan, locked until the transaction ends. Raises: Refused where it is in another state."""
    locked = Plan.objects.select_for_update().get(clinic_id=by.clinic_id, pk=plan.pk)
    if locked.state != state:
        raise Refused(otherwise)
    return locked


def keep(plan: Plan) -> None:
    """Save a locked plan as its next version, with the knowledge that it was checked with."""
    plan.knowledge_version = load().version
    plan.version += 1
    plan.save()


def fresh(by: Actor, plan: Plan) -> Plan:
    """The plan as it is stored now, with its points."""
    return plan_of(by, plan.pk)


def replace_points(plan: Plan, points: Iterable[PlannedPoint]) -> None:
    """Put these points in the place of the plan's."""
    PlanPoint.objects.filter(plan=plan, clinic_id=plan.clinic_id).delete()
    PlanPoint.objects.bulk_create(rows_for(plan, points))


def place_points(plan: Plan, points: Iterable[PlannedPoint]) -> None:
    """Put these points, placed on today's drawing, in the place of the plan's."""
    plan.map_version = load().face_map.version
    replace_points(plan, points)


def check_size(product: str, presentation: str) -> None:
    """Raises: Refused for a vial size that the product has not. None chosen yet is possible."""
    try:
        if presentation:
            find_presentation(find_product(load(), product), presentation)
    except UnknownPresentation as error:
        raise Refused("Choose a vial size of the list.", field="presentation") from error


def keep_reasons(by: Actor, plan: Plan, checked: Checked, typed: Mapping[str, str]) -> None:
    """Keep each typed reason that is not written down yet, with the sentence that it answers."""
    known = {found.key: checked.reason_for(found) for found in checked.findings}
    new = {key: reason for key, reason in typed.items() if known.get(key) != reason.strip()}
    PlanOverride.objects.bulk_create(
        PlanOverride(
            clinic_id=plan.clinic_id,
            plan=plan,
            patient_id=plan.patient_id,
            finding_code=each.code,
            subject=each.subject,
            sentence=each.sentence or "",
            reason=each.reason,
            by_name=by.name,
        )
        for each in spread_reasons(checked.findings, new, by.name)
    )


def refuse_blocked(checked: Checked) -> None:
    """Raises: Refused with what still blocks the plan, stops before cautions."""
    if checked.blocking:
        is_stop = checked.blocking[0].is_stop
        what = "This stops the plan" if is_stop else "This needs a change or a written reason"
        raise Refused(f"{what}: {said(checked.blocking)}")


def said(blocking: Sequence[Finding]) -> str:
    """The gravest findings in one text, and how many more there are."""
    gravest = [found for found in blocking if found.severity == blocking[0].severity][:MOST_SAID]
    more = len(blocking) - len(gravest)
    sentences = " ".join(dict.fromkeys(found.sentence for found in gravest))
    return f"{sentences} There {'is' if more == 1 else 'are'} {more} more below." if more else sentences


def told(checked: Checked) -> dict[str, object]:
    """What the audit trail tells of a checked plan."""
    whole = checked.totals.whole
    return {
        "product": checked.draft.product,
        "points": whole.points,
        "units": whole.units,
        "cautions": sorted({found.code for found in checked.findings if found.severity == "caution"}),
    }


def new_plan(
    by: Actor,
    case: Case,
    *,
    protocol: str,
    product: str,
    mix: Mix,
    diagnosis: str,
    note: str,
    own: OwnSchemeVersion | None = None,
) -> Plan:
    """A draft without points yet."""
    knowledge = load()
    return Plan.objects.create(
        clinic_id=by.clinic_id,
        case=case,
        patient_id=case.patient_id,
        cycle=next_cycle(case),
        condition=case.condition,
        diagnosis=diagnosis,
        protocol=protocol,
        own_version=own,
        product=product,
        presentation=mix.presentation,
        diluent_ml=mix.diluent_ml,
        graduation_ml=knowledge.practice.graduation_ml.value,
        note=note,
        knowledge_version=knowledge.version,
        map_version=knowledge.face_map.version,
        drafted_by_name=by.name,
    )
