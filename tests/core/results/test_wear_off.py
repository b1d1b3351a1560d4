"""'Has it worn off?': what stands of several answers, and when it is asked."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from masseter.core.results.wear_off import (
    CycleSaid,
    WearOffAnswer,
    WearOffSaid,
    asks_for_wear_off,
    cycle_said,
)
from masseter.journey.results.diary import diary_rules
from masseter.journey.results.due import band_of

GIVEN = date(2026, 6, 1)


def day(number: int) -> date:
    return GIVEN + timedelta(days=number)


def said(number: int, answer: WearOffAnswer, since: int | None = None) -> WearOffSaid:
    off = None if since is None else day(since)
    return WearOffSaid(treated_on=GIVEN, day=day(number), answer=answer, worn_off_on=off)


def stands(
    still: int | None = None, off: int | None = None, told: int | None = None, *, never: bool = False
) -> CycleSaid:
    days = [None if one is None else day(one) for one in (still, off, told)]
    return CycleSaid(
        treated_on=GIVEN,
        still_on=days[0],
        worn_off_on=days[1],
        worn_off_told_on=days[2],
        never_helped=never,
    )


@pytest.mark.parametrize(
    ("answers", "left"),
    [
        ([], stands()),
        ([said(80, "unsure")], stands()),
        ([said(80, "still")], stands(still=80)),
        ([said(80, "still"), said(90, "still")], stands(still=90)),
        ([said(80, "still"), said(101, "worn_off", 94)], stands(still=80, off=94, told=101)),
        # "It still works" takes back "it has worn off".
        ([said(80, "worn_off", 73), said(87, "still")], stands(still=87)),
        # The day told lies before a day on which it was said to work: the later answer stands.
        ([said(90, "still"), said(91, "worn_off", 77)], stands(off=77, told=91)),
        ([said(80, "still"), said(90, "never")], stands(never=True)),
        ([said(80, "never"), said(90, "unsure")], stands(never=True)),
        ([said(80, "never"), said(90, "still")], stands(still=90)),
        ([said(80, "never"), said(90, "worn_off", 83)], stands(off=83, told=90)),
        ([said(80, "worn_off", 73), said(90, "unsure")], stands(off=73, told=80)),
    ],
)
def test_later_answer_takes_an_earlier_one_back(answers: list[WearOffSaid], left: CycleSaid) -> None:
    assert cycle_said(GIVEN, answers) == left


def test_answer_about_another_cycle_says_nothing_of_this_one() -> None:
    other = WearOffSaid(treated_on=day(-100), day=day(-3), answer="worn_off", worn_off_on=day(-10))

    assert cycle_said(GIVEN, [other]) == stands()


@pytest.mark.parametrize(
    ("number", "answers", "asked"),
    [
        (69, [], False),
        (70, [], True),  # two weeks before the first published day in jaw pain
        (280, [], True),
        (281, [], False),
        (80, [said(75, "still")], False),
        (82, [said(75, "still")], True),
        (82, [said(75, "unsure")], True),
        (120, [said(75, "worn_off", 70)], False),
        (120, [said(75, "never")], False),
    ],
)
def test_it_is_asked_around_the_expected_time_and_not_again_at_once(
    number: int, answers: list[WearOffSaid], asked: bool
) -> None:
    found = asks_for_wear_off(
        diary_rules(), treated_on=GIVEN, said=answers, band=band_of("tmd"), today=day(number)
    )

    assert found is asked


def test_it_is_never_asked_before_a_treatment() -> None:
    assert not asks_for_wear_off(diary_rules(), treated_on=None, said=[], band=None, today=GIVEN)


def test_without_a_published_course_it_is_asked_from_the_house_number_on() -> None:
    asked = [
        asks_for_wear_off(diary_rules(), treated_on=GIVEN, said=[], band=None, today=day(number))
        for number in (55, 56)
    ]

    assert asked == [False, True]
