"""An unwanted effect that is told for the wrong side."""

from __future__ import annotations

from decimal import Decimal
from typing import get_args

from masseter.core.plan.types import PlannedPoint
from masseter.core.recover.trace import EffectSide, trace_effect
from masseter.knowledge.load import load
from masseter.knowledge.model import Side

LID = "eyelid_ptosis"


def brow(side: Side) -> PlannedPoint:
    return PlannedPoint(
        id=f"CORR-{side[0].upper()}-1",
        site="corrugator",
        side=side,
        number="1",
        view="front",
        x=Decimal(100),
        y=Decimal(100),
        units=Decimal(5),
    )


def named(side: EffectSide, *treated: Side) -> tuple[list[str], list[str]]:
    """The points named on the side of a lid that droops, and those named for the other side."""
    known = load()
    found = trace_effect(
        effect=known.effects[LID],
        side=side,
        points=[brow(each) for each in treated],
        product="botox",
        day=4,
        knowledge=known,
    )
    own = [point for each in found.suspects for point in each.points]
    return own, [point for each in found.other_side for point in each.points]


def test_lid_told_for_the_other_side() -> None:
    """A lid that droops is told for the side that was not treated, so that nothing seems to have caused it.

    The treated side stays named below, and that nothing of the told side explains it is said.
    """
    assert named("right", "left") == ([], ["CORR-L-1"])
    assert named("left", "left") == (["CORR-L-1"], [])


def test_side_left_open() -> None:
    """No side is told, so that one side is taken for granted.

    Not known leads to both sides, as both sides do.
    """
    for side in ("unknown", "both"):
        assert named(side, "left", "right") == (["CORR-L-1", "CORR-R-1"], [])  # type: ignore[arg-type]  # both are sides
    assert {"unknown", "both"} < set(get_args(EffectSide))
