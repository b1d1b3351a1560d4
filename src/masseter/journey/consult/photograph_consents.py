"""Reading the consents to photographs."""

from __future__ import annotations

from masseter.journey.consult.models import PhotographConsent
from masseter.journey.consult.standing_consents import in_force, standing_consent_of, standing_consents_of
from masseter.journey.ground.actor import Actor
from masseter.journey.people.models import Patient


def photograph_consents_of(patient: Patient) -> list[PhotographConsent]:
    """Every consent of a patient to photographs, the newest first."""
    return standing_consents_of(PhotographConsent, patient)


def photograph_consent_in_force(patient: Patient) -> PhotographConsent | None:
    """The newest consent to photographs that was not withdrawn."""
    return in_force(PhotographConsent, patient)


def photograph_consent_of(by: Actor, pk: int) -> PhotographConsent:
    """One consent to photographs; a patient finds their own only.

    Raises: NotHere.
    """
    return standing_consent_of(PhotographConsent, by, pk)
