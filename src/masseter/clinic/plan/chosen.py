"""What the buttons of the list do to the ticked points: dose, depth, place, mirror image, removal."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from masseter.core.plan.moving import move_points, to_standard_places, with_mirrored
from masseter.core.plan.types import PlannedPoint
from masseter.core.plan.ways import DEPTHS, way_of
from masseter.core.quantities import InvalidQuantity, parse_units
from masseter.journey.ground.refusals import Refused
from masseter.knowledge.load import load

Points = tuple[PlannedPoint, ...]
# The steps of a move in millimetres, as the keys of the map have them; the first is offered first.
STEPS = ("1", "5")
_WAYS: Mapping[str, tuple[int, int]] = {
    "pick_up": (0, -1),
    "pick_down": (0, 1),
    "pick_in": (1, 0),
    "pick_out": (-1, 0),
}


@dataclass(frozen=True, kw_only=True)
class Choice:
    """The points of a draft, which of them are ticked, and what was typed beside the buttons."""

    points: Points
    names: frozenset[str]
    protocol: str
    typed: Mapping[str, str]

    def changed(self, change: Callable[[PlannedPoint], PlannedPoint]) -> Points:
        """The points with the ticked ones changed."""
        return tuple(change(point) if point.id in self.names else point for point in self.points)


def change_chosen(wish: str, choice: Choice) -> Points:
    """The points after a button of the list was pressed.

    Raises: Refused where nothing is ticked, or the typed dose or depth cannot be.
    """
    if not choice.names:
        raise Refused("Tick the points first.")
    return CHANGES[wish](choice)


def _units(choice: Choice) -> Points:
    text = choice.typed.get("pick_value", "").strip()
    try:
        units = parse_units(text) if text else None
    except InvalidQuantity as problem:
        raise Refused(str(problem)) from problem
    return choice.changed(lambda point: replace(point, units=units))


def _depth(choice: Choice) -> Points:
    code = choice.typed.get("pick_depth_to", "")
    if code and code not in DEPTHS:
        raise Refused("Choose a depth of the list.")
    scheme, sites = load().protocols.get(choice.protocol), load().sites

    def deeper(point: PlannedPoint) -> PlannedPoint:
        usual = way_of(sites[point.site], point.number, scheme).depth
        return replace(point, depth=DEPTHS.get(code, usual))

    return choice.changed(deeper)


def _remove(choice: Choice) -> Points:
    return tuple(point for point in choice.points if point.id not in choice.names)


def _mirror(choice: Choice) -> Points:
    return with_mirrored(choice.points, choice.names, load())


def _standard(choice: Choice) -> Points:
    return to_standard_places(choice.points, choice.names, load())


def _move(inward: int, down: int) -> Callable[[Choice], Points]:
    def move(choice: Choice) -> Points:
        step = choice.typed.get("pick_mm", "")
        if step not in STEPS:
            raise Refused("Choose how far the points are to move.")
        return move_points(
            choice.points,
            choice.names,
            inward_mm=Decimal(step) * inward,
            down_mm=Decimal(step) * down,
            knowledge=load(),
        )

    return move


CHANGES: Mapping[str, Callable[[Choice], Points]] = {
    "pick_units": _units,
    "pick_depth": _depth,
    "pick_remove": _remove,
    "pick_mirror": _mirror,
    "pick_standard": _standard,
    **{name: _move(*way) for name, way in _WAYS.items()},
}
