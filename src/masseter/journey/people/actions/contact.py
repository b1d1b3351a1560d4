"""Contact data that patients put right themselves; an e-mail address counts once its owner has shown it."""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
from typing import Any

from allauth.account.models import EmailAddress
from django.core.cache import cache
from django.db import IntegrityError, transaction

from masseter.journey.accounts.models import User
from masseter.journey.audit.trail import record
from masseter.journey.ground.action import action
from masseter.journey.ground.actor import Actor
from masseter.journey.ground.refusals import NotHere, Refused
from masseter.journey.ground.rights import Right
from masseter.journey.ground.sealed import BrokenSeal, seal, unseal
from masseter.journey.people.letters import send_code, tell_moved, tell_taken
from masseter.journey.people.models import Patient

FIELDS = ("address", "phone", "language", "needs_interpreter", "access_needs")
CORRECTED = "contact.corrected"
_PURPOSE = "email-change"
LASTS = 900  # seconds that a code is good for
TRIES = 5
ASKS, ASKS_SECONDS = 5, 3600
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
    _count_asks(patient)
    code = f"{secrets.randbelow(10**8):08d}"
    if User.objects.filter(email__iexact=email).exists():
        tell_taken(email, by.clinic_name)
    else:
        send_code(email, code, by.clinic_name, minutes=LASTS // 60)
    record(by=by, what="email.asked", on=patient, data={"email": email})
    held = {"email": email, "code": _digest(code), "patient": patient.pk, "key": secrets.token_hex(8)}
    return seal(json.dumps(held), _PURPOSE)


@action(Right.OWN_CARE)
def confirm_new_email(*, by: Actor, patient: Patient, held: str, code: str) -> Patient | None:
    """Make the new address the one to sign in with, where the code fits; None where it does not.

    A wrong code is counted and written into the trail; after some of them the code is good no more.
    """
    told = _open(held, patient)
    if told is None or patient.user is None or not _may_try(told["key"]):
        _note_wrong(by, patient)
        return None
    if not hmac.compare_digest(told["code"], _digest("".join(code.split()))):
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
    cache.set(_tries_key(told["key"]), TRIES, LASTS)
    changes = [{"field": "email", "before": patient.email, "now": told["email"]}]
    patient.email = told["email"]
    patient.save(update_fields=["email"])
    record(by=by, what=CORRECTED, on=patient, data={"changes": changes})
    tell_moved(before, by.clinic_name)
    return patient


def address_of(held: str) -> str:
    """The address that waits for its code; empty where none does."""
    try:
        return str(json.loads(unseal(held, _PURPOSE, within_seconds=LASTS))["email"])
    except BrokenSeal:
        return ""


def _open(held: str, patient: Patient) -> dict[str, Any] | None:  # Any: what was sealed
    try:
        told: dict[str, Any] = json.loads(unseal(held, _PURPOSE, within_seconds=LASTS))
    except BrokenSeal:
        return None
    return told if told["patient"] == patient.pk else None


def _note_wrong(by: Actor, patient: Patient) -> None:
    record(by=by, what="email.code_wrong", on=patient)


def _may_try(key: str) -> bool:
    cache.add(_tries_key(key), 0, LASTS)
    return cache.incr(_tries_key(key)) <= TRIES


def _tries_key(key: str) -> str:
    return f"masseter:email-tries:{key}"


def _count_asks(patient: Patient) -> None:
    key = f"masseter:email-asks:{patient.pk}"
    cache.add(key, 0, ASKS_SECONDS)
    if cache.incr(key) > ASKS:
        raise Refused("You asked for many codes within an hour. Try again later.", field="email")


def _digest(code: str) -> str:
    return hashlib.sha256(code.encode()).hexdigest()


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)
