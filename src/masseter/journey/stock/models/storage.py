"""Where vials are kept and how warm it was: units, stays, readings, and the times outside the label."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from masseter.journey.ground.models import ClinicOwned, Versioned
from masseter.journey.stock.models.lots import Vial

NAME = 200


class StorageUnit(Versioned):
    """A refrigerator, a freezer or a cupboard. `longest_minutes`: the longest time between two readings."""

    class Place(models.TextChoices):
        REFRIGERATOR = "refrigerator", "Refrigerator"
        FREEZER = "freezer", "Freezer"
        ROOM = "room", "Room temperature"

    name = models.CharField(max_length=100)
    place = models.CharField(max_length=12, choices=Place.choices)
    longest_minutes = models.PositiveIntegerField(default=60)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["name", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["clinic", "name"], condition=Q(ended_at=None), name="one_running_unit_a_name"
            ),
            models.CheckConstraint(condition=Q(longest_minutes__gte=1), name="units_are_read_at_times"),
        ]

    def __str__(self) -> str:
        return self.name


class Stay(ClinicOwned):
    """A vial in a unit, from when to when. It ends when the vial is moved, used up or leaves the house."""

    vial = models.ForeignKey(Vial, on_delete=models.PROTECT, related_name="stays")
    unit = models.ForeignKey(StorageUnit, on_delete=models.PROTECT, related_name="stays")
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)
    moved_by_name = models.CharField(max_length=NAME)
    reason = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar = ["since", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["vial"], condition=Q(until=None), name="one_place_a_vial"),
            models.CheckConstraint(
                condition=Q(until=None) | Q(until__gte=F("since")), name="stays_end_after_they_begin"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["unit", "since"])]

    def __str__(self) -> str:
        return f"{self.vial_id} in {self.unit_id}"


class TemperatureReading(ClinicOwned):
    """One temperature of a unit, typed or from a logger's file. It never changes."""

    unit = models.ForeignKey(StorageUnit, on_delete=models.PROTECT, related_name="readings")
    at = models.DateTimeField()
    celsius = models.DecimalField(max_digits=6, decimal_places=2)
    source = models.CharField(max_length=NAME)
    entered_by_name = models.CharField(max_length=NAME)

    class Meta:
        ordering: ClassVar = ["at"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["unit", "at"], name="one_reading_a_moment"),
        ]

    def __str__(self) -> str:
        return f"{self.celsius} °C"


class TemperatureExcursion(Versioned):
    """A time in which a unit was outside what a product's label allows there, for vials of one stage."""

    unit = models.ForeignKey(StorageUnit, on_delete=models.PROTECT, related_name="excursions")
    product = models.CharField(max_length=40)
    stage = models.CharField(max_length=10)
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField()
    lowest = models.DecimalField(max_digits=6, decimal_places=2)
    highest = models.DecimalField(max_digits=6, decimal_places=2)
    allowed = models.CharField(max_length=NAME)

    class Meta:
        ordering: ClassVar = ["-began_at", "-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["unit", "product", "stage", "began_at"], name="one_excursion_a_beginning"
            ),
            models.CheckConstraint(
                condition=Q(ended_at__gte=F("began_at"), highest__gte=F("lowest")),
                name="excursions_end_after_they_begin",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.lowest} to {self.highest} °C"

    @property
    def minutes(self) -> int:
        return int((self.ended_at - self.began_at).total_seconds()) // 60


class ExposedVial(ClinicOwned):
    """A vial that was in the unit during an excursion, and for how many minutes."""

    excursion = models.ForeignKey(TemperatureExcursion, on_delete=models.PROTECT, related_name="exposed")
    vial = models.ForeignKey(Vial, on_delete=models.PROTECT, related_name="exposures")
    minutes = models.PositiveIntegerField()

    class Meta:
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["excursion", "vial"], name="one_exposure_a_vial"),
        ]

    def __str__(self) -> str:
        return f"{self.vial_id}: {self.minutes} min"
