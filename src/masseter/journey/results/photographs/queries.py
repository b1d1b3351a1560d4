"""Reading photographs: only those that stand, under a consent that holds."""

from __future__ import annotations

from django.db.models import QuerySet

from masseter.journey.consult.models import Case, PhotographConsent
from masseter.journey.ground import vault
from masseter.journey.ground.actor import Actor
from masseter.journey.ground.refusals import NotHere
from masseter.journey.results.models import Photograph

NOT_HERE = "There is no such photograph."


def shown() -> QuerySet[Photograph]:
    """The photographs that may be shown at all: not taken out, and their consent not withdrawn."""
    return Photograph.objects.filter(withdrawn_at=None, consent__withdrawn_at=None)


def photographs_of(case: Case) -> list[Photograph]:
    """The photographs of a case that may be shown, the oldest first."""
    return list(shown().filter(case=case).order_by("taken_at", "id"))


def photographs_under(consent: PhotographConsent) -> list[Photograph]:
    """The photographs that stand under one consent, the newest first; none once it is withdrawn."""
    found = shown().filter(consent=consent).select_related("case")
    return list(found.order_by("-taken_at", "-id"))


def hidden_count(case: Case) -> int:
    """How many photographs of a case are kept and shown to nobody, since their consent was withdrawn."""
    kept = Photograph.objects.filter(case=case, withdrawn_at=None)
    return kept.exclude(consent__withdrawn_at=None).count()


def photograph_of(by: Actor, pk: int) -> Photograph:
    """One photograph that may be shown; a patient finds their own only.

    Raises: NotHere.
    """
    found = shown().filter(clinic_id=by.clinic_id, pk=pk)
    if by.patient_id is not None:
        found = found.filter(patient_id=by.patient_id)
    row = found.select_related("case__patient__clinic", "case__clinic", "patient", "consent").first()
    if row is None:
        raise NotHere(NOT_HERE)
    return row


def picture_of(photograph: Photograph) -> bytes:
    """The picture itself, as JPEG.

    Raises: vault.WillNotOpen where the file is missing, was changed, or belongs to another row.
    """
    return vault.take(photograph.file, sealed_for(photograph))


def sealed_for(photograph: Photograph) -> str:
    """What binds a file to its row: the clinic and the row's own identity."""
    return f"photograph:{photograph.clinic_id}:{photograph.identity}"
