"""Tables of the room `results`: the diary and the scores of instruments."""

from __future__ import annotations

from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from masseter.journey.consult.models import Case, PhotographConsent, both_or_neither
from masseter.journey.ground import clock
from masseter.journey.ground.models import ClinicOwned, Versioned
from masseter.journey.people.models import Patient

NAME = 200
ENTERED_BY = [("patient", "Patient"), ("staff", "Staff")]


class DiaryEntry(Versioned):
    """One day of the diary, or the seven days that end with it. Entering it again changes it.

    The trail keeps what was there before. `written_at` is when it was written last: on a device without a
    connection that is before it arrived; None for an entry from before this was kept. `is_day_unsure`: the
    device's clock was wrong, and the day was found as well as could be.
    """

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="diary")
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="diary")
    day = models.DateField()
    covers_days = models.PositiveSmallIntegerField(default=1)
    values = models.JSONField(default=dict)
    note = models.TextField(blank=True)
    entered_by = models.CharField(max_length=10, choices=ENTERED_BY)
    by_name = models.CharField(max_length=NAME)
    written_at = models.DateTimeField(null=True, blank=True)
    is_day_unsure = models.BooleanField(default=False)

    class Meta:
        ordering: ClassVar = ["day"]
        verbose_name_plural = "diary entries"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["case", "day", "covers_days"], name="one_diary_entry_a_day_and_span"
            ),
            models.CheckConstraint(
                condition=Q(covers_days__in=[1, 7]), name="diary_entry_covers_a_day_or_a_week"
            ),
        ]

    def __str__(self) -> str:
        return f"diary of {self.day}"


class DiarySent(ClinicOwned):
    """One sending of an entry, by the key that the device gave it: what comes again changes nothing."""

    key = models.UUIDField()
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="+")
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="+")
    entry = models.ForeignKey(DiaryEntry, on_delete=models.PROTECT, related_name="sent")

    class Meta:
        verbose_name_plural = "sent diary entries"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["clinic", "key"], name="one_diary_entry_a_key"),
        ]

    def __str__(self) -> str:
        return f"sending {self.key}"


class DiaryChoice(Versioned):
    """The symptoms that a person chose for the diary of a case; without a row, the condition's own."""

    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="diary_choice")
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="+")
    symptoms = models.JSONField(default=list)
    by_name = models.CharField(max_length=NAME)

    def __str__(self) -> str:
        return f"diary of {', '.join(self.symptoms)}"


class Goal(Versioned):
    """What a person wants to be able to do again, in their own words, and how near they are."""

    class Standing(models.TextChoices):
        NOT_YET = "not_yet", _("Not yet")
        PARTLY = "partly", _("Partly")
        REACHED = "reached", _("Reached")
        LET_GO = "let_go", _("Let go")

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="goals")
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="goals")
    words = models.CharField(max_length=NAME)
    set_on = models.DateField()
    standing = models.CharField(max_length=10, choices=Standing.choices, default=Standing.NOT_YET)
    looked_on = models.DateField()
    entered_by = models.CharField(max_length=10, choices=ENTERED_BY)
    by_name = models.CharField(max_length=NAME)

    class Meta:
        ordering: ClassVar = ["set_on", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(words=""), name="goal_has_words"),
            models.CheckConstraint(
                condition=Q(standing__in=["not_yet", "partly", "reached", "let_go"]),
                name="goal_has_a_standing",
            ),
        ]

    def __str__(self) -> str:
        return f"goal of {self.set_on}"


class WearOffTold(ClinicOwned):
    """One answer to 'has it worn off?' about the cycle that began on `treated_on`. Rows never change.

    A later answer takes an earlier one back; `core.results.wear_off` says what stands.
    """

    class Answer(models.TextChoices):
        STILL = "still", _("It still works")
        WORN_OFF = "worn_off", _("It has worn off")
        NEVER = "never", _("It never helped")
        UNSURE = "unsure", _("Cannot tell")

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="wear_offs")
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="wear_offs")
    treated_on = models.DateField()
    day = models.DateField()
    answer = models.CharField(max_length=10, choices=Answer.choices)
    worn_off_on = models.DateField(null=True, blank=True)
    entered_by = models.CharField(max_length=10, choices=ENTERED_BY)
    by_name = models.CharField(max_length=NAME)

    class Meta:
        ordering: ClassVar = ["day", "id"]
        verbose_name_plural = "answers about wear-off"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(answer="worn_off", worn_off_on__isnull=False)
                | Q(answer__in=["still", "never", "unsure"], worn_off_on=None),
                name="wear_off_day_with_its_answer",
            ),
            models.CheckConstraint(
                condition=Q(worn_off_on=None) | Q(worn_off_on__gt=models.F("treated_on")),
                name="wear_off_after_its_treatment",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_answer_display()} on {self.day}"


class Score(ClinicOwned):
    """One result of an instrument on one day. A wrong one is withdrawn with its reason and stays."""

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="scores")
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="scores")
    instrument = models.CharField(max_length=40)
    day = models.DateField()
    value = models.DecimalField(max_digits=9, decimal_places=4)
    items = models.JSONField(default=dict)
    is_prorated = models.BooleanField(default=False)
    is_baseline = models.BooleanField(default=False)
    entered_by = models.CharField(max_length=10, choices=ENTERED_BY)
    by_name = models.CharField(max_length=NAME)
    note = models.TextField(blank=True)
    knowledge_version = models.CharField(max_length=64)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by_name = models.CharField(max_length=NAME, blank=True)
    withdrawn_reason = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["day", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["case", "instrument", "day"],
                condition=Q(withdrawn_at=None),
                name="one_score_a_day",
            ),
            models.CheckConstraint(
                condition=both_or_neither("withdrawn_at", "withdrawn_by_name", "withdrawn_reason"),
                name="score_withdrawal_is_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.instrument} {self.value.normalize():f} on {self.day}"


class Photograph(Versioned):
    """One picture of the face. The picture itself lies encrypted in the vault; the row holds its name there.

    `cycle` counts the treatments of the case up to then: 0 is before the first. `days_after` counts from the
    last of them. `identity` is sealed into the file, so that another row's file does not open for this one.
    """

    class Pose(models.TextChoices):
        REST = "rest", _("At rest")
        CLENCH = "clench", _("Clenching")
        SMILE = "smile", _("Smiling")
        BROW_RAISE = "brow_raise", _("Eyebrows raised")

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="photographs")
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="photographs")
    consent = models.ForeignKey(PhotographConsent, on_delete=models.PROTECT, related_name="photographs")
    pose = models.CharField(max_length=20, choices=Pose.choices)
    cycle = models.PositiveSmallIntegerField()
    days_after = models.PositiveIntegerField(null=True, blank=True)
    taken_at = models.DateTimeField(default=clock.now)
    taken_by_name = models.CharField(max_length=NAME)
    identity = models.UUIDField(default=uuid4, unique=True)
    file = models.CharField(max_length=80, unique=True)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by_name = models.CharField(max_length=NAME, blank=True)
    withdrawn_reason = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["taken_at", "id"]
        indexes: ClassVar = [models.Index(fields=["case", "pose", "taken_at"])]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=both_or_neither("withdrawn_at", "withdrawn_by_name", "withdrawn_reason"),
                name="photo_withdrawal_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(cycle=0, days_after=None) | Q(cycle__gt=0, days_after__isnull=False),
                name="photo_counts_from_its_treatment",
            ),
            models.CheckConstraint(condition=~Q(file=""), name="photo_has_a_file"),
            models.CheckConstraint(
                condition=Q(pose__in=["rest", "clench", "smile", "brow_raise"]), name="photo_has_a_pose"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_pose_display()} of {self.taken_at:%d %B %Y}"
