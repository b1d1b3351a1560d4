"""MedicationRequest, Procedure, Medication, MedicationAdministration, MedicationStatement, Consent."""

from __future__ import annotations

from decimal import Decimal

from masseter.fhir.parts import (
    Part,
    Resource,
    Told,
    attachment,
    concept,
    day,
    dose,
    filled,
    identity,
    link,
    links,
    millilitres,
    note,
    of_hl7,
    resource,
)
from masseter.journey.consult.models import Case, Consent, ElsewhereTreatment
from masseter.journey.consult.standing import SignedConsent
from masseter.journey.inject.models import GivenPoint, Sitting, Treatment, VialUse
from masseter.journey.plan.models import Plan, PlanPoint
from masseter.knowledge.load import load
from masseter.ui.areas import area_words
from masseter.ui.words import product_words

REQUESTS = {
    "draft": "draft",
    "proposed": "draft",
    "approved": "active",
    "given": "completed",
    "withdrawn": "cancelled",
}


def product(key: str) -> Part:
    """A product as a code; never the code of the toxin alone, which would make brands look alike."""
    known = load().products.get(key)
    return concept("product", key or "unknown", known.brand if known else key, known.codes if known else ())


def site(code: str, side: str) -> Part:
    """A muscle or area with its side."""
    return concept("site", f"{code}.{side}", area_words(code, side))


def plan(told: Told, row: Plan) -> Resource:
    """What is to be injected, a line for each point."""
    points = [each for each in told.record.of(PlanPoint) if each.plan_id == row.pk]
    return resource(
        "MedicationRequest",
        identity(row),
        status=REQUESTS[row.state],
        statusReason={"text": row.withdrawn_reason} if row.withdrawn_reason else None,
        intent="order" if row.approved_at else "proposal",
        medicationCodeableConcept=product(row.product),
        subject=told.patient,
        authoredOn=told.at(row.created_at),
        requester=told.practitioner(row.approved_by_name or row.drafted_by_name),
        reasonReference=links("Condition", Case, row.case_id),
        note=note(row.off_label_reason, row.note),
        dosageInstruction=[_instruction(at, each, row.product) for at, each in enumerate(points, 1)],
    )


def _instruction(at: int, point: PlanPoint, key: str) -> Part:
    rate = [{"doseQuantity": dose(point.units, key)}] if point.units is not None else []
    return filled(sequence=at, text=point.label, site=site(point.site, point.side), doseAndRate=rate)


def treatment(told: Told, row: Treatment) -> Resource:
    """One signed treatment. A version that an amendment superseded is marked as such and kept."""
    is_old = any(each.supersedes_id == row.pk for each in told.record.of(Treatment))
    uses = [each for each in told.record.of(VialUse) if each.treatment_id == row.pk]
    return resource(
        "Procedure",
        identity(row),
        status="entered-in-error" if is_old else "completed",
        code=concept("procedure", "toxin-injection", f"Injection of {product_words(row.product)}"),
        subject=told.patient,
        performedPeriod={"start": told.at(row.started_at), "end": told.at(row.given_at)},
        recorder=told.practitioner(row.signed_by_name) if row.signed_by_name else None,
        performer=[{"actor": told.practitioner(row.injector_name), "onBehalfOf": told.organization}],
        reasonReference=links("Condition", Case, row.case_id),
        note=note(row.note, row.amendment_reason, *(_used(use) for use in uses), *_left_out(row)),
    )


def _used(use: VialUse) -> str:
    numbers = (use.drawn_units, use.given_units, use.discarded_units)
    drawn, given, gone = (f"{each.normalize():f}" for each in numbers)
    return f"Lot {use.vial.lot.number}: {drawn} units drawn, {given} given, {gone} thrown away."


def _left_out(row: Treatment) -> list[str]:
    return [f"Planned and not given: {each['point']}. {each['reason']}" for each in row.left_out]


def sitting(told: Told, row: Sitting) -> Resource:
    """A time at the chair that ended without a treatment, or is under way."""
    is_over = row.outcome == Sitting.Outcome.SET_ASIDE
    return resource(
        "Procedure",
        identity(row),
        status="not-done" if is_over else "in-progress",
        statusReason={"text": row.set_aside_reason} if row.set_aside_reason else None,
        code=concept("procedure", "toxin-injection", "Injection of botulinum toxin"),
        subject=told.patient,
        performedDateTime=told.at(row.begun_at),
        performer=[{"actor": told.practitioner(row.begun_by_name)}],
    )


def vial(told: Told, row: VialUse) -> Resource:
    """The product with its lot, as it was in one vial."""
    lot = row.vial.lot
    return resource(
        "Medication",
        identity(row),
        code=product(lot.product),
        manufacturer=None,
        batch={"lotNumber": lot.number, "expirationDate": day(lot.expires_on)},
    )


def given(told: Told, row: GivenPoint) -> Resource:
    """What was given at one point."""
    owner = next(each for each in told.record.of(Treatment) if each.pk == row.treatment_id)
    is_old = any(each.supersedes_id == owner.pk for each in told.record.of(Treatment))
    use = next(
        (
            each.pk
            for each in told.record.of(VialUse)
            if (each.treatment_id, each.vial_id) == (row.treatment_id, row.vial_id)
        ),
        None,
    )
    medication = link("Medication", VialUse, use)
    return resource(
        "MedicationAdministration",
        identity(row),
        partOf=links("Procedure", Treatment, row.treatment_id),
        status="entered-in-error" if is_old else "completed",
        **(
            {"medicationReference": medication}
            if medication
            else {"medicationCodeableConcept": product(owner.product)}
        ),
        subject=told.patient,
        effectiveDateTime=told.at(owner.given_at),
        performer=[{"actor": told.practitioner(owner.injector_name)}],
        reasonReference=links("Condition", Case, owner.case_id),
        dosage=_dosage(row, owner.product),
        note=note(row.reason, *_volume(row.volume_ml)),
    )


def _dosage(row: GivenPoint, key: str) -> Part:
    return filled(
        text=f"{row.label}: {area_words(row.site, row.side)}",
        site=site(row.site, row.side),
        route=concept("route", row.route, row.route) if row.route else None,
        method={"text": row.depth} if row.depth else None,
        dose=dose(row.units, key),
    )


def _volume(ml: Decimal | None) -> list[str]:
    told = millilitres(ml)
    return [f"Volume {told['value']} {told['unit']}."] if told else []


def elsewhere(told: Told, row: ElsewhereTreatment) -> Resource:
    """Toxin that was given in another place, as far as it is known."""
    amount = [{"doseAndRate": [{"doseQuantity": dose(row.units, row.product)}]}] if row.units else []
    return resource(
        "MedicationStatement",
        identity(row),
        status="entered-in-error" if row.withdrawn_at else "completed",
        statusReason=[{"text": row.withdrawn_reason}] if row.withdrawn_reason else [],
        medicationCodeableConcept=product(row.product),
        subject=told.patient,
        effectiveDateTime=f"{row.given_on:%Y-%m}" if row.is_date_approximate else day(row.given_on),
        informationSource=told.author(row.recorded_by_name),
        reasonCode=[{"text": row.reason}] if row.reason else [],
        note=note(row.where),
        dosage=amount,
    )


def consent(told: Told, row: SignedConsent) -> Resource:
    """A signed consent with the very text that was read."""
    text = "\n\n".join("\n".join([each["title"], *each["paragraphs"]]) for each in row.body)
    kind = type(row).__name__
    scope = {"Consent": "treatment", "ResearchConsent": "research"}.get(kind, "patient-privacy")
    about = row.case.condition if isinstance(row, Consent) else row._meta.verbose_name
    return resource(
        "Consent",
        identity(row),
        status="inactive" if row.is_withdrawn else "active",
        scope=of_hl7("consentscope", scope),
        category=[concept("consent", kind, str(about))],
        patient=told.patient,
        dateTime=told.at(row.signed_at),
        performer=[told.patient],
        organization=[told.organization],
        sourceAttachment=attachment(
            text.encode(), "text/plain; charset=utf-8", f"Version {row.text_version}"
        ),
        policyRule={"text": "The text that was signed, which is attached."},
        provision=_withdrawn(told, row),
    )


def _withdrawn(told: Told, row: SignedConsent) -> Part | None:
    if not row.is_withdrawn:
        return None
    return {"type": "deny", "period": {"start": told.at(row.withdrawn_at)}}
