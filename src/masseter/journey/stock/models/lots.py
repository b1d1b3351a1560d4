"""Lots as they were received, and each physical vial with its ledger."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from masseter.journey.ground import clock
from masseter.journey.ground.models import Versioned
from masseter.journey.people.models import Patient

NAME = 200


class Lot(Versioned):
    """One lot of one vial size, as the carton names it. `expires_on` is the last day of use."""

    class State(models.TextChoices):
        AVAILABLE = "available", "Available"
        QUARANTINED = "quarantined", "In quarantine"
        RECALLED = "recalled", "Recalled"

    product = models.CharField(max_length=40)
    presentation = models.CharField(max_length=60)
    number = models.CharField(max_length=40)
    normalised = models.CharField(max_length=40, editable=False)
    expires_on = models.DateField()
    gtin = models.CharField(max_length=14, blank=True)
    state = models.CharField(max_length=12, choices=State.choices, default=State.AVAILABLE)
    reason = models.TextField(blank=True)
    received_at = models.DateTimeField(default=clock.now)
    received_by_name = models.CharField(max_length=NAME)

    class Meta:
        ordering: ClassVar = ["expires_on", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["clinic", "product", "presentation", "normalised"], name="one_lot_a_number"
            ),
            models.CheckConstraint(
                condition=Q(state="available") | ~Q(reason=""), name="blocked_lots_have_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return self.number

    def is_expired(self, today: date) -> bool:
        """The last day of use is over."""
        return today > self.expires_on


class Vial(Versioned):
    """One physical vial. Its ledger always closes: label = given + discarded + returned + left.

    `diluent` is a code of the house's list; empty for a ready solution, or where it was not said.
    """

    class State(models.TextChoices):
        SEALED = "sealed", "Sealed"
        OPENED = "opened", "Opened"
        USED = "used", "Used"
        DISCARDED = "discarded", "Discarded"
        QUARANTINED = "quarantined", "In quarantine"
        RETURNED = "returned", "Returned"

    lot = models.ForeignKey(Lot, on_delete=models.PROTECT, related_name="vials")
    place = models.PositiveIntegerField()
    serial = models.CharField(max_length=40, blank=True)
    label_units = models.DecimalField(max_digits=9, decimal_places=4)
    state = models.CharField(max_length=12, choices=State.choices, default=State.SEALED)
    opened_at = models.DateTimeField(null=True, blank=True)
    opened_by_name = models.CharField(max_length=NAME, blank=True)
    diluent_ml = models.DecimalField(max_digits=9, decimal_places=4, null=True, blank=True)
    diluent = models.CharField(max_length=40, blank=True, default="")
    patient = models.ForeignKey(
        Patient, on_delete=models.PROTECT, null=True, blank=True, related_name="vials"
    )
    used_on = models.DateField(null=True, blank=True)
    given_units = models.DecimalField(max_digits=9, decimal_places=4, default=Decimal(0))
    discarded_units = models.DecimalField(max_digits=9, decimal_places=4, default=Decimal(0))
    returned_units = models.DecimalField(max_digits=9, decimal_places=4, default=Decimal(0))
    reason = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["lot__expires_on", "lot_id", "place"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["lot", "place"], name="one_vial_a_place"),
            models.UniqueConstraint(
                fields=["lot", "serial"], condition=~Q(serial=""), name="one_vial_a_serial"
            ),
            models.CheckConstraint(condition=Q(label_units__gt=0), name="vials_hold_units"),
            models.CheckConstraint(
                condition=Q(
                    given_units__gte=0,
                    discarded_units__gte=0,
                    returned_units__gte=0,
                    label_units__gte=F("given_units") + F("discarded_units") + F("returned_units"),
                ),
                name="vial_ledger_closes",
            ),
            models.CheckConstraint(
                condition=Q(opened_at=None, opened_by_name="", given_units=0)
                | (Q(opened_at__isnull=False) & ~Q(opened_by_name="")),
                name="opened_vials_have_time_and_name",
            ),
            models.CheckConstraint(
                condition=Q(given_units=0) | Q(patient__isnull=False, used_on__isnull=False),
                name="given_units_have_patient_and_day",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["used", "discarded", "returned"])
                | Q(label_units=F("given_units") + F("discarded_units") + F("returned_units")),
                name="finished_vials_are_empty",
            ),
            models.CheckConstraint(
                condition=~Q(state="sealed")
                | Q(given_units=0, discarded_units=0, returned_units=0, patient=None, opened_at=None),
                name="sealed_vials_are_full",
            ),
            models.CheckConstraint(
                condition=Q(returned_units=0)
                | Q(returned_units=F("label_units"), state="returned", opened_at=None),
                name="only_whole_vials_are_returned",
            ),
            models.CheckConstraint(
                condition=Q(diluent="") | Q(opened_at__isnull=False), name="diluents_are_of_opened_vials"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["patient", "used_on"])]

    def __str__(self) -> str:
        return f"{self.lot.number} · {self.serial or self.place}"

    @property
    def left_units(self) -> Decimal:
        """What is still in the vial, by the label."""
        return self.label_units - self.given_units - self.discarded_units - self.returned_units
