"""Asking for an appointment, and answering the request."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import get_language

from masseter.journey.audit.trail import record
from masseter.journey.ground import clock
from masseter.journey.ground.action import action
from masseter.journey.ground.actor import Actor
from masseter.journey.ground.refusals import Refused
from masseter.journey.ground.rights import Right
from masseter.journey.messaging.models import Kind
from masseter.journey.messaging.outbox import Wanted, write_messages
from masseter.journey.people.models import Patient
from masseter.journey.screen.models import Referral


@dataclass(frozen=True, kw_only=True)
class SentCheck:
    """A self-check that the person chose to send along; warning signs left open are named, never dropped."""

    condition: str
    outcome: str
    answers: Mapping[str, Any] = field(default_factory=dict)  # Any: whatever JSON can hold
    red_flags_open: tuple[str, ...] = ()
    knowledge_version: str = ""


@action(Right.ASK)
def ask_for_appointment(
    *,
    by: Actor,
    name: str,
    email: str = "",
    phone: str = "",
    birth_date: date | None = None,
    condition: str = "",
    message: str = "",
    preferred_times: str = "",
    check: SentCheck | None = None,
) -> Referral:
    """Put a request for an appointment into the clinic's inbox and acknowledge it by e-mail.

    Raises: Refused where the clinic could not answer, or for a date of birth in the future.
    """
    if not email and not phone:
        raise Refused("Give an e-mail address or a telephone number, so that we can answer.", field="email")
    if birth_date is not None and birth_date > clock.today(by.zone):
        raise Refused("The date of birth lies in the future.", field="birth_date")
    referral = Referral.objects.create(
        clinic_id=by.clinic_id,
        name=name.strip(),
        email=email.strip(),
        phone=phone.strip(),
        birth_date=birth_date,
        condition=condition,
        message=message.strip(),
        preferred_times=preferred_times.strip(),
        **_of_check(check),
    )
    record(by=by, what="referral.asked", on=referral)
    if referral.email:
        _acknowledge(by, referral)
    return referral


def _of_check(check: SentCheck | None) -> dict[str, Any]:  # Any: columns of different types
    if check is None:
        return {}
    return {
        "checked_condition": check.condition,
        "outcome": check.outcome,
        "answers": dict(check.answers),
        "red_flags_open": list(check.red_flags_open),
        "knowledge_version": check.knowledge_version,
    }


def _acknowledge(by: Actor, referral: Referral) -> None:
    """Write the answer that a request has arrived; nothing about health stands in it."""
    wanted = Wanted(
        kind=Kind.REQUEST,
        about=str(referral.pk),
        address=referral.email,
        language=(get_language() or "en").partition("-")[0],
    )
    write_messages(by, [wanted])


@action(Right.KEEP_REFERRALS)
def accept_referral(*, by: Actor, referral: Referral, patient: Patient) -> Referral:
    """Tie a request to a patient's record and take it out of the inbox.

    Raises: Refused where it was answered before.
    """
    _answer(by, referral, Referral.State.ACCEPTED, "")
    referral.patient = patient
    referral.save()
    record(by=by, what="referral.accepted", on=referral, patient_id=patient.pk)
    return referral


@action(Right.KEEP_REFERRALS)
def decline_referral(*, by: Actor, referral: Referral, reason: str) -> Referral:
    """Decline a request, with the reason that the person was told.

    Raises: Refused where it was answered before, or without a reason.
    """
    if not reason.strip():
        raise Refused("Write down the reason that you gave the person.", field="reason")
    _answer(by, referral, Referral.State.DECLINED, reason.strip())
    referral.save()
    record(by=by, what="referral.declined", on=referral, why=reason)
    return referral


def _answer(by: Actor, referral: Referral, state: Referral.State, reason: str) -> None:
    current = Referral.objects.select_for_update().get(pk=referral.pk)
    if current.state != Referral.State.NEW:
        raise Refused(f"{current.answered_by_name} has already answered this request.")
    referral.state = state
    referral.answered_at = clock.now()
    referral.answered_by_name = by.name
    referral.reason = reason
