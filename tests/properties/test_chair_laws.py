"""Laws of the chair: taps may come in any order and any number of times, from any number of devices."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from masseter.core.inject.chair import Tap, TapKind, chair_state
from masseter.core.plan.types import PlannedPoint

NAMES = ("A-L-1", "A-L-2", "A-L-3", "A-L-x7")
PLAN = tuple(
    PlannedPoint(
        id=name,
        site="masseter",
        side="left",
        number=name[-1],
        view="left",
        x=Decimal(1),
        y=Decimal(1),
        units=Decimal(5),
    )
    for name in NAMES[:3]
)
DOSES = ("2.5", "5", "7.5")


@st.composite
def histories(draw: st.DrawFn) -> list[Tap]:
    """What up to three devices tapped, each having heard of the others as far as the line held."""
    heard: list[set[str]] = [set(), set(), set()]
    made: list[Tap] = []
    for number in range(draw(st.integers(0, 14))):
        device = draw(st.integers(0, 2))
        if draw(st.booleans()):  # the line holds: everything that was sent so far is heard
            heard[device] |= {tap.key for tap in made}
        known = [tap for tap in made if tap.key in heard[device]]
        kind: TapKind = draw(st.sampled_from(("given", "given", "skipped", "undone")))
        name = draw(st.sampled_from(NAMES))
        tap = Tap(
            key=f"{number:02}",
            kind=kind,
            by=f"device {device}",
            point="" if kind == "undone" else name,
            units=Decimal(draw(st.sampled_from(DOSES))) if kind == "given" else None,
            seen=frozenset(each.key for each in known if each.point == name and kind != "undone"),
            undoes=frozenset(
                draw(st.sets(st.sampled_from([each.key for each in known]), max_size=2))
                if kind == "undone" and known
                else ()
            ),
        )
        made.append(tap)
        heard[device].add(tap.key)
    return made


@given(histories(), st.randoms(use_true_random=False))
def test_order_and_repetition_change_nothing_and_nothing_is_lost_or_doubled(
    taps: list[Tap], chance: object
) -> None:
    """A point is open exactly where all about it was undone; else it counts once, and no more than said."""
    again = [*taps, *taps[::2]]
    chance.shuffle(again)  # type: ignore[attr-defined]  # hypothesis' own Random
    undone = {key for tap in taps for key in tap.undoes}
    state = chair_state(PLAN, taps)
    standing = {name: [tap for tap in taps if tap.point == name and tap.key not in undone] for name in NAMES}

    assert chair_state(PLAN, again) == state
    assert len({point.id for point in state.points}) == len(state.points)
    for point in state.points:
        told = standing[point.id]
        assert (point.status == "open") == (not told)
        assert point.units <= max((tap.units or Decimal(0) for tap in told), default=Decimal(0))
        assert set(point.answers) <= set(told)
    assert {name for name, told in standing.items() if told} <= {point.id for point in state.points}
    assert state.done + len(state.of("open")) + len(state.of("conflict")) == len(state.points)
    assert state.units_given == sum((point.units for point in state.points), Decimal(0))


@given(histories())
def test_whoever_sees_everything_agrees(taps: list[Tap]) -> None:
    """One device alone never disagrees with itself, and a tap in sight of all settles its point."""
    alone: list[Tap] = []
    for tap in taps:
        known = frozenset(each.key for each in alone if each.point == tap.point and tap.kind != "undone")
        alone.append(replace(tap, seen=known))
    seen = frozenset(tap.key for tap in taps if tap.point == NAMES[0])
    last = Tap(key="last", kind="given", by="Ines", point=NAMES[0], units=Decimal("2.5"), seen=seen)

    assert not chair_state(PLAN, alone).of("conflict")
    assert chair_state(PLAN, [*taps, last]).points[0].answers == (last,)
