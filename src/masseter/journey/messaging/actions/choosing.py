"""What patients wish, and what a clinic decides about its messages."""

from __future__ import annotations

from datetime import time

from masseter.journey.audit.trail import record
from masseter.journey.ground.action import action
from masseter.journey.ground.actor import Actor
from masseter.journey.ground.refusals import Refused
from masseter.journey.ground.rights import Right
from masseter.journey.messaging.kinds import LANGUAGES, TO_PATIENTS
from masseter.journey.messaging.models import (
    NAME,
    Channel,
    ChannelChoice,
    Message,
    MessageSettings,
    MessageText,
)
from masseter.journey.messaging.queries import first_channel, wishes_of
from masseter.journey.messaging.wording import check_words, health_word
from masseter.journey.people.models import Patient

MOST_VISIT_DAYS, MOST_DIARY_DAYS = 14, 28


@action(Right.OWN_CARE, Right.KEEP_PEOPLE)
def choose_channels(
    *,
    by: Actor,
    patient: Patient,
    email: bool,
    text: bool | None = None,
    push: bool | None = None,
    first: str = "",
) -> None:
    """Say on which channels a patient wishes messages, and which of them is tried first.

    None leaves a channel as it is, and an empty `first` the order.
    Raises: Refused where the channel that should be first is not wished.
    """
    asked = {Channel.EMAIL: email, Channel.TEXT: text, Channel.PUSH: push}
    wished = {channel: value for channel, value in asked.items() if value is not None}
    if first and not wished.get(Channel(first), True):
        raise Refused("Choose first a way that is switched on.", field="first")
    _choose(by, patient, wished, first=first)


def wish_for(by: Actor, patient: Patient, channel: str) -> None:
    """A channel that a patient turned on is wished, and first. Part of another action."""
    _keep(by, patient, {channel: True}, by.name, first=channel)


@action(Right.ASK)
def stop_messages(*, by: Actor, message: Message) -> None:
    """Stop the channel that a message came on, by the link in it.

    Raises: Refused where the message went to nobody who gets more of them.
    """
    if message.patient is None:
        raise Refused("There are no further messages to stop.")
    _choose(
        by, message.patient, {Channel(message.channel or Channel.EMAIL): False}, by_name="Link in a message"
    )


@action(Right.KEEP_MESSAGES)
def change_message_settings(
    *,
    by: Actor,
    sender_name: str,
    quiet_from: time,
    quiet_until: time,
    visit_days: int,
    diary_days: int,
    sends_reminders: bool,
    sends_texts: bool,
) -> MessageSettings:
    """Change quiet hours, how long before a visit is reminded, and the name in messages.

    Raises: Refused for days that cannot be, or a name that says something about health.
    """
    if not 1 <= visit_days <= MOST_VISIT_DAYS:
        raise Refused(f"From 1 to {MOST_VISIT_DAYS} days.", field="visit_days")
    if not 1 <= diary_days <= MOST_DIARY_DAYS:
        raise Refused(f"From 1 to {MOST_DIARY_DAYS} days.", field="diary_days")
    said = health_word(sender_name)
    if said:
        raise Refused(f"“{said}” says something about health. Others may read it.", field="sender_name")
    found, _ = MessageSettings.objects.get_or_create(clinic_id=by.clinic_id)
    found.sender_name, found.quiet_from, found.quiet_until = sender_name.strip(), quiet_from, quiet_until
    found.visit_days, found.diary_days = visit_days, diary_days
    found.sends_reminders, found.sends_texts = sends_reminders, sends_texts
    found.save()
    told = {"quiet": [quiet_from, quiet_until], "visit_days": visit_days, "diary_days": diary_days}
    told |= {"reminders": sends_reminders, "texts": sends_texts, "sender": found.sender_name}
    record(by=by, what="messages.settings_changed", on=found, data=told)
    return found


@action(Right.KEEP_MESSAGES)
def change_message_text(
    *, by: Actor, kind: str, language: str, subject: str, body: str, text: str
) -> MessageText:
    """Keep the clinic's own words for one kind in one language; empty words are the shipped ones.

    Raises: Refused for an unknown kind or language, an unknown placeholder, or words about health.
    """
    if kind not in TO_PATIENTS or language not in LANGUAGES:
        raise Refused("There is no such message.")
    words = {"subject": subject, "body": body, "text": text}
    kept = {field: check_words(kind, field, value) for field, value in words.items()}
    found, _ = MessageText.objects.update_or_create(
        clinic_id=by.clinic_id,
        kind=kind,
        language=language,
        defaults={**kept, "changed_by_name": by.name[:NAME]},
    )
    record(by=by, what="messages.text_changed", on=found, data={"kind": kind, "language": language, **kept})
    return found


def _choose(
    by: Actor, patient: Patient, wished: dict[Channel, bool], by_name: str = "", first: str = ""
) -> None:
    changed = _keep(
        by, patient, {str(one): value for one, value in wished.items()}, by_name or by.name, first
    )
    record(by=by, what="messages.chosen", on=patient, data=changed)


def _keep(
    by: Actor, patient: Patient, wished: dict[str, bool], by_name: str, first: str = ""
) -> dict[str, object]:
    """Keep what is new of some wishes; answers it."""
    before, was_first = wishes_of(patient), first_channel(patient)
    changed = {channel: value for channel, value in wished.items() if before[channel] != value}
    if first == was_first:
        first = ""
    for channel in sorted({*changed, *filter(None, [first])}):
        ChannelChoice.objects.create(
            clinic_id=by.clinic_id,
            patient=patient,
            channel=channel,
            is_wanted=wished.get(channel, before[channel]),
            is_first=channel == first,
            by_name=by_name[:NAME],
        )
    return {**changed, **({"first": first} if first else {})}
