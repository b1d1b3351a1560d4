"""How a message ends: by the worker, by a provider's report, and by the desk."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator, validate_email

from masseter.journey.audit.trail import record
from masseter.journey.ground import clock
from masseter.journey.ground.action import action
from masseter.journey.ground.actor import Actor
from masseter.journey.ground.refusals import Refused
from masseter.journey.ground.rights import Right
from masseter.journey.messaging.models import NAME, TOLD, Channel, Message
from masseter.journey.messaging.outbox import wake
from masseter.journey.people.actions import change_patient
from masseter.journey.people.models import Patient

NUMBER = r"^\+?[\d ()./-]{6,40}$"


@action(Right.SEND_MESSAGES)
def settle_message(*, by: Actor, message: Message, state: str, reason: str) -> Message:
    """Say how a waiting message ended: handed over, failed, or not needed any more.

    Raises: Refused where it does not wait any more.
    """
    current = Message.objects.select_for_update().get(pk=message.pk)
    if current.state != Message.State.WAITING:
        raise Refused("This message does not wait any more.")
    message.state, message.reason = state, reason[:TOLD]
    message.handed_at = clock.now() if state == Message.State.HANDED else None
    message.save(update_fields=["state", "reason", "handed_at", "channel"])
    _tell(by, message)
    return message


@action(Right.SEND_MESSAGES)
def note_bounce(*, by: Actor, message: Message, reason: str) -> Message:
    """Say that a message which was handed over came back; told twice, it is written once.

    Raises: Refused where it was never handed over.
    """
    current = Message.objects.select_for_update().get(pk=message.pk)
    if current.state not in {Message.State.HANDED, Message.State.BOUNCED}:
        raise Refused("This message was not handed over.")
    is_new = current.state == Message.State.HANDED
    message.state = Message.State.BOUNCED
    message.reason = current.reason if not is_new else reason[:TOLD]
    message.save(update_fields=["state", "reason"])
    _tell(by, message, is_new=is_new)
    return message


@action(Right.KEEP_PEOPLE)
def try_message_again(*, by: Actor, message: Message) -> Message:
    """Send a message that did not arrive once more, under a new key.

    Raises: Refused where it arrived, waits, or is too late.
    """
    current = Message.objects.select_for_update().get(pk=message.pk)
    _check_at_fault(current)
    if current.expires_at is not None and current.expires_at <= clock.now():
        raise Refused("It is too late to send this. Put it aside, and call if it matters.")
    message.state, message.round, message.attempts = Message.State.WAITING, current.round + 1, 0
    message.channel, message.reason, message.due_at, message.handed_at = "", "", clock.now(), None
    message.save()
    record(by=by, what="message.tried_again", on=message, data={"round": message.round})
    wake(by.clinic_id)
    return message


@action(Right.KEEP_PEOPLE)
def correct_address(*, by: Actor, message: Message, address: str) -> Message:
    """Correct where the patient is reached on the channel of a message, and send it once more.

    Signing in follows the e-mail address, as when contact data are changed.
    Raises: Refused for no new address, somebody who is no patient, or as when changing contact data.
    """
    if message.patient is None:
        raise Refused("This was written to somebody who is no patient: correct the request instead.")
    if message.channel == Channel.PUSH:
        raise Refused("A notification goes to devices: send it again, or put it aside.")
    on_mail = message.channel != Channel.TEXT
    field = "email" if on_mail else "phone"
    _change(by, message.patient, field, address.strip())
    record(by=by, what="message.address_corrected", on=message, data={"field": field})
    return try_message_again(by=by, message=message)


@action(Right.KEEP_PEOPLE)
def put_message_aside(*, by: Actor, message: Message) -> Message:
    """Take a message that did not arrive off the desk's list: it was dealt with otherwise.

    Raises: Refused where it arrived, or somebody put it aside before.
    """
    current = Message.objects.select_for_update().get(pk=message.pk)
    _check_at_fault(current)
    message.put_aside_at, message.put_aside_by_name = clock.now(), by.name[:NAME]
    message.save(update_fields=["put_aside_at", "put_aside_by_name"])
    record(by=by, what="message.put_aside", on=message)
    return message


def _check_at_fault(message: Message) -> None:
    if message.put_aside_at is not None:
        raise Refused(f"{message.put_aside_by_name} has already put this aside.")
    if message.state not in Message.AT_FAULT:
        raise Refused(f"This message is not at fault any more: {message.get_state_display().lower()}.")


def _change(by: Actor, patient: Patient, field: str, address: str) -> None:
    try:
        check = validate_email if field == "email" else RegexValidator(NUMBER)
        check(address)
    except ValidationError as error:
        what = "an e-mail address" if field == "email" else "a telephone number"
        raise Refused(f"This is not {what}.", field="address") from error
    if not address or address.casefold() == getattr(patient, field).casefold():
        raise Refused("Enter the new address.", field="address")
    told = {
        name: getattr(patient, name)
        for name in (
            *("family_name", "given_names", "birth_date", "sex", "phone", "email", "language"),
            *("needs_interpreter", "access_needs", "weight_kg"),
        )
    }
    try:
        change_patient(by=by, patient=patient, **{**told, field: address})
    except Refused as refusal:
        raise Refused(refusal.sentence, field="address") from refusal


def _tell(by: Actor, message: Message, *, is_new: bool = True) -> None:
    data = {"kind": message.kind, "channel": message.channel, "is_new": is_new}
    record(by=by, what=f"message.{message.state}", on=message, why=message.reason, data=data)
