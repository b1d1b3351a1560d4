"""Tables of the room `calendar`: visits, rooms, who works when, and who waits."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import ClassVar
from uuid import uuid4

from django.conf import settings
from django.contrib.postgres.functions import RandomUUID
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from masseter.journey.ground.models import Versioned


class Kind(models.TextChoices):
    CONSULTATION = "consultation", _("Consultation")
    TREATMENT = "treatment", _("Treatment")
    REVIEW = "review", _("Review")
    CALL = "call", _("Telephone call")


class VisitType(Versioned):
    """What a kind of visit takes in this clinic, where it is not the usual."""

    kind = models.CharField(max_length=20, choices=Kind.choices)
    minutes = models.PositiveSmallIntegerField()
    needs_room = models.BooleanField()
    is_offered = models.BooleanField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["clinic", "kind"], name="one_visit_type_a_kind"),
            models.CheckConstraint(
                condition=models.Q(minutes__gte=5, minutes__lte=480), name="visit_type_of_sensible_length"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.minutes} minutes"


class Room(Versioned):
    """A room in which one visit at a time is held; closed for good, never deleted."""

    name = models.CharField(max_length=60)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["name", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                "clinic", Lower("name"), condition=models.Q(closed_at=None), name="one_open_room_of_a_name"
            )
        ]

    def __str__(self) -> str:
        return self.name


class WorkingHours(Versioned):
    """When a person sees patients on one weekday, in the clinic's own time; ended, never deleted."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    weekday = models.PositiveSmallIntegerField()
    starts = models.TimeField()
    ends = models.TimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["weekday", "starts"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(weekday__lte=6, starts__lt=models.F("ends")), name="hours_of_a_weekday"
            )
        ]
        indexes: ClassVar = [models.Index(fields=["clinic", "ended_at"])]

    def __str__(self) -> str:
        return f"{self.user} on weekday {self.weekday}"


class Absence(Versioned):
    """A time when a person is away, or the whole clinic is closed."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    words = models.CharField(max_length=100, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["starts_at", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(starts_at__lt=models.F("ends_at")), name="absence_ends_after_it_starts"
            )
        ]
        indexes: ClassVar = [models.Index(fields=["clinic", "ends_at"])]

    def __str__(self) -> str:
        return f"{self.user or 'Everybody'} away"


class Waiting(Versioned):
    """Somebody who waits for a visit, and the times that suit. No days or parts named means any."""

    class State(models.TextChoices):
        WAITING = "waiting", _("Waiting")
        BOOKED = "booked", _("Booked")
        WITHDRAWN = "withdrawn", _("Taken off")

    patient = models.ForeignKey("people.Patient", on_delete=models.PROTECT, related_name="waiting")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    condition = models.CharField(max_length=40, blank=True)
    days = models.JSONField(default=list)
    parts = models.JSONField(default=list)
    from_on = models.DateField(null=True, blank=True)
    words = models.CharField(max_length=300, blank=True)
    is_by_patient = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering: ClassVar = ["created_at", "id"]
        indexes: ClassVar = [models.Index(fields=["clinic", "state", "created_at"])]

    def __str__(self) -> str:
        return f"{self.patient} waits for a {self.get_kind_display().lower()}"


class Appointment(Versioned):
    """A visit or a call at a time, with somebody or with whoever is free.

    `uid` and `sequence` name the visit and its changes to calendars outside. That nobody and no room is
    taken twice is an exclusion constraint in the database; it stands in the migrations.
    """

    Kind = Kind

    class State(models.TextChoices):
        ASKED = "asked", _("Asked for")
        OFFERED = "offered", _("Offered")
        BOOKED = "booked", _("Booked")
        ARRIVED = "arrived", _("Arrived")
        DONE = "done", _("Done")
        CANCELLED = "cancelled", _("Cancelled")
        MISSED = "missed", _("Missed")

    class SaidBy(models.TextChoices):
        PATIENT = "patient", _("The patient")
        CLINIC = "clinic", _("The clinic")

    patient = models.ForeignKey("people.Patient", on_delete=models.PROTECT, related_name="appointments")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    condition = models.CharField(max_length=40, blank=True)
    starts_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField(default=30)
    with_user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    room = models.ForeignKey(Room, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    waiting = models.ForeignKey(
        Waiting, on_delete=models.PROTECT, null=True, blank=True, related_name="appointments"
    )
    state = models.CharField(max_length=10, choices=State.choices, default=State.BOOKED)
    held_until = models.DateTimeField(null=True, blank=True)
    note = models.CharField(max_length=300, blank=True)
    ended_by = models.CharField(max_length=10, choices=SaidBy.choices, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    uid = models.UUIDField(default=uuid4, db_default=RandomUUID(), editable=False)
    sequence = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        ordering: ClassVar = ["starts_at", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(minutes__gte=5, minutes__lte=480), name="appointment_of_sensible_length"
            ),
            models.CheckConstraint(
                condition=models.Q(state="offered", held_until__isnull=False)
                | (~models.Q(state="offered") & models.Q(held_until=None)),
                name="an_offer_is_held_until_a_time",
            ),
            models.UniqueConstraint(fields=["uid"], name="appointment_uid_once"),
        ]
        indexes: ClassVar = [models.Index(fields=["clinic", "starts_at"])]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} of {self.patient}"

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + timedelta(minutes=self.minutes)

    @property
    def is_open(self) -> bool:
        return self.state in {self.State.BOOKED, self.State.ARRIVED}

    @property
    def is_held(self) -> bool:
        """Whether the time is kept for the patient, also where somebody has yet to say yes."""
        return self.state in HELD


# A time in these states is nobody else's. The database's exclusion constraint names the same four.
HELD = ("asked", "offered", "booked", "arrived")
