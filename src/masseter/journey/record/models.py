"""Tables of the room `record`: what patients ask about it, their statements, how long it is kept."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from masseter.journey.consult.standing import both_or_neither
from masseter.journey.ground import clock
from masseter.journey.ground.models import ClinicOwned, Versioned
from masseter.journey.people.models import Patient

NAME = 200


class Asked(Versioned):
    """What a patient asked about the record, and the clinic's answer. Once answered it never changes.

    `about` says which part is meant, `look` is the number of the event in the trail that was asked about.
    `kept` is what the clinic said must be kept, and until when.
    """

    class Kind(models.TextChoices):
        CORRECTION = "correction", _("Correction")
        DELETION = "deletion", _("Deletion")
        LOOK = "look", _("Question about who looked")

    class State(models.TextChoices):
        OPEN = "open", _("Not answered yet")
        ACCEPTED = "accepted", _("Accepted")
        REFUSED = "refused", _("Refused")
        TAKEN_BACK = "taken_back", _("Taken back")

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="asked")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    about = models.CharField(max_length=NAME, blank=True)
    words = models.TextField()
    look = models.BigIntegerField(null=True, blank=True)
    asked_by_name = models.CharField(max_length=NAME)
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    answer = models.TextField(blank=True)
    kept = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by_name = models.CharField(max_length=NAME, blank=True)

    class Meta:
        verbose_name = "request about the record"
        verbose_name_plural = "requests about the record"
        ordering: ClassVar = ["created_at", "id"]
        indexes: ClassVar = [models.Index(fields=["clinic", "state", "created_at"])]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(words=""), name="asked_says_what"),
            models.CheckConstraint(
                condition=both_or_neither("answered_at", "answered_by_name"), name="asked_answer_is_whole"
            ),
            models.CheckConstraint(
                condition=Q(state__in=["open", "taken_back"], answered_at=None, answer="")
                | (Q(state__in=["accepted", "refused"], answered_at__isnull=False) & ~Q(answer="")),
                name="asked_is_answered_in_words",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, asked by {self.patient}"

    @property
    def is_open(self) -> bool:
        return self.state == self.State.OPEN


class Statement(ClinicOwned):
    """A patient's own statement that was added to the record. Never changed; what it speaks of stays too."""

    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="statements")
    asked = models.ForeignKey(Asked, on_delete=models.PROTECT, related_name="statements")
    about = models.CharField(max_length=NAME, blank=True)
    words = models.TextField()
    added_at = models.DateTimeField(default=clock.now)
    added_by_name = models.CharField(max_length=NAME)

    class Meta:
        verbose_name = "statement of the patient"
        verbose_name_plural = "statements of the patient"
        ordering: ClassVar = ["added_at", "id"]

    def __str__(self) -> str:
        return f"statement of {self.patient}"


class Retention(Versioned):
    """How long the clinic keeps a record after the last visit, and the law that says so."""

    years = models.PositiveSmallIntegerField()
    law = models.CharField(max_length=300)
    words = models.TextField(blank=True)
    changed_by_name = models.CharField(max_length=NAME)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["clinic"], name="one_retention_a_clinic"),
            models.CheckConstraint(condition=Q(years__gte=1, years__lte=100), name="retention_is_sensible"),
            models.CheckConstraint(condition=~Q(law=""), name="retention_names_its_law"),
        ]

    def __str__(self) -> str:
        return f"{self.years} years by {self.law}"
