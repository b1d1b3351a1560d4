"""The state at the chair, from taps: undone, replaced, told twice, told differently."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from masseter.core.inject.chair import (
    ChairState,
    Place,
    PointState,
    Tap,
    chair_state,
    in_own_order,
    next_point,
)
from masseter.core.inject.reasons import REASONS, reason_words, reasons_for
from masseter.core.plan.types import PlannedPoint

BESIDE = Place(site="masseter", side="left", view="left", x=Decimal(300), y=Decimal(400))


def point(name: str, units: str = "5") -> PlannedPoint:
    return PlannedPoint(
        id=name,
        site="masseter",
        side="left",
        number=name[-1],
        view="left",
        x=Decimal(1),
        y=Decimal(2),
        units=Decimal(units),
    )


PLAN = (point("M-L-1"), point("M-L-2", "7.5"))


def given(key: str, name: str = "M-L-1", units: str = "5", **more: Any) -> Tap:
    return Tap(**{"key": key, "kind": "given", "by": "Ines", "point": name, "units": Decimal(units), **more})


def skipped(key: str, name: str = "M-L-1", **more: Any) -> Tap:
    return Tap(**{"key": key, "kind": "skipped", "by": "Ines", "point": name, **more})


def undone(key: str, *keys: str) -> Tap:
    return Tap(key=key, kind="undone", by="Ines", undoes=frozenset(keys))


def first(*taps: Tap) -> PointState:
    return chair_state(PLAN, taps).points[0]


def test_state_before_anything_is_tapped_is_open() -> None:
    state = chair_state(PLAN, ())

    assert [(each.id, each.status, each.planned) for each in state.points] == [
        ("M-L-1", "open", Decimal(5)),
        ("M-L-2", "open", Decimal("7.5")),
    ]
    assert (state.done, state.units_given, state.is_complete) == (0, Decimal(0), False)
    assert (state.points[0].units, state.points[0].reason, state.points[0].place) == (Decimal(0), "", None)


def test_state_of_a_given_and_a_skipped_point() -> None:
    state = chair_state(PLAN, [given("a", place=BESIDE), skipped("b", "M-L-2", reason="Skin")])

    assert [each.status for each in state.points] == ["given", "skipped"]
    assert (state.done, state.units_given, state.is_complete) == (2, Decimal(5), True)
    assert (state.points[0].place, state.points[1].reason) == (BESIDE, "Skin")
    assert state.points[1].units == 0


def test_tap_that_was_delivered_twice_counts_once() -> None:
    assert first(given("a"), given("a")).answers == (given("a"),)


def test_undone_tap_counts_for_nothing_even_before_it_arrives() -> None:
    assert first(undone("b", "a"), given("a")).status == "open"


def test_undoing_is_not_undone() -> None:
    assert first(given("a"), undone("b", "a"), undone("c", "b")).status == "open"


def test_later_tap_takes_the_place_of_what_it_was_made_in_sight_of() -> None:
    later = given("b", units="4", reason="Thin", seen=frozenset({"a"}))

    assert first(given("a"), later).answers == (later,)


def test_undoing_the_later_tap_brings_the_earlier_back() -> None:
    later = skipped("b", seen=frozenset({"a"}))

    assert first(given("a"), later, undone("c", "b")).answers == (given("a"),)


def test_undone_middle_of_three_leaves_the_last() -> None:
    middle = given("b", units="4", seen=frozenset({"a"}))
    last = given("c", units="3", seen=frozenset({"a", "b"}))

    assert first(given("a"), middle, last, undone("d", "b")).answers == (last,)


def test_same_point_given_by_two_people_is_one_injection() -> None:
    state = chair_state(PLAN, [given("a"), given("b", by="Omar")])

    assert state.points[0].status == "given"
    assert state.units_given == 5


def test_of_two_like_taps_the_one_with_a_reason_is_kept() -> None:
    assert first(given("a", units="4"), given("b", units="4", reason="Thin")).reason == "Thin"


def test_different_units_by_two_people_are_a_conflict_that_counts_the_larger() -> None:
    state = chair_state(PLAN, [given("b", units="6", reason="Strong"), given("a")])

    assert state.points[0].status == "conflict"
    assert [tap.key for tap in state.points[0].answers] == ["a", "b"]
    assert (state.units_given, state.points[0].reason) == (Decimal(6), "")
    assert (state.done, state.is_complete) == (0, False)


def test_given_and_skipped_by_two_people_is_a_conflict() -> None:
    assert first(given("a"), skipped("b")).status == "conflict"


def test_conflict_is_settled_by_a_tap_in_sight_of_both() -> None:
    settled = given("c", units="6", seen=frozenset({"a", "b"}))

    assert first(given("a"), given("b", units="6"), settled).answers == (settled,)


def test_complete_only_where_no_conflict_is_left() -> None:
    taps = [given("a"), skipped("b"), given("c", "M-L-2")]

    assert not chair_state(PLAN, taps).is_complete


def test_taps_that_name_each_other_both_stand() -> None:
    one, other = given("a", seen=frozenset({"b"})), given("b", units="4", seen=frozenset({"a"}))

    assert first(one, other).status == "conflict"


def test_tap_that_names_itself_stands() -> None:
    assert first(given("a", seen=frozenset({"a"}))).status == "given"


def test_added_points_come_last_by_name() -> None:
    taps = [given("a", "M-L-x9", place=BESIDE), given("b", "M-L-x1", place=BESIDE)]
    state = chair_state(PLAN, taps)

    assert [(each.id, each.planned) for each in state.points[2:]] == [("M-L-x1", None), ("M-L-x9", None)]
    assert len(chair_state(PLAN, [*taps, undone("c", "a", "b")]).points) == 2


def test_own_order_comes_first_and_forgets_nothing() -> None:
    assert in_own_order(["a", "b", "c", "a"], ["c", "x", "a", "c"]) == ("c", "a", "b")


def test_next_point_is_the_first_open_one_in_the_order_of_the_muscles() -> None:
    groups = {"M-L-1": "left", "M-L-2": "right"}
    state = chair_state(PLAN, ())

    assert next_point(state, groups, ("right", "left")) == "M-L-2"
    assert next_point(state, groups, ("left", "right")) == "M-L-1"
    assert next_point(ChairState(points=()), groups, ()) == ""


def test_reasons_say_what_they_can_be_said_of() -> None:
    assert "leaked" in reasons_for("changed")
    assert "leaked" not in reasons_for("skipped")
    assert reasons_for("skipped")["skin"] == "The skin there is broken, inflamed or infected"
    assert {code for use in ("changed", "skipped") for code in reasons_for(use)} == set(REASONS)  # type: ignore[arg-type]  # one of two


@pytest.mark.parametrize(
    ("code", "text", "words"),
    [
        ("leaked", "", "Some of it leaked or was lost"),
        ("leaked", " about \n half ", "Some of it leaked or was lost: about half"),
        ("", "Twitched", "Twitched"),
        ("", " ", ""),
    ],
)
def test_reason_in_words(code: str, text: str, words: str) -> None:
    assert reason_words(code, text) == words


def test_unknown_reason_is_an_error() -> None:
    with pytest.raises(KeyError):
        reason_words("whatever")
