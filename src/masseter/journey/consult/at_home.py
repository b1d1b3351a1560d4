"""Tables of the consent at home: what was released to be signed there, what was read, asked and answered."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q

from masseter.journey.consult.standing import NAME, both_or_neither
from masseter.journey.ground import clock
from masseter.journey.ground.models import ClinicOwned, Versioned
from masseter.journey.people.models import Patient


class ConsentRelease(Versioned):
    """One consent that a clinician, after the talk, let a person sign at home. Never changed, but ended.

    `text_version`, `product` and `diagnosis` are those of the text as released. `plan_mark` is a digest of
    the plan that ran then, '' where none did. `until` is the last local day on which it can be signed.
    """

    case = models.ForeignKey("consult.Case", on_delete=models.PROTECT, related_name="consent_releases")
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="consent_releases")
    text_version = models.CharField(max_length=64)
    product = models.CharField(max_length=40, blank=True)
    diagnosis = models.CharField(max_length=80, blank=True)
    plan_mark = models.CharField(max_length=64, blank=True)
    talked_on = models.DateField()
    talked_about = models.TextField(blank=True)
    until = models.DateField()
    by_name = models.CharField(max_length=NAME)
    released_at = models.DateTimeField(default=clock.now)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by_name = models.CharField(max_length=NAME, blank=True)
    ended_reason = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["released_at", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=both_or_neither("ended_at", "ended_by_name", "ended_reason"),
                name="consent_release_end_is_whole",
            ),
            models.UniqueConstraint(
                fields=["case"], condition=Q(ended_at=None), name="one_running_consent_release_a_case"
            ),
        ]

    def __str__(self) -> str:
        return f"consent of {self.patient} to sign at home until {self.until}"


class PartRead(ClinicOwned):
    """A part of a released text that tells of risks, and that the person says to have read. Never changed."""

    release = models.ForeignKey(ConsentRelease, on_delete=models.PROTECT, related_name="parts_read")
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=NAME)
    read_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering: ClassVar = ["read_at", "id"]
        verbose_name_plural = "parts read"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["release", "title"], name="a_part_is_read_once")
        ]

    def __str__(self) -> str:
        return f"{self.title}, read at home"


class ConsentQuestion(Versioned):
    """What a person asks about the consent, and the written answer, which is given once and never changed."""

    case = models.ForeignKey("consult.Case", on_delete=models.PROTECT, related_name="consent_questions")
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="consent_questions")
    words = models.TextField()
    asked_at = models.DateTimeField(default=clock.now)
    asked_by_name = models.CharField(max_length=NAME)
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by_name = models.CharField(max_length=NAME, blank=True)

    class Meta:
        ordering: ClassVar = ["asked_at", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=both_or_neither("answered_at", "answered_by_name", "answer"),
                name="consent_answer_is_whole",
            ),
            models.CheckConstraint(condition=~Q(words=""), name="consent_question_has_words"),
        ]

    @property
    def is_open(self) -> bool:
        return self.answered_at is None

    def __str__(self) -> str:
        return f"question of {self.patient} about the consent"
