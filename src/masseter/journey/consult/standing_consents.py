"""Reading the consents that stand for the person: to photographs, and to the registry."""

from __future__ import annotations

from datetime import datetime
from typing import TypeVar

from masseter.journey.consult.standing import ResearchConsent, StandingConsent
from masseter.journey.ground.actor import Actor
from masseter.journey.ground.refusals import NotHere
from masseter.journey.people.models import Patient

K = TypeVar("K", bound=StandingConsent)


def standing_consents_of(kind: type[K], patient: Patient) -> list[K]:
    """Every consent of a kind that a patient signed, the newest first."""
    return list(kind._default_manager.filter(patient=patient).order_by("-signed_at", "-id"))


def in_force(kind: type[K], patient: Patient) -> K | None:
    """The newest consent of a kind that was not withdrawn."""
    held = kind._default_manager.filter(patient=patient, withdrawn_at=None)
    return held.order_by("-signed_at", "-id").first()


def standing_consent_of(kind: type[K], by: Actor, pk: int) -> K:
    """One consent of a kind; a patient finds their own only.

    Raises: NotHere.
    """
    consents = kind._default_manager.filter(clinic_id=by.clinic_id, pk=pk).select_related("patient")
    if by.patient_id is not None:
        consents = consents.filter(patient_id=by.patient_id)
    found = consents.first()
    if found is None:
        raise NotHere("There is no such consent.")
    return found


def patients_in_the_registry(clinic_id: int) -> set[int]:
    """The numbers of a clinic's patients whose consent to the registry stands.

    Two records that were merged can hold a consent that stands beside one that was withdrawn later. Then the
    later word counts, which was no.
    """
    told = ResearchConsent.objects.filter(clinic_id=clinic_id)
    yes: dict[int, datetime] = {}
    no: dict[int, datetime] = {}
    for patient, signed, withdrawn in told.values_list("patient_id", "signed_at", "withdrawn_at"):
        words, at = (yes, signed) if withdrawn is None else (no, withdrawn)
        words[patient] = max(words.get(patient, at), at)
    return {patient for patient, at in yes.items() if patient not in no or at > no[patient]}
