"""The instruments: ranges that follow from their items, bands without gaps, wording that may be shipped."""

from __future__ import annotations

from decimal import Decimal

import pytest

from masseter.core.results.parts import parts_of
from masseter.knowledge.load import load
from masseter.knowledge.model import Instrument

INSTRUMENTS = load().instruments
ALL = pytest.mark.parametrize("instrument", INSTRUMENTS.values(), ids=INSTRUMENTS.keys())
LICENSED = {
    "hit6",
    "midas",
    "bpi_facial",
    "bpi_intensity",
    "bpi_general",
    "penn_fps_r",
    "hfs7",
    "hfs30",
    "ess",
    "psqi",
}
CODES = [
    "nrs_pain",
    "vas_pain",
    "headache_days",
    "migraine_days",
    "hit6",
    "midas",
    "medicine_days",
    "gcps",
    "gcps_cpi",
    "jfls8",
    "jfls20",
    "obc",
    "phq4",
    "gad7",
    "phq9",
    "peg",
    "bpi_facial",
    "bpi_intensity",
    "bpi_general",
    "headache_moderate_days",
    "penn_fps_r",
    "bni_pain",
    "bni_numbness",
    "tn_attacks",
    "hfs7",
    "hfs30",
    "smc_grade",
    "spasm_bother",
    "jrs",
    "ygtss",
    "pgic",
    "mouth_opening",
    "mouth_opening_pain_free",
    "mouth_opening_assisted",
    "stop_bang",
    "ess",
    "psqi",
    "pressure_pain",
]


def reach(instrument: Instrument) -> tuple[Decimal, Decimal]:
    """The least and greatest total that the items allow."""
    low = sum((item.low for item in instrument.items), Decimal(0))
    high = sum((item.high for item in instrument.items), Decimal(0))
    factor = {"mean": Decimal(1), "mean_times_ten": Decimal(10)}.get(instrument.method)
    return (
        (low, high)
        if factor is None
        else (
            low * factor / len(instrument.items),
            high * factor / len(instrument.items),
        )
    )


def test_instruments_are_those_of_the_reference() -> None:
    assert sorted(INSTRUMENTS) == sorted(CODES)


def test_licensed_wording_is_not_shipped() -> None:
    with_items = {code for code in LICENSED if INSTRUMENTS[code].items}

    assert not with_items
    assert all(INSTRUMENTS[code].total_only for code in LICENSED)


@ALL
def test_instrument_has_items_or_takes_a_total(instrument: Instrument) -> None:
    assert bool(instrument.items) is not instrument.total_only


@ALL
def test_range_follows_from_the_items(instrument: Instrument) -> None:
    if not instrument.total_only and instrument.grading is None:
        assert reach(instrument) == (instrument.low, instrument.high)


@ALL
def test_bands_rise_without_gap_or_overlap(instrument: Instrument) -> None:
    for before, after in zip(instrument.bands, instrument.bands[1:], strict=False):
        assert after.low == before.high + instrument.step


@ALL
def test_bands_cover_the_whole_range(instrument: Instrument) -> None:
    if instrument.bands:
        assert instrument.bands[0].low == instrument.low
        assert instrument.bands[-1].high == instrument.high


@ALL
def test_choices_name_every_step_of_an_item(instrument: Instrument) -> None:
    for item in instrument.items:
        steps = [str(step) for step in range(int(item.low), int(item.high) + 1)]

        assert [choice.code for choice in item.choices] in ([], steps)


@ALL
def test_no_change_that_matters_is_larger_than_the_scale(instrument: Instrument) -> None:
    points = [each.value for each in instrument.thresholds if each.kind == "points"]

    assert all(value <= instrument.high - instrument.low for value in points)


@ALL
def test_score_from_the_diary_names_its_field(instrument: Instrument) -> None:
    assert (instrument.source_of_score == "entered") is (instrument.diary_field == "")


def test_hit6_begins_at_36() -> None:
    assert INSTRUMENTS["hit6"].low == 36
    assert INSTRUMENTS["hit6"].high == 78


def test_headache_days_and_migraine_days_are_two_counts() -> None:
    days, migraine = INSTRUMENTS["headache_days"], INSTRUMENTS["migraine_days"]

    assert (days.diary_field, migraine.diary_field) == ("headache", "migraine")
    assert {days.source_of_score, migraine.source_of_score} == {"diary_days_per_28"}


def test_headache_days_continue_at_thirty_percent() -> None:
    assert Decimal(30) in [each.value for each in INSTRUMENTS["headache_days"].thresholds]


@pytest.mark.parametrize("code", ["jfls8", "jfls20", "obc", "hfs7", "hfs30", "penn_fps_r"])
def test_change_that_matters_is_absent_where_none_is_accepted(code: str) -> None:
    assert INSTRUMENTS[code].thresholds == ()


def test_range_that_was_not_published_is_not_called_verified() -> None:
    assert INSTRUMENTS["hfs30"].evidence.sure == "from_memory"
    assert "not found" in INSTRUMENTS["hfs30"].evidence.note


def test_only_mouth_opening_and_pressure_are_better_when_higher() -> None:
    better = {code for code, each in INSTRUMENTS.items() if not each.higher_is_worse}

    assert better == {"mouth_opening", "mouth_opening_pain_free", "mouth_opening_assisted", "pressure_pain"}


def test_question_for_self_harm_raises_the_warning_sign_from_its_lowest_answer_on() -> None:
    phq9 = INSTRUMENTS["phq9"]

    assert phq9.items[-1].code == "harm"
    assert [(each.item, each.at_least, each.observation) for each in phq9.alarms] == [
        ("harm", 1, "flag_crisis")
    ]


@pytest.mark.parametrize(
    ("part", "answers", "total", "band"),
    [
        ("phq2", (2, 0), 2, "below the cut"),
        ("phq2", (2, 1), 3, "positive"),
        ("gad2", (1, 1), 2, "below the cut"),
        ("gad2", (3, 0), 3, "positive"),
    ],
)
def test_half_of_the_phq4_is_positive_from_three_on(
    part: str, answers: tuple[int, int], total: int, band: str
) -> None:
    told = next(each for each in INSTRUMENTS["phq4"].parts if each.code == part)
    given = {code: Decimal(value) for code, value in zip(told.items, answers, strict=True)}

    found = next(each for each in parts_of(INSTRUMENTS["phq4"], given) if each.part.code == part)

    assert (found.total, found.band) == (total, band)


def test_days_and_attacks_of_a_diary_are_counted_and_not_entered() -> None:
    counted = {code for code, each in INSTRUMENTS.items() if each.only_from_diary}

    assert counted == {"headache_days", "migraine_days", "medicine_days", "tn_attacks"}
