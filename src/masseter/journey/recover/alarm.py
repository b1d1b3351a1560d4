"""Telling the clinic that a patient was told to call or to get help, without a word on health."""

from __future__ import annotations

import hashlib

from masseter.journey.accounts.models import Membership
from masseter.journey.accounts.queries import clinic_of
from masseter.journey.ground.actor import Actor
from masseter.journey.ground.rights import RIGHTS, Right
from masseter.journey.messaging.models import Kind
from masseter.journey.messaging.outbox import Wanted, write_messages
from masseter.journey.recover.models import AdverseEvent, SymptomCheck


def tell_clinic(by: Actor, cause: SymptomCheck | AdverseEvent) -> None:
    """Write to everybody who may answer a symptom check, and to the clinic's own address, each a letter.

    Saved with its cause, so that it cannot be lost; no quiet hours hold it, and the worker takes it first.
    One that fails is on the desk's list. The list of today shows the same, whether or not a letter arrives.
    """
    answering = [role for role, rights in RIGHTS.items() if Right.RECORD_SYMPTOMS in rights]
    staff = Membership.objects.filter(clinic_id=by.clinic_id, role__in=answering, ended_at=None)
    told = {clinic_of(by).email, *staff.values_list("user__email", flat=True)} - {""}
    about = f"{cause._meta.model_name}-{cause.pk}"
    write_messages(
        by,
        [
            Wanted(kind=Kind.ALARM, about=f"{about}#{_mark(address)}", address=address)
            for address in sorted(told)
        ],
    )


def _mark(address: str) -> str:
    return hashlib.sha256(address.casefold().encode()).hexdigest()[:20]
