from __future__ import annotations

import pytest

from masseter.core.plan.outline import STEPS, UnreadableOutline, is_inside, is_nearer, spot
from masseter.knowledge.load import load
from tests.core.builders import D

SQUARE = "M0 0 L100 0 L100 100 L0 100 Z"
# A circle of radius 100 about (100, 100), as four curves.
CIRCLE = (
    "M200 100 C200 155.23 155.23 200 100 200 C44.77 200 0 155.23 0 100 "
    "C0 44.77 44.77 0 100 0 C155.23 0 200 44.77 200 100 Z"
)


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
