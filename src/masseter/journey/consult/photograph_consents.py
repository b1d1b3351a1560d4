"""Reading the consents to photographs."""

from __future__ import annotations

from masseter.journey.consult.models import PhotographConsent
from masseter.journey.ground.actor import Actor
from masseter.journey.ground.refusals import NotHere
from masseter.journey.people.models import Patient


def photograph_consents_of(patient: Patient) -> list[PhotographConsent]:
    """Every consent of a patient to photographs, the newest first."""
    return list(PhotographConsent.objects.filter(patient=patient).order_by("-signed_at", "-id"))


def photograph_consent_in_force(patient: Patient) -> PhotographConsent | None:
    """The newest consent to photographs that was not withdrawn."""
    held = PhotographConsent.objects.filter(patient=patient, withdrawn_at=None)
    return held.order_by("-signed_at", "-id").first()


def photograph_consent_of(by: Actor, pk: int) -> PhotographConsent:
    """One consent to photographs; a patient finds their own only.

    Raises: NotHere.
    """
    consents = PhotographConsent.objects.filter(clinic_id=by.clinic_id, pk=pk).select_related("patient")
    if by.patient_id is not None:
        consents = consents.filter(patient_id=by.patient_id)
    found = consents.first()
    if found is None:
        raise NotHere("There is no such consent.")
    return found
