"""Tables of the room `recover`: symptom checks, adverse events, and what was felt, marked on the face map."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from masseter.journey.consult.models import Case, both_or_neither
from masseter.journey.ground import clock
from masseter.journey.ground.models import ClinicOwned, Versioned
from masseter.journey.inject.models import Treatment
from masseter.journey.people.models import Patient
from masseter.journey.plan.models import SIDES, Plan

NAME = 200
REPORTERS = [("patient", "Patient"), ("staff", "Staff")]


class SymptomCheck(ClinicOwned):
    """One symptom check as it was answered then. Only the mark that it was seen is added later."""

    class Grade(models.TextChoices):
        EXPECTED = "expected", _("Expected")
        CALL = "call", _("Call the clinic")
        EMERGENCY = "emergency", _("Emergency")

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
        MILD = "mild", _("Mild")
        MODERATE = "moderate", _("Moderate")
        SEVERE = "severe", _("Severe")

    class Side(models.TextChoices):
        LEFT = "left", _("Left")
        RIGHT = "right", _("Right")
        BOTH = "both", _("Both or middle")
        UNKNOWN = "unknown", _("Not known")

    class Outcome(models.TextChoices):
        ONGOING = "ongoing", _("Still there")
        RESOLVED = "resolved", _("Over")
        UNKNOWN = "unknown", _("Not known")

    treatment = models.ForeignKey(Treatment, on_delete=models.PROTECT, related_name="adverse_events")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="adverse_events")
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="adverse_events")
    effect = models.CharField(max_length=80, blank=True)
    words = models.TextField(blank=True)
    side = models.CharField(max_length=10, choices=Side.choices, default=Side.UNKNOWN)
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


class FeltMark(ClinicOwned):
    """What a patient felt after a treatment, marked on the face map. Taken back, it stays as history.

    A mark of the kind `drooped` is an unwanted effect, too: `event` is its report to the clinic.
    """

    class Kind(models.TextChoices):
        MORE = "more", _("More here")
        LESS = "less", _("Less here")
        HURT = "hurt", _("It hurt here")
        DROOPED = "drooped", _("It drooped here")

    treatment = models.ForeignKey(Treatment, on_delete=models.PROTECT, related_name="felt_marks")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="felt_marks")
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="felt_marks")
    event = models.OneToOneField(
        AdverseEvent, on_delete=models.PROTECT, null=True, blank=True, related_name="felt_mark"
    )
    kind = models.CharField(max_length=10, choices=Kind.choices)
    site = models.CharField(max_length=60)
    side = models.CharField(max_length=10, choices=SIDES)
    view = models.CharField(max_length=10)
    x = models.DecimalField(max_digits=8, decimal_places=3)
    y = models.DecimalField(max_digits=8, decimal_places=3)
    words = models.TextField(blank=True)
    map_version = models.CharField(max_length=20)
    marked_on = models.DateField()
    by_name = models.CharField(max_length=NAME)
    taken_back_at = models.DateTimeField(null=True, blank=True)
    taken_back_by_name = models.CharField(max_length=NAME, blank=True)

    class Meta:
        ordering: ClassVar = ["created_at", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=both_or_neither("taken_back_at", "taken_back_by_name"),
                name="felt_mark_taken_back_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(kind="drooped", event__isnull=False) | (~Q(kind="drooped") & Q(event=None)),
                name="drooping_is_reported",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.site}, {self.side}"


class PutAside(ClinicOwned):
    """A mark that was looked at and put aside while a plan was drawn up. Never changed."""

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="put_aside")
    mark = models.ForeignKey(FeltMark, on_delete=models.PROTECT, related_name="put_aside")
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="+")
    by_name = models.CharField(max_length=NAME)
    at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering: ClassVar = ["at", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["plan", "mark"], name="a_mark_is_put_aside_once_a_plan")
        ]

    def __str__(self) -> str:
        return f"{self.mark} put aside"
