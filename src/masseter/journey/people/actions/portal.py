"""Opening the portal to a patient, closing it, and what becomes of it when the address changes."""

from __future__ import annotations

from masseter.journey.accounts.actions import end_portal_access, give_portal_access
from masseter.journey.audit.trail import record
from masseter.journey.ground.action import action
from masseter.journey.ground.actor import Actor
from masseter.journey.ground.refusals import Refused
from masseter.journey.ground.rights import Right
from masseter.journey.people.models import Patient

ADDRESS_CHANGED = "The e-mail address was changed."


@action(Right.KEEP_PEOPLE, Right.KEEP_REFERRALS)
def open_portal(*, by: Actor, patient: Patient) -> Patient:
    """Let a patient sign in by a code sent to their e-mail address.

    Raises: Refused without an address, for an address in use, or where the portal is open already.
    """
    check_kept(patient)
    if patient.user_id is not None:
        raise Refused("This patient can sign in already.")
    if not patient.email:
        raise Refused(
            "Enter the patient's e-mail address first: the sign-in code is sent there.", field="email"
        )
    patient.user = give_portal_access(by=by, email=patient.email)
    patient.save(update_fields=["user"])
    record(by=by, what="portal.opened", on=patient)
    return patient


@action(Right.KEEP_PEOPLE)
def close_portal(*, by: Actor, patient: Patient, reason: str) -> Patient:
    """End a patient's sign-in, with every session that is open with it. The record stays as it is.

    Raises: Refused where the portal is not open, or without a reason.
    """
    if patient.user is None:
        raise Refused("This patient cannot sign in: the portal is not open.")
    if not reason.strip():
        raise Refused("Write why the portal is closed.", field="reason")
    end_portal_access(by=by, user=patient.user)
    patient.user = None
    patient.save(update_fields=["user"])
    record(by=by, what="portal.closed", on=patient, why=reason.strip())
    return patient


def move_portal(by: Actor, patient: Patient, *, follows: bool) -> None:
    """After a change of the address: close an open portal for the old one, and open it for the new one."""
    if patient.user is None or patient.user.email == patient.email.lower():
        return
    close_portal(by=by, patient=patient, reason=ADDRESS_CHANGED)
    if follows and patient.email:
        open_portal(by=by, patient=patient)


def check_kept(patient: Patient) -> None:
    """Raises: Refused for a record that was merged into another."""
    if patient.merged_into_id is not None:
        raise Refused("This record was merged into another. Open the one that was kept.")
