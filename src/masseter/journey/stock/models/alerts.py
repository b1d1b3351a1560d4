"""Alerts on lots: a recall or a warning of fakes, the lots that it names, and which patients were told."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from masseter.journey.ground import clock
from masseter.journey.ground.models import ClinicOwned, Versioned
from masseter.journey.people.models import Patient

NAME = 200


class Alert(Versioned):
    """A recall or a warning that a clinic has entered. It stays open until a person closes it."""

    class Kind(models.TextChoices):
        RECALL = "recall", "Recall"
        COUNTERFEIT = "counterfeit", "Warning of fakes"
        STOLEN = "stolen", "Stolen goods"
        OTHER = "other", "Other warning"

    kind = models.CharField(max_length=12, choices=Kind.choices)
    title = models.CharField(max_length=NAME)
    source = models.CharField(max_length=NAME)
    text = models.TextField(blank=True)
    entered_at = models.DateTimeField(default=clock.now)
    entered_by_name = models.CharField(max_length=NAME)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_by_name = models.CharField(max_length=NAME, blank=True)
    closed_reason = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["-entered_at", "-id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(closed_at=None, closed_by_name="", closed_reason="")
                | (Q(closed_at__isnull=False) & ~Q(closed_by_name="") & ~Q(closed_reason="")),
                name="closed_alerts_have_name_and_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_open(self) -> bool:
        return self.closed_at is None


class AlertedLot(ClinicOwned):
    """One lot that an alert names. `product` empty: of any; `pack` and `expiry` as the alert prints them."""

    alert = models.ForeignKey(Alert, on_delete=models.PROTECT, related_name="lots")
    product = models.CharField(max_length=40, blank=True)
    number = models.CharField(max_length=40)
    normalised = models.CharField(max_length=40, editable=False)
    pack = models.CharField(max_length=100, blank=True)
    expiry = models.CharField(max_length=60, blank=True)
    note = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["alert", "product", "normalised", "pack", "expiry"], name="one_line_an_alerted_lot"
            ),
            models.CheckConstraint(condition=~Q(normalised=""), name="alerted_lots_have_a_number"),
        ]
        indexes: ClassVar = [models.Index(fields=["clinic", "normalised"])]

    def __str__(self) -> str:
        return self.number


class AlertContact(ClinicOwned):
    """One try to tell a patient of an alert: by whom, when, how, and whether they were reached."""

    class How(models.TextChoices):
        PHONE = "phone", _("By telephone")
        LETTER = "letter", _("By letter")
        PERSON = "person", _("In person")
        EMAIL = "email", _("By e-mail or message")

    alert = models.ForeignKey(Alert, on_delete=models.PROTECT, related_name="contacts")
    patient = models.ForeignKey(Patient, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=clock.now)
    by_name = models.CharField(max_length=NAME)
    how = models.CharField(max_length=10, choices=How.choices)
    was_reached = models.BooleanField()
    note = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["at", "id"]
        indexes: ClassVar = [models.Index(fields=["alert", "patient"])]

    def __str__(self) -> str:
        return f"{self.get_how_display()} {self.at:%Y-%m-%d}"
