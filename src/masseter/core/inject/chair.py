"""What was done at the chair, told from the taps alone: their order and their repetition change nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from masseter.core.plan.types import PlannedPoint
from masseter.knowledge.model import Side, View

TapKind = Literal["given", "skipped", "undone"]
Status = Literal["open", "given", "skipped", "conflict"]


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where on the map a point lies."""

    site: str
    side: Side
    view: View
    x: Decimal
    y: Decimal


@dataclass(frozen=True, kw_only=True)
class Tap:
    """One thing that was noted at the chair: a point given or skipped, or earlier taps undone.

    `key` is made where it was tapped, so that a second delivery is known for what it is. `seen` are the
    taps about the point that this one was made in sight of: it takes their place. `undoes` are the taps
    that an undoing takes back.
    """

    key: str
    kind: TapKind
    by: str
    point: str = ""
    units: Decimal | None = None
    reason: str = ""
    place: Place | None = None
    seen: frozenset[str] = frozenset()
    undoes: frozenset[str] = frozenset()

    @property
    def answer(self) -> tuple[TapKind, Decimal | None, Place | None]:
        """What it says about its point; two taps with one answer are one injection."""
        return self.kind, self.units, self.place


@dataclass(frozen=True, kw_only=True)
class PointState:
    """One point at the chair. `planned` is None for an added one; a conflict has several `answers`."""

    id: str
    planned: Decimal | None
    answers: tuple[Tap, ...]

    @property
    def status(self) -> Status:
        """Open, given, skipped, or told differently by two people."""
        if len(self.answers) > 1:
            return "conflict"
        if not self.answers:
            return "open"
        return "given" if self.answers[0].kind == "given" else "skipped"

    @property
    def units(self) -> Decimal:
        """The units that count as given; of a conflict the larger ones, until it is settled."""
        return max((tap.units or Decimal(0) for tap in self.answers), default=Decimal(0))

    @property
    def reason(self) -> str:
        """Why it departs from the plan, as far as that was said."""
        return self.answers[0].reason if len(self.answers) == 1 else ""

    @property
    def place(self) -> Place | None:
        """Where it was given, as told with the tap."""
        return self.answers[0].place if self.answers else None


@dataclass(frozen=True, kw_only=True)
class ChairState:
    """Every point of the plan and every added one: the plan's in its order, then the added by name."""

    points: tuple[PointState, ...]

    def of(self, status: Status) -> tuple[PointState, ...]:
        """The points in a state."""
        return tuple(point for point in self.points if point.status == status)

    @property
    def is_complete(self) -> bool:
        """Nothing is open, and nothing is told differently by two people."""
        return not self.of("open") and not self.of("conflict")

    @property
    def done(self) -> int:
        """How many points were given or skipped."""
        return len(self.of("given")) + len(self.of("skipped"))

    @property
    def units_given(self) -> Decimal:
        """All units that count as given."""
        return sum((point.units for point in self.points), Decimal(0))


def chair_state(planned: Iterable[PlannedPoint], taps: Iterable[Tap]) -> ChairState:
    """The state of every point, from the taps in whatever order and however often they came.

    A tap that was undone counts for nothing. One whose place another took counts no more. What is left of
    a point is its answer; where two people, each without sight of the other, said something different, it
    is a conflict and both stand. Nothing that was told is ever lost.
    """
    known = {tap.key: tap for tap in taps}
    undone = frozenset(key for tap in known.values() if tap.kind == "undone" for key in tap.undoes)
    standing: dict[str, list[Tap]] = {}
    for tap in known.values():
        if tap.kind != "undone" and tap.key not in undone:
            standing.setdefault(tap.point, []).append(tap)
    listed = {point.id: point.units for point in planned}
    added = sorted(standing.keys() - listed.keys())
    return ChairState(
        points=tuple(
            PointState(id=name, planned=listed.get(name), answers=_answers(standing.get(name, [])))
            for name in (*listed, *added)
        )
    )


def _answers(standing: list[Tap]) -> tuple[Tap, ...]:
    """The taps whose place no other took, one for each answer; of like ones the first by its key."""
    replaced = frozenset(key for tap in standing for key in tap.seen - {tap.key})
    # Should each have been made in sight of the other, both stand: better asked than lost.
    last = [tap for tap in standing if tap.key not in replaced] or standing
    found: dict[tuple[TapKind, Decimal | None, Place | None], Tap] = {}
    for tap in sorted(last, key=lambda tap: (not tap.reason, tap.key)):
        found.setdefault(tap.answer, tap)
    return tuple(sorted(found.values(), key=lambda tap: tap.key))


def in_own_order(groups: Iterable[str], own: Sequence[str]) -> tuple[str, ...]:
    """Muscles in a person's own order; those that the order does not name come last, as they were."""
    listed = tuple(dict.fromkeys(groups))
    named = [group for group in dict.fromkeys(own) if group in listed]
    return (*named, *(group for group in listed if group not in named))


def next_point(state: ChairState, group_of: Mapping[str, str], order: Sequence[str]) -> str:
    """The first open point in the order of the muscles; empty where none is open."""
    waiting = [point.id for point in state.of("open")]
    return min(waiting, key=lambda name: order.index(group_of[name]), default="")
