"""How many sealed vials of a size a clinic wants to have at least."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from masseter.journey.ground.models import Versioned


class StockLevel(Versioned):
    """The least number of sealed vials of one vial size; fewer are called low."""

    product = models.CharField(max_length=40)
    presentation = models.CharField(max_length=60)
    least = models.PositiveIntegerField()

    class Meta:
        ordering: ClassVar = ["product", "presentation"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["clinic", "product", "presentation"], name="one_level_a_size"),
        ]

    def __str__(self) -> str:
        return f"{self.presentation}: {self.least}"
