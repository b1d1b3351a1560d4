"""Contact data that patients put right themselves; an e-mail address counts once its owner has shown it."""

from __future__ import annotations

from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction

from masseter.journey.accounts.models import User
from masseter.journey.audit.trail import record
from masseter.journey.ground.action import action
from masseter.journey.ground.actor import Actor
from masseter.journey.ground.refusals import NotHere, Refused
from masseter.journey.ground.rights import Right
from masseter.journey.people.codes import LASTS, count_asks, hold, new_code, opened, spend, try_code
from masseter.journey.people.letters import send_code, tell_moved, tell_taken
from masseter.journey.people.models import Patient

FIELDS = ("address", "phone", "language", "needs_interpreter", "access_needs")
CORRECTED = "contact.corrected"
_PURPOSE = "email-change"
WRONG = "This code does not fit, or it is too old. Look at the newest message, or ask for a new code."


@action(Right.OWN_CARE)
def correct_contact(
    *,
    by: Actor,
    patient: Patient,
    address: str,
    phone: str,
    language: str,
    needs_interpreter: bool,
    access_needs: str,
) -> Patient:
    """Put one's own contact data right. The clinic sees what changed."""
    values = {
        "address": "\n".join(line.strip() for line in address.strip().splitlines() if line.strip()),
        "phone": phone.strip(),
        "language": language,
        "needs_interpreter": needs_interpreter,
        "access_needs": access_needs.strip(),
    }
    changes = [
        {"field": name, "before": _shown(getattr(patient, name)), "now": _shown(value)}
        for name, value in values.items()
        if getattr(patient, name) != value
    ]
    for name, value in values.items():
        setattr(patient, name, value)
    patient.save(update_fields=list(FIELDS))
    record(by=by, what=CORRECTED, on=patient, data={"changes": changes})
    return patient


@action(Right.OWN_CARE)
def ask_new_email(*, by: Actor, patient: Patient, email: str) -> str:
    """Send a code to a new address; answers what the browser's session keeps until it is typed.

    Whether the address belongs to somebody is told to nobody but its owner: who asks sees the same page.
    Raises: Refused for the address in use already, or after too many asks.
    """
    email = email.strip()
    if patient.user is None:
        raise NotHere("There is no such sign-in.")
    if email.lower() == patient.user.email.lower():
        raise Refused("You sign in with this address already.", field="email")
    count_asks(patient, field="email")
    code = new_code()
    if User.objects.filter(email__iexact=email).exists():
        tell_taken(email, by.clinic_name)
    else:
        send_code(email, code, by.clinic_name, minutes=LASTS // 60)
    record(by=by, what="email.asked", on=patient, data={"email": email})
    return hold(code, patient, _PURPOSE, email=email)


@action(Right.OWN_CARE)
def confirm_new_email(*, by: Actor, patient: Patient, held: str, code: str) -> Patient | None:
    """Make the new address the one to sign in with, where the code fits; None where it does not.

    A wrong code is counted and written into the trail; after some of them the code is good no more.
    """
    told = try_code(held, _PURPOSE, patient, code)
    if not told or patient.user is None:
        _note_wrong(by, patient)
        return None
    before, user = patient.user.email, patient.user
    user.email = told["email"].lower()
    try:
        with transaction.atomic():
            user.save(update_fields=["email"])
    except IntegrityError:  # somebody took the address meanwhile; nobody is told so here
        user.email = before
        _note_wrong(by, patient)
        return None
    EmailAddress.objects.filter(user=user).delete()  # the old address must not lead in any more
    spend(told)
    changes = [{"field": "email", "before": patient.email, "now": told["email"]}]
    patient.email = told["email"]
    patient.save(update_fields=["email"])
    record(by=by, what=CORRECTED, on=patient, data={"changes": changes})
    tell_moved(before, by.clinic_name)
    return patient


def address_of(held: str) -> str:
    """The address that waits for its code; empty where none does."""
    return str(opened(held, _PURPOSE).get("email", ""))


def _note_wrong(by: Actor, patient: Patient) -> None:
    record(by=by, what="email.code_wrong", on=patient)


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)
