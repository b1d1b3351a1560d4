"""Tables of the room `calendar`: appointments."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import ClassVar

from django.conf import settings
from django.db import models

from masseter.journey.ground.models import Versioned


class Appointment(Versioned):
    """A visit or a call at a time, with somebody or with whoever is free."""

    class Kind(models.TextChoices):
        CONSULTATION = "consultation", "Consultation"
        TREATMENT = "treatment", "Treatment"
        REVIEW = "review", "Review"
        CALL = "call", "Telephone call"

    class State(models.TextChoices):
        BOOKED = "booked", "Booked"
        ARRIVED = "arrived", "Arrived"
        DONE = "done", "Done"
        CANCELLED = "cancelled", "Cancelled"
        MISSED = "missed", "Missed"

    patient = models.ForeignKey("people.Patient", on_delete=models.PROTECT, related_name="appointments")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    condition = models.CharField(max_length=40, blank=True)
    starts_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField(default=30)
    with_user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    state = models.CharField(max_length=10, choices=State.choices, default=State.BOOKED)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering: ClassVar = ["starts_at", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(minutes__gte=5, minutes__lte=480), name="appointment_of_sensible_length"
            )
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
