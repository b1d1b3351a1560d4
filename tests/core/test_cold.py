"""Temperatures against a label: what is outside, for how long, and what is published of it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from masseter.core.cold import (
    Gap,
    Outside,
    Reading,
    excursion_words,
    gaps_in,
    is_outside,
    kept_there,
    kept_words,
    strictest,
    times_outside,
)
from masseter.knowledge.load import load
from masseter.knowledge.model import Keeping

START = datetime(2026, 11, 1, tzinfo=UTC)
KNOWN = load()


def log(*degrees: str, minutes: int = 10) -> list[Reading]:
    """Readings every so many minutes."""
    return [
        Reading(at=START + timedelta(minutes=minutes * place), celsius=Decimal(each))
        for place, each in enumerate(degrees)
    ]


def keeping(product: str = "botox", place: str = "refrigerator", jurisdiction: str = "UK") -> Keeping:
    found = kept_there(KNOWN.products[product], "unopened", place, jurisdiction)  # type: ignore[arg-type]
    assert found is not None
    return found


def test_place_that_the_label_does_not_name_has_no_range() -> None:
    assert kept_there(KNOWN.products["botox"], "unopened", "room", "UK") is None
    assert kept_there(KNOWN.products["botox"], "unopened", "freezer", "US") is None


@pytest.mark.parametrize(
    ("celsius", "outside"), [("2", False), ("8", False), ("1.99", True), ("8.01", True), ("5", False)]
)
def test_both_ends_of_the_range_are_allowed(celsius: str, outside: bool) -> None:
    assert is_outside(Decimal(celsius), keeping()) is outside


def test_open_end_of_a_range_allows_everything_there() -> None:
    freezer = keeping(place="freezer")

    assert not is_outside(Decimal(-80), freezer)
    assert is_outside(Decimal(-4), freezer)


def test_times_outside_last_to_the_first_reading_inside_again() -> None:
    found = times_outside(log("5", "9", "12", "8", "1", "5", "20"), keeping())

    at = [START + timedelta(minutes=10 * place) for place in range(7)]
    assert found == (
        Outside(began_at=at[1], ended_at=at[3], lowest=Decimal(9), highest=Decimal(12)),
        Outside(began_at=at[4], ended_at=at[5], lowest=Decimal(1), highest=Decimal(1)),
        Outside(began_at=at[6], ended_at=at[6], lowest=Decimal(20), highest=Decimal(20)),
    )
    assert [each.minutes for each in found] == [20, 10, 0]
    assert times_outside(log("5", "6"), keeping()) == ()


def test_gap_is_a_longer_time_than_should_be_between_two_readings() -> None:
    readings = [*log("5", "5"), Reading(at=START + timedelta(hours=3), celsius=Decimal(5))]

    (gap,) = gaps_in(readings, timedelta(minutes=60))

    assert gap == Gap(began_at=START + timedelta(minutes=10), ended_at=START + timedelta(hours=3))
    assert gaps_in([], timedelta(minutes=60)) == ()


@pytest.mark.parametrize(
    ("product", "jurisdiction", "lowest", "highest", "minutes", "words"),
    [
        ("botox", "UK", "3", "25", 600, "Within what is published (10 of 120 hours in all)."),
        (
            "botox",
            "UK",
            "3",
            "25",
            7260,
            "Beyond what is published (121 of 120 hours in all): ask the maker.",
        ),
        ("botox", "UK", "3", "31", 60, "Beyond what is published"),
        ("botox", "UK", "-71", "5", 60, "Beyond what is published"),
        ("botox", "US", "3", "25", 60, "No figure is published for this place"),
        ("dysport", "UK", "3", "25", 60, "ask the maker every time"),
        ("myobloc", "US", "-1", "5", 60, "Discard a solution that was frozen"),
    ],
)
def test_what_is_published_is_told_and_decides_nothing(
    product: str, jurisdiction: str, lowest: str, highest: str, minutes: int, words: str
) -> None:
    told = excursion_words(
        KNOWN.products[product],
        jurisdiction,  # type: ignore[arg-type]  # a place
        lowest=Decimal(lowest),
        highest=Decimal(highest),
        minutes_in_all=minutes,
    )

    assert words in told


def test_range_from_memory_says_that_it_was_not_read_at_the_source() -> None:
    assert kept_words(keeping()) == "2 to 8 °C (not read at the source yet)"
    ready = kept_there(KNOWN.products["botox"], "ready", "refrigerator", "UK")
    assert ready is not None
    assert kept_words(ready) == "2 to 8 °C"


def test_strictest_range_suits_everything_that_stands_there() -> None:
    xeomin = keeping("xeomin", "refrigerator", "US")

    assert strictest([keeping(), xeomin]) == (Decimal(2), Decimal(8))
    assert strictest([keeping(place="freezer")]) == (None, Decimal(-5))
    assert strictest([]) == (None, None)
