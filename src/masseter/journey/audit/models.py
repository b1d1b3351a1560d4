"""The audit trail, and the keys of forms already sent."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from masseter.journey.ground.models import ClinicOwned

OPENED = "chart.opened"


class Event(models.Model):
    """One thing that was done or looked at. No foreign keys: history outlives its subject.

    `digest` is an HMAC over this row and the digest before it, so that a change, a gap or a swap shows.
    """

    clinic_id = models.BigIntegerField()
    number = models.BigIntegerField()
    at = models.DateTimeField()
    user_id = models.BigIntegerField(null=True)
    user_name = models.CharField(max_length=200)
    roles = models.CharField(max_length=200)
    what = models.CharField(max_length=60)
    subject_kind = models.CharField(max_length=60, blank=True)
    subject_id = models.BigIntegerField(null=True)
    patient_id = models.BigIntegerField(null=True)
    why = models.TextField(blank=True)
    data = models.JSONField(default=dict)
    address = models.CharField(max_length=60, blank=True)
    digest = models.CharField(max_length=64)

    class Meta:
        ordering: ClassVar = ["clinic_id", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["clinic_id", "number"], name="one_event_a_number")
        ]
        indexes: ClassVar = [
            models.Index(fields=["clinic_id", "patient_id", "-number"]),
            models.Index(fields=["clinic_id", "-at"]),
        ]

    def __str__(self) -> str:
        return f"{self.number}: {self.what}"


class Submission(ClinicOwned):
    """A form that was already acted on: sending it again leads to the same place and does nothing.

    `content` is a digest of what was sent: other words under the same key are another wish.
    """

    user_id = models.BigIntegerField(null=True)
    key = models.UUIDField()
    url = models.CharField(max_length=500)
    content = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["clinic", "key"], name="one_submission_a_key")
        ]

    def __str__(self) -> str:
        return str(self.key)
