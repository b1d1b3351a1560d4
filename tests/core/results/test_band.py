from __future__ import annotations

import pytest

from masseter.core.results.band import DayOutsideBand, covers, percent_left, score_left
from masseter.knowledge.model import ResponseBand, ResponsePoint
from tests.core.builders import EVIDENCE, D, between, text


def band(*points: tuple[int, int]) -> ResponseBand:
    return ResponseBand(
        key="band",
        condition="tmd",
        measure="pain_score",
        title="Band",
        points=tuple(
            ResponsePoint(day=day, low=D(middle - 10), middle=D(middle), high=D(middle + 10))
            for day, middle in points
        ),
        onset_days=between(3, 7),
        peak_days=between(28, 42),
        wear_off_days=between(84, 112),
        words=text(),
        evidence=EVIDENCE,
    )


COURSE = band((28, 40), (0, 100), (84, 70))


@pytest.mark.parametrize("day", [-1, 85])
def test_percent_left_outside_the_published_days_is_refused(day: int) -> None:
    with pytest.raises(DayOutsideBand):
        percent_left(COURSE, day)


def test_a_band_without_points_covers_nothing() -> None:
    assert not covers(band(), 0)


@pytest.mark.parametrize(
    ("day", "middle"), [(0, "100"), (7, "85"), (14, "70"), (28, "40"), (29, "40.536"), (84, "70")]
)
def test_percent_left_lies_on_the_line_between_the_published_days(day: int, middle: str) -> None:
    left = percent_left(COURSE, day)

    assert (left.low, left.middle, left.high) == (D(middle) - 10, D(middle), D(middle) + 10)


def test_score_left_is_the_share_of_the_baseline() -> None:
    left = score_left(COURSE, 28, baseline=D("7.5"))

    assert (left.day, left.low, left.middle, left.high) == (28, D("2.25"), D("3"), D("3.75"))
