"""Reading messages, a clinic's decisions about them, and the patients' wishes."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet

from masseter.journey.accounts.models import Clinic
from masseter.journey.ground import clock
from masseter.journey.ground.actor import Actor
from masseter.journey.ground.refusals import NotHere
from masseter.journey.ground.rights import Role
from masseter.journey.messaging.kinds import IMMEDIATE
from masseter.journey.messaging.models import (
    Channel,
    ChannelChoice,
    Kind,
    Message,
    MessageSettings,
    MessageText,
)
from masseter.journey.messaging.quiet import is_quiet
from masseter.journey.people.models import Patient

if TYPE_CHECKING:
    from uuid import UUID

NEWEST = 100
ALARM_TOO_LONG = timedelta(minutes=5)
TOO_LONG = timedelta(hours=1)  # a message that is due so long waits for a worker that does not run


def worker_of(clinic: Clinic) -> Actor:
    """The worker that sends: no person, and with the one right that it needs."""
    return Actor(
        user_id=None,
        name="Message worker",
        clinic_id=clinic.pk,
        clinic_name=clinic.name,
        zone=clinic.zone,
        jurisdiction=clinic.place,
        roles=frozenset({Role.WORKER}),
    )


def settings_of(by: Actor) -> MessageSettings:
    """What the clinic decided, or the defaults, not saved."""
    found = MessageSettings.objects.filter(clinic_id=by.clinic_id).first()
    return found or MessageSettings(clinic_id=by.clinic_id)


def text_of(by: Actor, kind: str, language: str) -> MessageText | None:
    """The clinic's own words for a kind in a language, where it has any."""
    return MessageText.objects.filter(clinic_id=by.clinic_id, kind=kind, language=language).first()


def own_texts(by: Actor) -> set[tuple[str, str]]:
    """Kind and language of the clinic's own words."""
    found = MessageText.objects.filter(clinic_id=by.clinic_id)
    return set(found.values_list("kind", "language"))


def refused_channels(patients: Collection[int]) -> dict[int, set[str]]:
    """The channels that patients do not wish, by their newest choice of each."""
    newest: dict[tuple[int, str], bool] = {}
    rows = ChannelChoice.objects.filter(patient_id__in=patients).order_by("pk")
    for patient_id, channel, is_wanted in rows.values_list("patient_id", "channel", "is_wanted"):
        newest[patient_id, channel] = is_wanted
    found: dict[int, set[str]] = {}
    for (patient_id, channel), is_wanted in newest.items():
        if not is_wanted:
            found.setdefault(patient_id, set()).add(channel)
    return found


def first_channel(patient: Patient) -> str:
    """The channel that a patient wishes to be reached on before the others; e-mail where none was chosen."""
    chosen = ChannelChoice.objects.filter(patient=patient, is_first=True).order_by("-pk")
    return chosen.values_list("channel", flat=True).first() or Channel.EMAIL


def wishes_of(patient: Patient) -> dict[str, bool]:
    """For each channel whether the patient wishes messages on it."""
    refused = refused_channels([patient.pk]).get(patient.pk, set())
    return {channel.value: channel.value not in refused for channel in Channel}


def messages_to(by: Actor, patient: Patient, limit: int = 10) -> list[Message]:
    """The newest messages to a patient that were handed over."""
    sent = Message.objects.filter(clinic_id=by.clinic_id, patient=patient, handed_at__isnull=False)
    return list(sent.order_by("-handed_at")[:limit])


def not_arrived(by: Actor) -> list[Message]:
    """Messages that failed or came back and that nobody has put aside: alarms, then the newest first."""
    is_alarm = ExpressionWrapper(Q(kind=Kind.ALARM), output_field=BooleanField())
    lost = _listed(by).filter(state__in=Message.AT_FAULT, put_aside_at=None)
    return list(lost.order_by(is_alarm.desc(), "-due_at", "-pk")[:NEWEST])


def newest_messages(by: Actor) -> list[Message]:
    """The newest messages of every state but those at fault."""
    return list(
        _listed(by).exclude(state__in=Message.AT_FAULT, put_aside_at=None).order_by("-due_at", "-pk")[:NEWEST]
    )


def overdue(by: Actor) -> datetime | None:
    """Since when a message waits that should be out by now; None where the worker keeps up.

    An alarm says so after minutes, and in quiet hours too.
    """
    decided, now = settings_of(by), clock.now()
    waiting = Message.objects.filter(clinic_id=by.clinic_id, state=Message.State.WAITING)
    alarms = waiting.filter(kind=Kind.ALARM, created_at__lt=now - ALARM_TOO_LONG)
    if alarms.exists():
        return alarms.order_by("created_at").values_list("created_at", flat=True)[0]
    if is_quiet(now, zone=by.zone, quiet_from=decided.quiet_from, quiet_until=decided.quiet_until):
        return None
    oldest = waiting.order_by("due_at").values_list("due_at", flat=True).first()
    return oldest if oldest is not None and oldest < now - TOO_LONG else None


def waiting_count(by: Actor) -> int:
    """How many messages wait."""
    return Message.objects.filter(clinic_id=by.clinic_id, state=Message.State.WAITING).count()


def message_of(by: Actor, message_id: int) -> Message:
    """One message, of a patient their own.

    Raises: NotHere.
    """
    found = _listed(by).filter(pk=message_id)
    if by.patient_id is not None:
        found = found.filter(patient_id=by.patient_id)
    message = found.first()
    if message is None:
        raise NotHere("There is no such message.")
    return message


def message_by_key(key: UUID) -> Message | None:
    """The message that a provider reports about, in the clinic at hand."""
    return Message.objects.filter(key=key).first()


def due_messages(clinic_id: int, now: datetime, kinds: Collection[str] | None = None) -> list[int]:
    """The numbers of the messages that may go out now: what must not wait first, then by their number."""
    due = Message.objects.filter(clinic_id=clinic_id, state=Message.State.WAITING, due_at__lte=now)
    if kinds is not None:
        due = due.filter(kind__in=kinds)
    return [
        number
        for number, kind in sorted(
            due.values_list("pk", "kind"), key=lambda one: (one[1] not in IMMEDIATE, one[0])
        )
    ]


def has_due(clinic_id: int) -> bool:
    """Whether anything waits that may go out by its time."""
    due = Message.objects.filter(clinic_id=clinic_id, state=Message.State.WAITING)
    return due.filter(due_at__lte=clock.now()).exists()


def bounced_before(clinic_id: int, channel: str, address: str) -> bool:
    """Whether something came back from this address and the desk has not dealt with it."""
    back = Message.objects.filter(clinic_id=clinic_id, state=Message.State.BOUNCED, put_aside_at=None)
    return back.filter(hand_overs__address__iexact=address, hand_overs__channel=channel).exists()


def _listed(by: Actor) -> QuerySet[Message]:
    return Message.objects.filter(clinic_id=by.clinic_id).select_related("patient")
