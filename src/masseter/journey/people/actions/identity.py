"""Showing once more who one is, within a session: a code to the address that the person signs in with."""

from __future__ import annotations

from masseter.journey.audit.trail import record
from masseter.journey.ground.action import action
from masseter.journey.ground.actor import Actor
from masseter.journey.ground.refusals import NotHere
from masseter.journey.ground.rights import Right
from masseter.journey.people.codes import LASTS, count_asks, hold, new_code, spend, try_code
from masseter.journey.people.letters import send_own_code
from masseter.journey.people.models import Patient

_PURPOSE = "identity"


@action(Right.OWN_CARE)
def send_identity_code(*, by: Actor, patient: Patient) -> str:
    """Send a code to the address that the person signs in with; answers what the session keeps.

    Raises: NotHere for somebody without a sign-in; Refused after too many asks.
    """
    if patient.user is None or patient.user.pk != by.user_id:
        raise NotHere("There is no such sign-in.")
    count_asks(patient)
    code = new_code()
    send_own_code(patient.user.email, code, by.clinic_name, minutes=LASTS // 60)
    record(by=by, what="sign_in.code_sent", on=patient)
    return hold(code, patient, _PURPOSE)


@action(Right.OWN_CARE)
def show_identity(*, by: Actor, patient: Patient, held: str, code: str) -> bool:
    """Whether the code fits. A wrong one is counted; after some of them the code is good no more."""
    told = try_code(held, _PURPOSE, patient, code)
    record(by=by, what="sign_in.shown" if told else "sign_in.code_wrong", on=patient)
    if told:
        spend(told)
    return bool(told)
