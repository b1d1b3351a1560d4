"""Tables of the room `recover`: symptom checks and adverse events."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from masseter.journey.consult.models import Case, both_or_neither
from masseter.journey.ground import clock
from masseter.journey.ground.models import ClinicOwned, Versioned
from masseter.journey.inject.models import Treatment
from masseter.journey.people.models import Patient

NAME = 200
REPORTERS = [("patient", "Patient"), ("staff", "Staff")]


class SymptomCheck(ClinicOwned):
    """One symptom check as it was answered then. Only the mark that it was seen is added later."""

    class Grade(models.TextChoices):
        EXPECTED = "expected", "Expected"
        CALL = "call", "Call the clinic"
        EMERGENCY = "emergency", "Emergency"

    treatment = models.ForeignKey(Treatment, on_delete=models.PROTECT, related_name="symptom_checks")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="symptom_checks")
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="symptom_checks")
    day = models.PositiveIntegerField()
    answers = models.JSONField(default=dict)
    grade = models.CharField(max_length=10, choices=Grade.choices)
    reasons = models.JSONField(default=list)
    unanswered = models.JSONField(default=list)
    knowledge_version = models.CharField(max_length=64)
    reported_by = models.CharField(max_length=10, choices=REPORTERS)
    by_name = models.CharField(max_length=NAME)
    at = models.DateTimeField(default=clock.now)
    seen_at = models.DateTimeField(null=True, blank=True)
    seen_by_name = models.CharField(max_length=NAME, blank=True)
    seen_note = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["at", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=both_or_neither("seen_at", "seen_by_name", "seen_note"), name="seen_mark_is_whole"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["clinic", "grade", "seen_at"])]

    def __str__(self) -> str:
        return f"symptom check of {self.patient} on day {self.day}"

    @property
    def waits(self) -> bool:
        """Somebody of the clinic still has to answer it."""
        return self.grade != self.Grade.EXPECTED and self.seen_at is None


class AdverseEvent(Versioned):
    """One unwanted effect after a treatment, until it is over."""

    class Severity(models.TextChoices):
        MILD = "mild", "Mild"
        MODERATE = "moderate", "Moderate"
        SEVERE = "severe", "Severe"

    class Outcome(models.TextChoices):
        ONGOING = "ongoing", "Still there"
        RESOLVED = "resolved", "Over"
        UNKNOWN = "unknown", "Not known"

    treatment = models.ForeignKey(Treatment, on_delete=models.PROTECT, related_name="adverse_events")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="adverse_events")
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="adverse_events")
    effect = models.CharField(max_length=80, blank=True)
    words = models.TextField(blank=True)
    started_on = models.DateField()
    severity = models.CharField(max_length=10, choices=Severity.choices)
    is_serious = models.BooleanField(default=False)
    outcome = models.CharField(max_length=10, choices=Outcome.choices, default=Outcome.ONGOING)
    resolved_on = models.DateField(null=True, blank=True)
    action_taken = models.TextField(blank=True)
    reported_by = models.CharField(max_length=10, choices=REPORTERS)
    by_name = models.CharField(max_length=NAME)
    seen_at = models.DateTimeField(null=True, blank=True)
    seen_by_name = models.CharField(max_length=NAME, blank=True)

    class Meta:
        ordering: ClassVar = ["started_on", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=both_or_neither("seen_at", "seen_by_name"), name="adverse_event_seen_is_whole"
            ),
            models.CheckConstraint(condition=~Q(effect="") | ~Q(words=""), name="adverse_event_says_what"),
            models.CheckConstraint(
                condition=Q(resolved_on=None) | Q(outcome="resolved", resolved_on__gte=F("started_on")),
                name="adverse_event_ends_after_it_began",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.effect or self.words} of {self.patient}"

    @property
    def is_unseen(self) -> bool:
        """The patient reported it and nobody of the clinic has looked at it."""
        return self.reported_by == "patient" and self.seen_at is None

    @property
    def needs_a_call(self) -> bool:
        """Bad enough that the patient should not wait for the clinic to read it."""
        return self.is_serious or self.severity == self.Severity.SEVERE
