"""Messages in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from masseter.journey.messaging.models import Channel, Kind, Message

TONES = {"waiting": "plain", "handed": "good", "failed": "stop", "bounced": "stop", "withdrawn": "plain"}


@dataclass(frozen=True, kw_only=True)
class MessageRow:
    """One line of a list of messages."""

    pk: int
    to: str
    patient_id: int | None
    stranger: str
    address: str
    kind: str
    channel: str
    at: datetime
    state: str
    tone: str
    reason: str
    put_aside: str


def message_row(message: Message) -> MessageRow:
    """A message as the lists show it; the address is where it would go now."""
    patient = message.patient
    if patient is None:
        address = message.address
    elif message.channel == Channel.PUSH:
        address = "the patient's devices"
    else:
        address = patient.phone if message.channel == Channel.TEXT else patient.email
    return MessageRow(
        pk=message.pk,
        to=str(patient) if patient is not None else "",
        patient_id=message.patient_id,
        stranger="the clinic" if message.kind == Kind.ALARM else "somebody who asked",
        address=address,
        kind=message.get_kind_display(),
        channel=message.get_channel_display().lower() if message.channel else "",
        at=message.handed_at or message.due_at,
        state=message.get_state_display(),
        tone=TONES[message.state],
        reason=message.reason,
        put_aside=message.put_aside_by_name,
    )
