"""Keeping a photograph, and taking one out again."""

from __future__ import annotations

from masseter.journey.audit.trail import record
from masseter.journey.consult.models import Case
from masseter.journey.consult.photograph_consents import photograph_consent_in_force
from masseter.journey.ground import clock, vault
from masseter.journey.ground.action import action
from masseter.journey.ground.actor import Actor
from masseter.journey.ground.refusals import Refused
from masseter.journey.ground.rights import Right
from masseter.journey.people.models import Patient
from masseter.journey.results.models import Photograph
from masseter.journey.results.photographs.cleaning import clean
from masseter.journey.results.photographs.queries import sealed_for
from masseter.journey.results.queries import treatment_days

NO_CONSENT = "The patient has not consented to photographs, or has withdrawn it. Take the consent first."


@action(Right.TAKE_PHOTOGRAPHS)
def keep_photograph(*, by: Actor, case: Case, pose: str, content: bytes) -> Photograph:
    """Keep a picture of the face, cleaned and sealed, under the consent that is in force.

    Raises: Refused without a consent, for an unknown pose, or for a file that is no fitting picture.
    """
    # A withdrawal at the same moment waits until the picture is kept, or comes first.
    patient = Patient.objects.select_for_update().get(pk=case.patient_id)
    consent = photograph_consent_in_force(patient)
    if consent is None:
        raise Refused(NO_CONSENT)
    if pose not in Photograph.Pose.values:
        raise Refused("Choose one of the four poses.")
    picture = clean(content)
    days = treatment_days(case)
    photograph = Photograph(
        clinic_id=by.clinic_id,
        case=case,
        patient=patient,
        consent=consent,
        pose=pose,
        cycle=len(days),
        days_after=max(0, (clock.today(by.zone) - days[-1]).days) if days else None,
        taken_at=clock.now(),
        taken_by_name=by.name,
        width=picture.width,
        height=picture.height,
    )
    photograph.file = vault.put(picture.content, sealed_for(photograph))
    photograph.save(force_insert=True)
    record(by=by, what="photograph.kept", on=photograph, data={"pose": pose, "cycle": photograph.cycle})
    return photograph


@action(Right.TAKE_PHOTOGRAPHS)
def take_out_photograph(*, by: Actor, photograph: Photograph, reason: str) -> Photograph:
    """Take out a photograph that should not be there; it stays sealed and is shown to nobody.

    Raises: Refused without a reason, or where it was taken out already.
    """
    if photograph.withdrawn_at is not None:
        raise Refused("This photograph was taken out already.")
    if not reason.strip():
        raise Refused("Write why the photograph should not be there.", field="reason")
    photograph.withdrawn_at, photograph.withdrawn_by_name = clock.now(), by.name
    photograph.withdrawn_reason = reason.strip()
    photograph.save(update_fields=["withdrawn_at", "withdrawn_by_name", "withdrawn_reason"])
    record(by=by, what="photograph.taken_out", on=photograph, why=reason.strip())
    return photograph
