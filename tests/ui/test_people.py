"""The drawing of a hundred people."""

from __future__ import annotations

import re

import pytest

from masseter.ui.people import hundred_people


def in_colour(number: str) -> tuple[int, int]:
    """How many are in colour, and how many in outline."""
    on, off = re.findall(r'class="is-o(?:n|ff)" d="([^"]*)"', hundred_people(number))
    return on.count("M") // 2, off.count("M") // 2


@pytest.mark.parametrize(("number", "count"), [("0", 0), ("0.15", 1), ("4.6", 5), ("49.3", 49), ("100", 100)])
def test_so_many_of_a_hundred_are_in_colour_and_all_hundred_are_there(number: str, count: int) -> None:
    assert in_colour(number) == (count, 100 - count)


def test_drawing_says_nothing_to_a_screen_reader() -> None:
    assert 'aria-hidden="true"' in hundred_people("30")
