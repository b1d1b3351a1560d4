"""From a record to a forecast: what is heard, what is said, and what is left unsaid."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from masseter.core.results.course import DatedScore
from masseter.core.results.forecast import Forecast
from masseter.core.results.wear_off import CycleSaid
from masseter.journey.results.forecast.making import _tenth, known_after, make, wear_off_alone
from masseter.journey.results.forecast.reading import Dose, End, Record, shares, told_ends, told_scores
from masseter.knowledge.load import load
from masseter.knowledge.model import Coverage, DoseGroup, ReferenceDose
from masseter.response.outlook import level
from tests.knowledge.test_curves import FIT

FIRST = date(2026, 1, 5)
KNOWN = load()
RULES = KNOWN.practice.forecast
assert RULES is not None
PAIN, HEADACHE = KNOWN.instruments["nrs_pain"], KNOWN.instruments["headache_days"]
LIKENESS = 0.11
Scored = list[tuple[int, str]]


def on(day: int) -> date:
    return FIRST + timedelta(days=day)


def record(key: str, scored: Scored, treated: tuple[int, ...] = (0,)) -> Record:
    curve = KNOWN.curves[key]
    instrument, days = KNOWN.instruments[curve.measure], [on(day) for day in treated]
    entered = [DatedScore(day=on(day), total=Decimal(value)) for day, value in scored]
    return Record(
        instrument=instrument,
        curve=curve,
        baseline=Decimal(scored[0][1]),
        responds_at=KNOWN.conditions[curve.condition].response_percent.value,
        doses=dict.fromkeys(days, 1.0),
        scores=told_scores(instrument, entered, {}, days, LIKENESS),
    )


def made(key: str, scored: Scored, treated: tuple[int, ...] = (0,), *, today: int | None = None) -> Forecast:
    last = max(treated[-1], scored[-1][0]) if today is None else today
    assert RULES is not None
    return make(record(key, scored, treated), RULES, today=on(last), asks_next=True)


# Three cycles that each wore off about day 84.
WORN = [
    (start + day, value)
    for start in (0, 112, 224)
    for day, value in ((0, "7"), (28, "2"), (56, "2"), (84, "5"), (105, "7"))
]


def test_own_cycles_make_the_wear_off_ones_own() -> None:
    first = made("tmd_pain", [(0, "7")])
    later = made("tmd_pain", WORN, (0, 112, 224))

    assert first.is_population
    assert not later.is_population
    assert later.width_days < first.width_days / 2
    assert abs((later.wear_off.middle - on(224)).days - 84) < 10


def test_who_gains_nothing_has_nothing_that_wears_off() -> None:
    assert RULES is not None
    flat = [(start + day, "10") for start in (0, 98, 196) for day in (0, 7, 14, 28, 42, 56, 70)]
    treated = (0, 98, 196)

    told = made("bruxism_pain", flat, treated)

    assert not told.shows_wear_off
    assert wear_off_alone(record("bruxism_pain", flat, treated), RULES) is None
    assert made("tmd_pain", WORN, (0, 112, 224)).shows_wear_off


# Three scores of a cycle that has not come back; one of a neuralgia that has begun to.
SPARSE = [
    ("tmd_pain", [(0, "6"), (28, "3"), (42, "2")]),
    ("neuralgia_vas", [(0, "80"), (30, "30"), (60, "25"), (90, "45")]),
]


@pytest.mark.parametrize(("key", "scored"), SPARSE)
def test_one_sparse_first_cycle_says_nothing_personal(key: str, scored: Scored) -> None:
    told = made(key, scored)

    assert told.is_population
    assert told.next_narrows_days is not None


def said(day: int, weeks: float, *, is_over: bool) -> End:
    return End(at=day, weeks=weeks, variance=1.5**2, is_over=is_over)


def heard(*ends: End) -> Forecast:
    plain = record("tmd_pain", WORN, (0, 112, 224))
    assert RULES is not None
    return make(replace(plain, ends=ends), RULES, today=on(330), asks_next=False)


def test_what_the_person_says_of_the_end_is_heard() -> None:
    alone = heard()
    over = heard(said(294, 8, is_over=True))
    still = heard(said(329, 15, is_over=False))

    # Curve and scores would say another day than the person; nobody is told against their own word.
    assert over.worn_off_on == on(224 + 56)
    assert over.worn_off_told_on == on(294)
    assert over.wear_off.first == over.wear_off.last == over.worn_off_on
    assert still.worn_off_on is None
    assert over.wear_off.middle < alone.wear_off.middle - timedelta(days=3)
    assert still.wear_off.middle > alone.wear_off.middle + timedelta(days=3)
    assert not over.is_population


def test_ends_of_earlier_cycles_teach_the_next_one() -> None:
    early = [said(60, 8, is_over=True), said(112 + 60, 8, is_over=True)]

    assert heard(*early).wear_off.middle < heard().wear_off.middle
    assert heard(*early).worn_off_on is None


def test_what_was_said_later_does_not_change_what_the_day_of_the_treatment_expected() -> None:
    assert heard(said(294, 6, is_over=True)).against == heard().against


def test_answers_become_weeks_after_their_treatment() -> None:
    over = CycleSaid(treated_on=on(0), worn_off_on=on(70), worn_off_told_on=on(77))
    both = CycleSaid(treated_on=on(112), still_on=on(161), worn_off_on=on(182), worn_off_told_on=on(189))

    found = told_ends([over, both], FIRST, 2.0)

    assert found == [
        End(at=77, weeks=10, variance=4, is_over=True),
        End(at=161, weeks=7, variance=4, is_over=False),
        End(at=189, weeks=10, variance=4, is_over=True),
    ]


def test_nought_has_no_sign() -> None:
    assert str(_tenth(-0.04)) == "0.0"


def test_change_that_may_not_wear_off_is_not_called_sure() -> None:
    assert made("tmd_pain", [(0, "6")]).wears_off.low < 0


def test_response_is_likelier_after_a_good_score_than_after_a_bad_one() -> None:
    good, bad = (made("tmd_pain", [(0, "6"), (28, value)]).chances for value in ("2", "6"))

    assert [one.fall for one in good] == [30, 50]
    assert all(well.percent > ill.percent + 20 for well, ill in zip(good, bad, strict=True))


def test_scores_as_expected_and_not_as_expected_are_told_apart() -> None:
    as_ever = made("tmd_pain", [*WORN, (336, "7"), (364, "2")], (0, 112, 224, 336))
    lost = made("tmd_pain", [*WORN, (336, "7"), (364, "7"), (378, "7")], (0, 112, 224, 336))

    assert all(one.percent > 10 for one in as_ever.against)
    assert all(one.percent < 10 for one in lost.against[-2:])
    assert [one.day for one in lost.against] == [28, 42]


def test_stretched_bands_of_a_fit_are_wider() -> None:
    wide = tuple(replace(one, stretch=Decimal("1.5")) for one in FIT.coverage)
    fit = replace(
        FIT,
        coverage=wide,
        wear_off_coverage=(Coverage(promised=Decimal(80), found=Decimal(80), stretch=Decimal("1.5")),),
    )
    plain = record("tmd_pain", [(0, "6"), (28, "4")])
    fitted = replace(plain, curve=replace(plain.curve, kind="fitted", fit=fit))
    assert RULES is not None

    narrow, broad = (make(one, RULES, today=on(30), asks_next=False) for one in (plain, fitted))

    assert broad.width_days > narrow.width_days
    assert broad.bands[0].most[1] > narrow.bands[0].most[1]
    assert broad.bands[0].middle == narrow.bands[0].middle


def test_bands_are_those_of_the_person_s_own_dose_group() -> None:
    wide = tuple(replace(one, stretch=Decimal("1.5")) for one in FIT.coverage)
    plain = record("tmd_pain", [(0, "6"), (28, "4")])
    assert RULES is not None

    def width(above: str, up_to: str | None) -> int:
        upper = None if up_to is None else Decimal(up_to)
        group = DoseGroup(above=Decimal(above), up_to=upper, people=40, coverage=wide, wear_off_coverage=wide)
        curve = replace(plain.curve, kind="fitted", fit=replace(FIT, dose_groups=(group,)))
        assert RULES is not None
        return make(replace(plain, curve=curve), RULES, today=on(30), asks_next=False).width_days

    usual, mine, lower, higher = width("2", None), width("0.8", "1.2"), width("0", "0.8"), width("1.2", None)

    assert mine > usual
    assert lower == higher == usual


@pytest.mark.parametrize("key", sorted(KNOWN.curves))
@settings(max_examples=12, deadline=None)
@given(data=st.data())
def test_forecast_stays_on_its_scale_and_never_before_its_treatment(key: str, data: st.DataObject) -> None:
    instrument = KNOWN.instruments[KNOWN.curves[key].measure]
    values = st.integers(int(instrument.low), int(instrument.high)).map(str)
    days = sorted(data.draw(st.sets(st.integers(1, 260), max_size=8)))
    treated = (0, *data.draw(st.sampled_from([(), (91,), (84, 170)])))

    told = made(key, [(0, data.draw(values)), *((day, data.draw(values)) for day in days)], treated)

    off = told.wear_off
    assert told.given_on <= off.first <= off.middle <= off.last
    assert told.given_on <= min(told.onset_on, told.best_on)
    assert all(0 <= one.percent <= 100 for one in (*told.chances, *told.against))
    for band in told.bands:
        (a, b), (c, d), (e, f) = band.half, band.most, band.nearly_all
        assert instrument.low <= e <= c <= a <= band.middle <= b <= d <= f <= instrument.high


@pytest.mark.parametrize("key", ["tmd_pain", "migraine_headache_days", "spasm_hfs30", "neuralgia_vas"])
def test_curve_of_the_literature_goes_through_the_published_course(key: str) -> None:
    curve = KNOWN.curves[key]
    band = next(one for one in KNOWN.response_bands.values() if one.condition == curve.condition)
    start = curve.baseline.mean.value
    untold = known_after(record(key, [(0, str(start))]), [])
    days = [point.day for point in band.points[1:]]

    left = 100 * level(untold, np.array(days) / 7).mean() / float(start)

    published = [float(point.middle) for point in band.points[1:]]
    assert left == pytest.approx(published, abs=20)


def test_week_of_diary_never_holds_days_of_two_cycles() -> None:
    diary = {on(day): Decimal(3) for day in range(-3, 20)}

    told = told_scores(PAIN, [], diary, [FIRST, on(10)], LIKENESS)

    # Day 0 stands before the treatment, days 1 to 7 and 8 to 10 after it, then 11 to 17 and 18 to 19.
    assert [one.day for one in told] == [on(0), on(7), on(10), on(17), on(19)]
    assert [one.at for one in told] == [-1.5, 4, 9, 14, 18.5]


def test_diary_of_few_days_counts_for_less() -> None:
    whole = told_scores(PAIN, [], {on(day): Decimal(4) for day in range(1, 8)}, [FIRST], LIKENESS)
    few = told_scores(PAIN, [], {on(2): Decimal(4), on(3): None}, [FIRST], LIKENESS)

    assert [one.weight for one in whole] == [pytest.approx(1)]
    assert few[0].weight > 4


def test_days_with_a_symptom_are_scaled_to_28() -> None:
    diary = {on(day): day % 2 == 0 for day in range(1, 8)}

    (week,) = told_scores(HEADACHE, [], diary, [FIRST], LIKENESS)

    assert week.value == pytest.approx(28 * 3 / 7)
    assert week.weight > 1


def test_days_that_an_entered_score_speaks_of_are_not_heard_twice() -> None:
    diary = {on(day): True for day in range(1, 29)}
    entered = [DatedScore(day=on(28), total=Decimal(9))]

    (only,) = told_scores(HEADACHE, entered, diary, [FIRST], LIKENESS)

    assert only.value == 9
    assert only.at == 14.5


def test_score_soon_after_a_treatment_stays_after_it() -> None:
    entered = [DatedScore(day=on(3), total=Decimal(9))]

    (only,) = told_scores(HEADACHE, entered, {}, [FIRST], LIKENESS)

    assert only.at == 2


def test_doses_are_shares_within_their_own_product() -> None:
    doses = [
        Dose(day=on(0), product="botox", units=Decimal(40)),
        Dose(day=on(91), product="botox", units=Decimal(60)),
        Dose(day=on(182), product="dysport", units=Decimal(150)),
        Dose(day=on(273), product="dysport", units=Decimal(75)),
        Dose(day=on(273), product="botox", units=Decimal(20)),
    ]

    assert shares(doses, KNOWN.curves["tmd_pain"]) == {on(0): 1.0, on(91): 1.5, on(182): 1.0, on(273): 1.0}


def test_doses_are_shares_of_the_dose_that_was_one_in_the_fit() -> None:
    fit = replace(FIT, reference_doses=(ReferenceDose(product="botox", units=Decimal(50)),))
    curve = replace(KNOWN.curves["tmd_pain"], kind="fitted", fit=fit)

    assert shares([Dose(day=on(0), product="botox", units=Decimal(40))], curve) == {on(0): 0.8}


@pytest.mark.parametrize(
    ("key", "scored", "day"),
    [
        ("neuralgia_vas", [(0, "80"), (30, "20"), (60, "20"), (112, "80"), (119, "80")], 119),
        ("tmd_pain", [(0, "6"), (28, "3"), (42, "2")], 112),
    ],
)
def test_no_day_of_wear_off_lies_before_one_on_which_it_still_worked(
    key: str, scored: Scored, day: int
) -> None:
    assert RULES is not None
    plain = record(key, scored)
    ends = [End(at=day, weeks=day / 7, variance=1.5**2, is_over=False)]

    silent, told = (
        make(each, RULES, today=on(day), asks_next=False) for each in (plain, replace(plain, ends=ends))
    )

    assert silent.wear_off.first <= on(day)
    assert on(day) < told.wear_off.first < told.wear_off.middle < told.wear_off.last
    assert (told.still_on is not None) == (key == "neuralgia_vas")


def test_treatment_that_never_helped_has_no_day_of_wear_off() -> None:
    assert RULES is not None
    never = replace(record("tmd_pain", WORN, (0, 112, 224)), never_helped=True)

    told = make(never, RULES, today=on(330), asks_next=False)

    assert told.never_helped
    assert not told.shows_wear_off
    assert wear_off_alone(never, RULES) is None


def test_long_held_cycle_is_not_called_what_others_have() -> None:
    assert RULES is not None
    held = [(0, "80"), *((day, "20") for day in range(30, 181, 30))]

    told = made("neuralgia_vas", held)
    alone = wear_off_alone(record("neuralgia_vas", held), RULES)

    assert not told.is_population
    assert told.is_uncertain
    assert alone is not None
    assert (alone.is_population, alone.is_uncertain, alone.told_on) == (False, True, None)
    assert not made("tmd_pain", WORN, (0, 112, 224)).is_uncertain


@pytest.mark.parametrize(
    ("key", "scored"),
    [
        # What gets better late and stays is no part that wears off, good as its last day may be.
        ("neuralgia_vas", [(0, "80"), (30, "78"), (60, "70"), (90, "50"), (120, "30")]),
        ("migraine_headache_days", [(0, "20"), (28, "19"), (56, "20")]),
    ],
)
def test_less_than_the_measure_can_tell_is_nothing_that_wears_off(key: str, scored: Scored) -> None:
    assert not made(key, scored).shows_wear_off
    assert made(key, scored[:1]).shows_wear_off


def test_answer_that_it_still_works_alone_makes_nothing_that_wears_off() -> None:
    assert RULES is not None
    flat = record("bruxism_pain", [(day, "10") for day in (0, 7, 14, 28, 42, 56, 70)])
    still = [End(at=70, weeks=10, variance=1.5**2, is_over=False)]

    assert not make(replace(flat, ends=still), RULES, today=on(70), asks_next=False).shows_wear_off
