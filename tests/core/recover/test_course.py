"""The days after a treatment in phases."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from masseter.core.recover.course import phases_of
from masseter.knowledge.load import load
from masseter.knowledge.model import ResponseBand

BANDS = list(load().response_bands.values())


def holds_every_day_once(band: ResponseBand) -> None:
    phases = phases_of(band)
    for day in range(1, int(band.wear_off_days.high) + 1):
        assert len([one for one in phases if one.holds(day)]) == 1, day
    assert not [one for one in phases if one.from_day > one.to_day]


@pytest.mark.parametrize("band", BANDS, ids=lambda band: band.key)
def test_shipped_course_begins_peaks_and_fades_when_it_was_published(band: ResponseBand) -> None:
    starts = {one.code: one.from_day for one in phases_of(band)}

    holds_every_day_once(band)
    assert starts["onset"] == band.onset_days.low
    assert starts["best"] == band.peak_days.low
    assert starts["fading"] == band.wear_off_days.low


@given(st.tuples(*[st.integers(1, 200)] * 6))
def test_each_day_is_in_one_phase_and_no_phase_is_turned_round(days: tuple[int, ...]) -> None:
    ends = [sorted(pair) for pair in zip(days[::2], days[1::2], strict=True)]
    onset, best, fading = [
        replace(BANDS[0].onset_days, low=Decimal(low), high=Decimal(high)) for low, high in ends
    ]

    holds_every_day_once(
        replace(BANDS[0], onset_days=onset, peak_days=best, wear_off_days=fading),
    )
