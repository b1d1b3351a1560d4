"""Reading who may see a patient's record beside the clinic."""

from __future__ import annotations

from masseter.journey.ground.actor import Actor
from masseter.journey.ground.refusals import NotHere
from masseter.journey.people.models import Patient, Proxy


def proxies_of(by: Actor, patient: Patient) -> list[Proxy]:
    """The carers of a patient, those who are invited now first, the newest first."""
    found = Proxy.objects.filter(clinic_id=by.clinic_id, patient_id=patient.pk).order_by("-pk")
    return sorted(found, key=lambda one: one.ended_at is not None)


def proxy_of(by: Actor, pk: int) -> Proxy:
    """One carer of a patient; a patient finds their own carers only.

    Raises: NotHere.
    """
    found = Proxy.objects.filter(clinic_id=by.clinic_id, pk=pk).select_related("patient", "user")
    if by.patient_id is not None:
        found = found.filter(patient_id=by.patient_id)
    row = found.first()
    if row is None:
        raise NotHere("There is no such carer.")
    return row


def own_proxy(by: Actor) -> Proxy:
    """The running invitation by which somebody acts.

    Raises: NotHere for anybody who cares for nobody.
    """
    if by.patient_id is None or by.user_id is None:
        raise NotHere("There is no such invitation.")
    running = Proxy.objects.filter(clinic_id=by.clinic_id, patient_id=by.patient_id, user_id=by.user_id)
    row = running.filter(ended_at=None).select_related("patient").first()
    if row is None:
        raise NotHere("There is no such invitation.")
    return row
