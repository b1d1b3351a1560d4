"""Taking and withdrawing the consent to photographs."""

from __future__ import annotations

from dataclasses import asdict

from masseter.core.consult.photographs import SECTIONS, photograph_consent_version
from masseter.journey.audit.trail import record
from masseter.journey.consult.models import PhotographConsent
from masseter.journey.consult.photograph_consents import photograph_consent_in_force
from masseter.journey.ground import clock
from masseter.journey.ground.action import action
from masseter.journey.ground.actor import Actor
from masseter.journey.ground.refusals import Refused
from masseter.journey.ground.rights import Right
from masseter.journey.people.models import Patient


@action(Right.TAKE_CONSENT)
def take_photograph_consent(
    *,
    by: Actor,
    patient: Patient,
    signer_name: str,
    text_version: str,
    signature: str = "",
    has_read: bool = True,
) -> PhotographConsent:
    """Keep a consent to photographs with the very text that was read.

    Raises: Refused where one is in force, the text has changed since it was read, or nobody signs.
    """
    Patient.objects.select_for_update().get(pk=patient.pk)
    if photograph_consent_in_force(patient) is not None:
        raise Refused("A consent to photographs is in force already.")
    if text_version != photograph_consent_version():
        raise Refused("The text has changed since this page was opened. Read it again before signing.")
    if not signer_name.strip():
        raise Refused("Enter the name of the person who signs.", field="signer_name")
    if not has_read:
        raise Refused("Tick the box to say that the text was read and understood.", field="has_read")
    consent = PhotographConsent.objects.create(
        clinic_id=by.clinic_id,
        patient=patient,
        text_version=text_version,
        body=[asdict(section) for section in SECTIONS],
        signer_name=signer_name.strip(),
        signature=signature,
        taken_by_name=by.name,
    )
    record(by=by, what="photograph_consent.signed", on=consent, data={"text_version": text_version})
    return consent


@action(Right.TAKE_CONSENT, Right.OWN_CARE)
def withdraw_photograph_consent(
    *, by: Actor, photograph_consent: PhotographConsent, reason: str
) -> PhotographConsent:
    """Withdraw a consent to photographs; what was taken under it is hidden from then on.

    Raises: Refused without a reason, or when it was withdrawn already.
    """
    consent = photograph_consent
    if consent.is_withdrawn:
        raise Refused("This consent was withdrawn already.")
    if not reason.strip():
        raise Refused("Write in a few words why, or that no reason was given.", field="reason")
    consent.withdrawn_at, consent.withdrawn_by_name = clock.now(), by.name
    consent.withdrawn_reason = reason.strip()
    consent.save(update_fields=["withdrawn_at", "withdrawn_by_name", "withdrawn_reason"])
    record(by=by, what="photograph_consent.withdrawn", on=consent, why=reason.strip())
    return consent
