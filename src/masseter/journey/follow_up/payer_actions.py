"""Keeping a letter to a payer as it was sent."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from masseter.core.follow_up.authorisation import RequestKind
from masseter.journey.audit.trail import record
from masseter.journey.consult.models import Case
from masseter.journey.follow_up.models import PayerLetter
from masseter.journey.follow_up.payer import payer_request
from masseter.journey.ground import clock
from masseter.journey.ground.action import action
from masseter.journey.ground.actor import Actor
from masseter.journey.ground.refusals import Refused
from masseter.journey.ground.rights import Right
from masseter.knowledge.load import load

CHANGED = "The record has changed since this page was opened. Look at the criteria again, then send."


@action(Right.CONSULT)
def keep_payer_letter(
    *,
    by: Actor,
    case: Case,
    kind: RequestKind,
    payer: str,
    seen: str,
    told: Mapping[str, object],
    pdf: bytes,
) -> PayerLetter:
    """Keep a letter to a payer as it was sent: its words and its paper. It never changes.

    `seen` is the digest of the criteria that the writer looked at.
    Raises: Refused without a payer, or where the record has changed meanwhile.
    """
    if not payer.strip():
        raise Refused("Enter the payer.", field="payer")
    if payer_request(by, case, kind, today=clock.today(by.zone)).seen != seen:
        raise Refused(CHANGED)
    letter = PayerLetter.objects.create(
        clinic_id=by.clinic_id,
        case=case,
        patient_id=case.patient_id,
        kind=kind,
        payer=payer.strip(),
        # The paper holds the logo.
        told={name: value for name, value in told.items() if name != "logo"},
        pdf=pdf,
        digest=hashlib.sha256(pdf).hexdigest(),
        knowledge_version=load().version,
        issued_at=clock.now(),
        issued_by_name=by.name,
    )
    data = {"kind": kind, "payer": letter.payer, "digest": letter.digest}
    record(by=by, what="payer_letter.sent", on=letter, data=data)
    return letter
