"""The published time courses: they begin at the baseline and are the numbers of their publication."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

import pytest

from masseter.knowledge.load import load
from masseter.knowledge.model import ResponseBand

KNOWLEDGE = load()
BANDS = KNOWLEDGE.response_bands
OTHERS = {"tmd", "bruxism", "chronic_migraine", "facial_spasm", "trigeminal_neuralgia"}
ALL = pytest.mark.parametrize("band", BANDS.values(), ids=BANDS.keys())
PUBLISHED = {
    "migraine_headache_days": ("18.95", {30: "10.55", 60: "9.31", 90: "11.97"}),
    "tmd_pain": ("58", {30: "39", 60: "38", 90: "38"}),
    "bruxism_pain": ("5.75", {14: "0.44", 56: "0.69", 168: "2.00"}),
    "spasm_hfs30": ("48.88", {14: "9.63", 28: "7.71", 56: "9.41", 84: "35.06"}),
    "neuralgia_pain": ("7.8", {30: "3.1", 90: "3.2"}),
}


def percent(score: str, baseline: str) -> Decimal:
    return (100 * Decimal(score) / Decimal(baseline)).quantize(Decimal(1), rounding=ROUND_HALF_UP)


def test_condition_without_a_published_course_has_no_band() -> None:
    assert "chronic_facial_pain" not in {band.condition for band in BANDS.values()}


def test_every_other_condition_has_one_band() -> None:
    drawn = [(band.condition, band.measure) for band in BANDS.values()]

    assert len(drawn) == len(set(drawn))
    assert {condition for condition, _ in drawn} == OTHERS


@ALL
def test_band_is_drawn_on_the_main_measure(band: ResponseBand) -> None:
    assert band.measure == KNOWLEDGE.conditions[band.condition].main_measure


@ALL
def test_band_starts_at_the_whole_baseline_on_day_0(band: ResponseBand) -> None:
    first = band.points[0]

    assert first.day == 0
    assert {first.low, first.middle, first.high} == {Decimal(100)}


@ALL
def test_band_lies_around_its_middle(band: ResponseBand) -> None:
    assert all(0 <= point.low <= point.middle <= point.high for point in band.points)


@ALL
def test_band_without_a_published_spread_is_a_line_and_says_so(band: ResponseBand) -> None:
    lines = [point for point in band.points[1:] if point.low == point.high]

    assert not lines or "spread" in band.evidence.note


@ALL
def test_onset_comes_before_peak_and_peak_before_wear_off(band: ResponseBand) -> None:
    assert band.onset_days.low <= band.peak_days.low <= band.wear_off_days.low
    assert band.onset_days.high <= band.peak_days.high <= band.wear_off_days.high


@ALL
def test_band_tells_the_scores_that_it_was_made_from(band: ResponseBand) -> None:
    baseline, scores = PUBLISHED[band.key]

    for score in (baseline, *scores.values()):
        assert score in band.evidence.note


@ALL
def test_middle_is_the_published_score_in_percent_of_the_start(band: ResponseBand) -> None:
    baseline, scores = PUBLISHED[band.key]

    middles = {point.day: point.middle for point in band.points if point.day}

    assert middles == {day: percent(score, baseline) for day, score in scores.items()}


@pytest.mark.parametrize("key", ["tmd_pain", "migraine_headache_days"])
def test_placebo_that_did_as_well_is_said(key: str) -> None:
    assert "placebo" in BANDS[key].words.text


@pytest.mark.parametrize("key", ["bruxism_pain", "spasm_hfs30", "neuralgia_pain"])
def test_group_without_comparison_is_called_that(key: str) -> None:
    assert "without comparison" in BANDS[key].evidence.note
