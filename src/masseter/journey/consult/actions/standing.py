"""Signing a consent that stands for the person, and withdrawing any."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import TypeVar

from masseter.core.consult.consent import Section, version_of
from masseter.journey.audit.trail import record
from masseter.journey.consult.standing import SignedConsent, StandingConsent
from masseter.journey.consult.standing_consents import in_force
from masseter.journey.ground import clock
from masseter.journey.ground.actor import Actor
from masseter.journey.ground.refusals import Refused
from masseter.journey.people.models import Patient

K = TypeVar("K", bound=StandingConsent)
S = TypeVar("S", bound=SignedConsent)


def sign_standing(
    kind: type[K],
    sections: Sequence[Section],
    what: str,
    *,
    by: Actor,
    patient: Patient,
    signer_name: str,
    text_version: str,
    signature: str,
    has_read: bool,
) -> K:
    """Keep a consent with the very text that was read. `what` names it in the audit trail.

    Raises: Refused where one is in force, the text has changed since it was read, or nobody signs.
    """
    Patient.objects.select_for_update().get(pk=patient.pk)
    if in_force(kind, patient) is not None:
        raise Refused(f"A {kind._meta.verbose_name} is in force already.")
    if text_version != version_of(sections):
        raise Refused("The text has changed since this page was opened. Read it again before signing.")
    if not signer_name.strip():
        raise Refused("Enter the name of the person who signs.", field="signer_name")
    if not has_read:
        raise Refused("Tick the box to say that the text was read and understood.", field="has_read")
    consent = kind._default_manager.create(
        clinic_id=by.clinic_id,
        patient=patient,
        text_version=text_version,
        body=[asdict(section) for section in sections],
        signer_name=signer_name.strip(),
        signature=signature,
        taken_by_name=by.name,
    )
    record(by=by, what=f"{what}.signed", on=consent, data={"text_version": text_version})
    return consent


def withdraw_signed(consent: S, what: str, *, by: Actor, reason: str) -> S:
    """Withdraw a consent.

    Raises: Refused without a reason, or when it was withdrawn already.
    """
    if consent.is_withdrawn:
        raise Refused("This consent was withdrawn already.")
    if not reason.strip():
        raise Refused("Write in a few words why, or that no reason was given.", field="reason")
    consent.withdrawn_at, consent.withdrawn_by_name = clock.now(), by.name
    consent.withdrawn_reason = reason.strip()
    consent.save(update_fields=["withdrawn_at", "withdrawn_by_name", "withdrawn_reason"])
    record(by=by, what=f"{what}.withdrawn", on=consent, why=reason.strip())
    return consent
