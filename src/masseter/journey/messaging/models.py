"""Tables of the room `messaging`: what is sent, what was handed over, devices, and who wishes none."""

from __future__ import annotations

from datetime import time
from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from masseter.journey.ground.models import ClinicOwned, Versioned

NAME = 200
TOLD = 300  # characters that are kept of what a provider says
ADDRESS = 254
DEVICE = 60


class Channel(models.TextChoices):
    """How a message travels."""

    EMAIL = "email", _("E-mail")
    TEXT = "text", _("Text message")
    PUSH = "push", _("Notification")


class Kind(models.TextChoices):
    """Why a message is written. No kind tells anything about health."""

    VISIT = "visit", _("Reminder of a visit")
    DIARY = "diary", _("Diary due")
    NEXT_VISIT = "next_visit", _("Time to arrange a visit")
    CONSENT = "consent", _("Consent to read")
    REPLY = "reply", _("Answer to a question")
    PAPER = "paper", _("New paper")
    REQUEST = "request", _("Request has arrived")
    OFFER = "offer", _("Time offered")
    CONFIRMED = "confirmed", _("Visit booked")
    MOVED = "moved", _("Visit moved")
    CANCELLED = "cancelled", _("Visit cancelled")
    ANSWER = "answer", _("Answer to a request")
    ALARM = "alarm", _("Alarm to the clinic")


class Message(ClinicOwned):
    """One message, written in the transaction of its cause; `about` names the cause, once for each kind.

    `round` counts the tries that the desk began; with `key` it is what a provider knows the message by.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        HANDED = "handed", _("Handed over")
        FAILED = "failed", _("Failed")
        BOUNCED = "bounced", _("Came back")
        WITHDRAWN = "withdrawn", _("Not needed any more")

    AT_FAULT: ClassVar = (State.FAILED, State.BOUNCED)

    key = models.UUIDField(default=uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=20, choices=Kind.choices)
    about = models.CharField(max_length=120)
    patient = models.ForeignKey(
        "people.Patient", on_delete=models.PROTECT, null=True, blank=True, related_name="messages"
    )
    address = models.CharField(max_length=ADDRESS, blank=True)  # of somebody who is no patient yet
    language = models.CharField(max_length=10, default="en")
    starts_at = models.DateTimeField(null=True, blank=True)  # the time that the words name
    due_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    channel = models.CharField(max_length=10, choices=Channel.choices, blank=True)
    round = models.PositiveSmallIntegerField(default=1)
    attempts = models.PositiveSmallIntegerField(default=0)
    handed_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=TOLD, blank=True)
    put_aside_at = models.DateTimeField(null=True, blank=True)
    put_aside_by_name = models.CharField(max_length=NAME, blank=True)

    class Meta:
        ordering: ClassVar = ["due_at", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["clinic", "kind", "about"], name="one_message_a_cause"),
            models.CheckConstraint(
                condition=Q(patient__isnull=False) | ~Q(address=""), name="messages_go_to_somebody"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["handed", "bounced"]) | Q(handed_at__isnull=False),
                name="handed_messages_have_a_time",
            ),
            models.CheckConstraint(
                condition=Q(put_aside_at=None, put_aside_by_name="")
                | (Q(put_aside_at__isnull=False) & ~Q(put_aside_by_name="")),
                name="messages_put_aside_by_somebody",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["clinic", "state", "due_at"])]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} for {self.patient or self.address}"

    @property
    def is_at_fault(self) -> bool:
        """Whether it did not arrive and nobody has dealt with it."""
        return self.state in self.AT_FAULT and self.put_aside_at is None

    @property
    def provider_key(self) -> str:
        """What the provider knows this message by: the same however often a death repeats the hand-over."""
        return f"{self.key}-{self.round}"


class HandOver(ClinicOwned):
    """The journal: one try to hand a message over. Begun and committed before, ended right after.

    An empty outcome is a try that nobody knows the end of: the worker died in it.
    """

    class Outcome(models.TextChoices):
        ACCEPTED = "accepted", _("Accepted")
        REFUSED = "refused", _("Refused")
        LATER = "later", _("To be tried again")

    message = models.ForeignKey(Message, on_delete=models.PROTECT, related_name="hand_overs")
    key = models.CharField(max_length=60)
    channel = models.CharField(max_length=10, choices=Channel.choices)
    provider = models.CharField(max_length=40)
    address = models.CharField(max_length=ADDRESS)
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=10, choices=Outcome.choices, blank=True)
    told = models.CharField(max_length=TOLD, blank=True)

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(outcome="", ended_at=None) | (~Q(outcome="") & Q(ended_at__isnull=False)),
                name="ended_hand_overs_have_an_outcome",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["clinic", "address"])]

    def __str__(self) -> str:
        return f"{self.key} by {self.provider}"


class ChannelChoice(ClinicOwned):
    """A patient's wish about one channel. The newest holds; none is a yes.

    `is_first`: the channel that they wish to be reached on before the others; the newest holds.
    """

    patient = models.ForeignKey("people.Patient", on_delete=models.PROTECT, related_name="channel_choices")
    channel = models.CharField(max_length=10, choices=Channel.choices)
    is_wanted = models.BooleanField()
    is_first = models.BooleanField(default=False)
    by_name = models.CharField(max_length=NAME)

    class Meta:
        ordering: ClassVar = ["id"]
        indexes: ClassVar = [models.Index(fields=["clinic", "patient"])]

    def __str__(self) -> str:
        return f"{self.patient}: {self.channel} {'yes' if self.is_wanted else 'no'}"


class Device(ClinicOwned):
    """A browser in which a patient turned notifications on.

    `sealed`: its address and keys, which are gone once it ended. `mark`: a digest of the address, so that a
    browser that is turned on twice is one. Both are bytes, which no paper of the patient prints.
    """

    patient = models.ForeignKey("people.Patient", on_delete=models.PROTECT, related_name="devices")
    label = models.CharField(max_length=DEVICE)
    mark = models.BinaryField()
    sealed = models.BinaryField()
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_reason = models.CharField(max_length=TOLD, blank=True)

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["clinic", "mark"], condition=Q(ended_at=None), name="a_device_is_on_once"
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None) | (Q(sealed=b"") & ~Q(ended_reason="")),
                name="ended_devices_keep_no_keys",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["clinic", "patient"])]

    def __str__(self) -> str:
        return self.label


class MessageSettings(Versioned):
    """What a clinic decides about its messages: the defaults hold until it does."""

    sender_name = models.CharField(max_length=60, blank=True)
    quiet_from = models.TimeField(default=time(20))
    quiet_until = models.TimeField(default=time(8))
    visit_days = models.PositiveSmallIntegerField(default=2)
    diary_days = models.PositiveSmallIntegerField(default=4)
    sends_reminders = models.BooleanField(default=True)
    sends_texts = models.BooleanField(default=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["clinic"], name="one_message_settings_a_clinic"),
            models.CheckConstraint(
                condition=Q(visit_days__gte=1, visit_days__lte=14), name="visit_reminders_in_time"
            ),
            models.CheckConstraint(
                condition=Q(diary_days__gte=1, diary_days__lte=28), name="diary_reminders_in_time"
            ),
        ]

    def __str__(self) -> str:
        return f"messages of {self.clinic}"


class MessageText(Versioned):
    """A clinic's own words for one kind in one language. Empty words are the shipped ones."""

    kind = models.CharField(max_length=20, choices=Kind.choices)
    language = models.CharField(max_length=10)
    subject = models.CharField(max_length=120, blank=True)
    body = models.TextField(blank=True)
    text = models.TextField(blank=True)  # the words of a text message
    changed_by_name = models.CharField(max_length=NAME)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["clinic", "kind", "language"], name="one_text_a_kind_and_language"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} in {self.language}"
