"""Tables of the room `follow_up`: review visits and recalls."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from masseter.journey.consult.models import Case
from masseter.journey.ground.models import ClinicOwned, Versioned
from masseter.journey.inject.models import Treatment
from masseter.journey.people.models import Patient

NAME = 200


class Review(ClinicOwned):
    """One review visit as it was held: what was found, what was recommended, what was decided."""

    class Wish(models.TextChoices):
        YES = "yes", _("Yes")
        NO = "no", _("No")
        UNSURE = "unsure", _("Not sure")

    class Decided(models.TextChoices):
        REPEAT = "repeat", _("Repeat the treatment")
        ADJUST = "adjust", _("Adjust the treatment")
        PAUSE = "pause", _("Pause")
        STOP = "stop", _("Stop")
        REFER = "refer", _("Refer")

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="reviews")
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="reviews")
    treatment = models.ForeignKey(
        Treatment, on_delete=models.PROTECT, null=True, blank=True, related_name="reviews"
    )
    held_on = models.DateField()
    effect = models.TextField()
    adverse = models.TextField(blank=True)
    wish = models.CharField(max_length=10, choices=Wish.choices)
    facts = models.JSONField(default=dict)
    recommendation = models.JSONField(default=dict)
    knowledge_version = models.CharField(max_length=64)
    decision = models.CharField(max_length=10, choices=Decided.choices)
    reason = models.TextField(blank=True)
    next_due_on = models.DateField(null=True, blank=True)
    by_name = models.CharField(max_length=NAME)

    class Meta:
        ordering: ClassVar = ["held_on", "id"]

    def __str__(self) -> str:
        return f"review of {self.patient} on {self.held_on}"


class Recall(Versioned):
    """The day on which a patient should be asked to come again."""

    class State(models.TextChoices):
        OPEN = "open", _("To be called")
        BOOKED = "booked", _("Booked")
        DONE = "done", _("Done")
        DROPPED = "dropped", _("Dropped")

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="recalls")
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="recalls")
    review = models.ForeignKey(
        Review, on_delete=models.PROTECT, null=True, blank=True, related_name="recalls"
    )
    due_on = models.DateField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    note = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["due_on", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(state__in=["open", "booked"]), name="one_running_recall_a_case"
            ),
            models.CheckConstraint(
                condition=~Q(state="dropped") | ~Q(note=""), name="dropped_recalls_have_a_reason"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["clinic", "state", "due_on"])]

    def __str__(self) -> str:
        return f"recall of {self.patient} on {self.due_on}"

    @property
    def is_running(self) -> bool:
        return self.state in {self.State.OPEN, self.State.BOOKED}


class PayerLetter(ClinicOwned):
    """A letter to a payer as it was sent. Never changed: a newer letter is another one."""

    class Kind(models.TextChoices):
        START = "start", _("First request")
        RENEWAL = "renewal", _("Continuation")

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="payer_letters")
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="payer_letters")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    payer = models.CharField(max_length=NAME)
    told = models.JSONField()
    pdf = models.BinaryField()
    digest = models.CharField(max_length=64)
    knowledge_version = models.CharField(max_length=64)
    issued_at = models.DateTimeField()
    issued_by_name = models.CharField(max_length=NAME)

    class Meta:
        ordering: ClassVar = ["issued_at", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(payer=""), name="payer_letters_have_a_payer"),
            models.CheckConstraint(condition=~Q(issued_by_name=""), name="payer_letters_have_a_writer"),
        ]

    def __str__(self) -> str:
        return f"letter to {self.payer} for {self.patient}"
