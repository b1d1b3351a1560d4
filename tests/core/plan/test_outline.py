from __future__ import annotations

import pytest

from masseter.core.plan import outline
from masseter.core.plan.outline import STEPS, UnreadableOutline, is_inside, is_nearer, spot
from masseter.knowledge.load import load
from tests.core.builders import D

SQUARE = "M0 0 L100 0 L100 100 L0 100 Z"
# A circle of radius 100 about (100, 100), as four curves.
CIRCLE = (
    "M200 100 C200 155.23 155.23 200 100 200 C44.77 200 0 155.23 0 100 "
    "C0 44.77 44.77 0 100 0 C155.23 0 200 44.77 200 100 Z"
)


@pytest.fixture(autouse=True)
def _reckoned_anew() -> None:
    """Each test reckons itself, and takes nothing from what an earlier one left in the memory."""
    for remembers in (outline.is_inside, outline.is_nearer, outline.parts, outline.edges):
        remembers.cache_clear()


def at(x: str, y: str) -> tuple[int, int]:
    return spot(D(x), D(y))


def test_outline_with_a_command_that_is_not_read_is_refused() -> None:
    with pytest.raises(UnreadableOutline):
        is_inside("M0 0 Q1 1 2 2 Z", at("1", "1"))


@pytest.mark.parametrize(
    ("x", "y", "inside"),
    [
        ("50", "50", True),
        ("0.1", "99.9", True),
        ("-1", "50", False),
        ("101", "50", False),
        ("50", "101", False),
    ],
)
def test_inside_a_square(x: str, y: str, inside: bool) -> None:
    assert is_inside(SQUARE, at(x, y)) is inside


@pytest.mark.parametrize(
    ("x", "y", "near"),
    [
        ("50", "10", False),
        ("50", "9.999", True),
        ("10", "50", False),
        ("50", "90.001", True),
        ("-3", "-4", True),
    ],
)
def test_nearer_than_ten_to_a_square(x: str, y: str, near: bool) -> None:
    assert is_nearer(SQUARE, at(x, y), 10 * STEPS) is near


def test_beyond_a_corner_the_corner_counts() -> None:
    assert not is_nearer(SQUARE, at("-6", "-8"), 10 * STEPS)
    assert not is_nearer(SQUARE, at("106", "108"), 10 * STEPS)
    assert is_nearer(SQUARE, at("105.9", "107.9"), 10 * STEPS)


@pytest.mark.parametrize(("x", "inside"), [("1", True), ("-1", False), ("199", True), ("201", False)])
def test_inside_a_circle_of_curves(x: str, inside: bool) -> None:
    assert is_inside(CIRCLE, at(x, "100")) is inside


@pytest.mark.parametrize(("x", "near"), [("189", False), ("191", True)])
def test_nearer_than_ten_to_a_circle(x: str, near: bool) -> None:
    assert is_nearer(CIRCLE, at(x, "100"), 10 * STEPS) is near


def test_every_drawn_outline_is_read() -> None:
    for site in load().sites.values():
        for region in site.regions:
            assert not is_inside(region.path, at("-1", "-1"))


DIAMOND = "M50 0 L100 50 L50 100 L0 50 Z"
LEANING = "M0 0 C10 100 50 80 90 0 Z"


@pytest.mark.parametrize(("x", "inside"), [("20", True), ("80", True), ("-20", False), ("120", False)])
def test_spot_level_with_two_corners_is_judged_like_any_other(x: str, inside: bool) -> None:
    assert is_inside(DIAMOND, at(x, "50")) is inside


@pytest.mark.parametrize(
    ("x", "y"),
    [("2.2192", "17.3584"), ("12.65625", "53.4375"), ("33.75", "67.5"), ("60.46875", "47.8125")],
)
def test_curve_runs_where_its_formula_puts_it(x: str, y: str) -> None:
    """The cubic with these four points, at 1, 4, 8 and 12 sixteenths of its way, worked out by hand."""
    assert is_nearer(LEANING, at(x, y), 2)


def test_outline_of_several_closed_paths_and_a_negative_place_is_read() -> None:
    assert is_inside("M-10 -10 L10 -10 L10.5 10 L-10 10 Z", at("-9.9", "-9.9"))
    assert not is_nearer("M-10 -10 L10 -10 L10 10 L-10 10 Z", at("0", "0"), 10 * STEPS)
    assert is_nearer("M-10 -10 L10 -10 L10 10 L-10 10 Z", at("0", "0"), 10 * STEPS + 1)


@pytest.mark.parametrize(
    ("x", "y"), [("74.142", "25.858"), ("25.858", "74.142"), ("25.858", "25.858"), ("74.142", "74.142")]
)
def test_distance_from_a_slanting_side_is_measured_across_it(x: str, y: str) -> None:
    """Its coordinates sum to 1.716 more or less than those of the side: 1.716 / √2 from it."""
    assert is_nearer(DIAMOND, at(x, y), 1214)
    assert not is_nearer(DIAMOND, at(x, y), 1213)


def test_command_that_is_not_read_is_named() -> None:
    with pytest.raises(UnreadableOutline) as raised:
        is_nearer("M0 0 Q1 1 2 2 Z", at("1", "1"), 1)

    assert str(raised.value) == "The outline holds 'Q', which is not read."


@pytest.mark.parametrize(("x", "y"), [("-6", "-8"), ("106", "58"), ("94", "58.001"), ("108", "44")])
def test_beyond_the_ends_of_an_open_line_its_ends_count(x: str, y: str) -> None:
    """A vessel or nerve is drawn as a line, which no second piece closes."""
    far = at(x, y)

    assert is_nearer("M0 0 L100 50", far, 10 * STEPS) is (x == "94")
    assert is_nearer("M0 0 L100 50", far, 10 * STEPS + 1)


def test_beyond_the_end_of_a_curved_line_its_end_counts() -> None:
    """The curve would run on to about here, some 18 from where it ends."""
    beyond = at("97.8", "-16.2")

    assert not is_nearer("M0 0 C10 100 50 80 90 0", beyond, 17 * STEPS)
    assert is_nearer("M0 0 C10 100 50 80 90 0", beyond, 18 * STEPS)


def test_distance_from_the_shortest_line_is_measured_across_it() -> None:
    assert is_nearer("M0 0 L0.003 0.002", at("0.003", "-0.004"), 5)
