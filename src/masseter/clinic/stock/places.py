"""Places of storage as choices."""

from __future__ import annotations

from masseter.journey.ground.actor import Actor
from masseter.journey.stock.kept import units_of


def unit_choices(by: Actor) -> list[tuple[str, str]]:
    """The places in use."""
    return [(str(unit.pk), f"{unit.name} ({unit.get_place_display().lower()})") for unit in units_of(by)]
