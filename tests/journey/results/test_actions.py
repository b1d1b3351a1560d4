"""Diary and scores: refusals first."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction

from masseter.journey.ground import clock
from masseter.journey.ground.actor import Actor
from masseter.journey.ground.refusals import NotHere, Refused
from masseter.journey.results.actions import add_score, withdraw_score, write_diary
from masseter.journey.results.models import DiaryEntry, Score
from masseter.journey.results.queries import (
    course_of,
    main_instrument,
    response_of,
    scores_of,
    treatment_days,
)
from masseter.knowledge.load import load
from tests.conftest import ActorMaker
from tests.days import days_back
from tests.factories import actor_of_patient, make_case, make_portal_patient
from tests.journey.given import DOCTOR, approved_plan, make_treatment, migraine_case
from tests.journey.treated import treated


@pytest.fixture
def by(actor: ActorMaker) -> Actor:
    return actor(*DOCTOR)


def test_diary_of_a_day_to_come_is_refused(by: Actor) -> None:
    case = make_case(by)

    with pytest.raises(Refused) as refusal:
        write_diary(by=by, case=case, day=clock.today(by.zone) + timedelta(days=1), values={"pain": 3})

    assert refusal.value.field == "day"


def test_diary_of_a_patient_more_than_a_week_back_is_refused_and_of_staff_is_not(by: Actor) -> None:
    patient = make_portal_patient(by)
    case = make_case(by, patient)
    long_ago = clock.today(by.zone) - timedelta(days=8)

    with pytest.raises(Refused, match="7 days"):
        write_diary(by=actor_of_patient(patient), case=case, day=long_ago, values={"pain": 3})

    assert write_diary(by=by, case=case, day=long_ago, values={"pain": 3}).entered_by == "staff"


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"pain": 11}, "pain"),
        ({"pain": True}, "pain"),
        ({"medicine": 1}, "medicine"),
        ({"headache": True}, "headache"),
        ({}, None),
        ({"pain": None}, None),
    ],
)
def test_diary_with_a_value_that_cannot_be_is_refused(
    by: Actor, values: dict[str, bool | int | str | None], field: str | None
) -> None:
    case = make_case(by)

    with pytest.raises(Refused) as refusal:
        write_diary(by=by, case=case, day=clock.today(by.zone), values=values)

    assert refusal.value.field == field


def test_diary_with_migraine_and_no_headache_is_refused(by: Actor) -> None:
    case = make_case(by, condition="chronic_migraine")

    with pytest.raises(Refused, match="day with headache"):
        write_diary(by=by, case=case, day=clock.today(by.zone), values={"headache": False, "migraine": True})


def test_diary_entered_twice_changes_the_day(by: Actor) -> None:
    case, today = make_case(by), clock.today(by.zone)

    write_diary(by=by, case=case, day=today, values={"pain": 3})
    write_diary(by=by, case=case, day=today, values={"pain": 5, "medicine": True})

    entry = DiaryEntry.objects.get(case=case)
    assert entry.values == {"pain": 5, "medicine": True}


@pytest.mark.parametrize(
    ("instrument", "answers", "field"),
    [("nrs_pain", {"pain": Decimal(11)}, "pain"), ("nrs_pain", {}, "pain")],
)
def test_score_off_its_scale_or_empty_is_refused(
    by: Actor, instrument: str, answers: dict[str, Decimal], field: str
) -> None:
    case = make_case(by)

    with pytest.raises(Refused) as refusal:
        add_score(by=by, case=case, instrument=instrument, day=clock.today(by.zone), answers=answers)

    assert refusal.value.field == field


def test_baseline_from_after_the_first_treatment_is_refused_at_its_field(by: Actor) -> None:
    treatment, today = treated(by), clock.today(by.zone)
    answers = {"days": Decimal(5)}

    with pytest.raises(Refused, match="taken before it") as refusal:
        add_score(
            by=by,
            case=treatment.case,
            instrument="headache_days",
            day=today,
            answers=answers,
            is_baseline=True,
        )

    kept = course_of(treatment.case, main_instrument(treatment.case), today=today).baseline
    assert refusal.value.field == "is_baseline"
    assert kept is not None
    assert kept.total == Decimal(20)


@pytest.mark.parametrize("condition", ["chronic_migraine", "trigeminal_neuralgia"])
def test_weekly_diary_is_refused_where_single_days_are_counted(by: Actor, condition: str) -> None:
    case = make_case(by, condition=condition)
    field = "headache" if condition == "chronic_migraine" else "pain"

    with pytest.raises(Refused, match="day by day"):
        write_diary(
            by=by,
            case=case,
            day=clock.today(by.zone),
            values={field: True if field == "headache" else 3},
            covers_days=7,
        )


@pytest.mark.parametrize(
    ("condition", "instrument", "field"),
    [
        ("tmd", "nrs_pain", "pain"),
        ("bruxism", "nrs_pain", "pain"),
        ("chronic_facial_pain", "nrs_pain", "pain"),
        ("facial_spasm", "spasm_bother", "spasm"),
    ],
)
def test_four_weeks_of_diary_give_a_score_by_day_or_by_week(
    by: Actor, condition: str, instrument: str, field: str
) -> None:
    today, scale = clock.today(by.zone), load().instruments[instrument]
    daily, weekly = make_case(by, condition=condition), make_case(by, condition=condition)
    for week in range(4):
        last = today - timedelta(days=7 * week)
        write_diary(by=by, case=weekly, day=last, values={field: 4 + 2 * (week % 2)}, covers_days=7)
        for back in range(7):
            day = last - timedelta(days=back)
            write_diary(by=by, case=daily, day=day, values={field: 4 + 2 * (week % 2)})

    scores = [course_of(case, scale, today=today).scores for case in (daily, weekly)]

    assert [[(one.total, one.from_diary) for one in each] for each in scores] == [[(Decimal(5), True)]] * 2


def test_day_and_week_of_the_diary_stand_beside_each_other(by: Actor) -> None:
    case, today = make_case(by), clock.today(by.zone)

    write_diary(by=by, case=case, day=today, values={"pain": 6}, covers_days=7)
    write_diary(by=by, case=case, day=today, values={"pain": 2})
    write_diary(by=by, case=case, day=today, values={"pain": 5}, covers_days=7)

    kept = {entry.covers_days: entry.values for entry in DiaryEntry.objects.filter(case=case)}
    assert kept == {1: {"pain": 2}, 7: {"pain": 5}}


def test_score_of_another_conditions_instrument_is_not_here(by: Actor) -> None:
    case = make_case(by)

    with pytest.raises(NotHere):
        add_score(
            by=by, case=case, instrument="hfs30", day=clock.today(by.zone), answers={"total": Decimal(3)}
        )


def test_score_of_a_clinicians_instrument_is_not_here_for_a_patient(by: Actor) -> None:
    patient = make_portal_patient(by)
    case = make_case(by, patient)

    with pytest.raises(NotHere):
        add_score(
            by=actor_of_patient(patient),
            case=case,
            instrument="mouth_opening",
            day=clock.today(by.zone),
            answers={"opening": Decimal(35)},
        )


def test_score_in_the_future_or_before_birth_is_refused(by: Actor) -> None:
    case, today = make_case(by), clock.today(by.zone)

    for day in (today + timedelta(days=1), today - timedelta(days=365 * 100)):
        with pytest.raises(Refused) as refusal:
            add_score(by=by, case=case, instrument="nrs_pain", day=day, answers={"pain": Decimal(3)})
        assert refusal.value.field == "day"


def test_score_of_the_same_day_replaces_the_first_which_stays_on_record(by: Actor) -> None:
    case, today = make_case(by), clock.today(by.zone)

    add_score(by=by, case=case, instrument="nrs_pain", day=today, answers={"pain": Decimal(3)})
    add_score(by=by, case=case, instrument="nrs_pain", day=today, answers={"pain": Decimal(6)})

    assert [row.value for row in scores_of(case, "nrs_pain")] == [Decimal(6)]
    assert Score.objects.filter(case=case).count() == 2


def test_score_kept_cannot_be_changed_even_by_raw_sql(by: Actor) -> None:
    case = make_case(by)
    row = add_score(
        by=by, case=case, instrument="nrs_pain", day=clock.today(by.zone), answers={"pain": Decimal(3)}
    )

    with pytest.raises(DatabaseError, match="never changes"), transaction.atomic():
        Score.objects.filter(pk=row.pk).update(value=9)


def test_score_taken_back_without_a_reason_is_refused_and_with_one_counts_no_more(by: Actor) -> None:
    case = make_case(by)
    row = add_score(
        by=by, case=case, instrument="nrs_pain", day=clock.today(by.zone), answers={"pain": Decimal(3)}
    )

    with pytest.raises(Refused):
        withdraw_score(by=by, score=row, reason="")
    withdraw_score(by=by, score=row, reason="Typed for the wrong patient.")

    assert scores_of(case, "nrs_pain") == []


def test_response_holds_scores_after_the_treatment_against_the_baseline(by: Actor) -> None:
    with clock.travel(days_back(90)):
        case = migraine_case(by)
        add_score(
            by=by,
            case=case,
            instrument="headache_days",
            day=clock.today(by.zone),
            answers={"days": Decimal(20)},
            is_baseline=True,
        )
        make_treatment(by, approved_plan(by, case))
    for days, value in ((60, 12), (30, 8)):
        with clock.travel(days_back(days)):
            day = clock.today(by.zone)
            add_score(by=by, case=case, instrument="headache_days", day=day, answers={"days": Decimal(value)})

    baseline = course_of(case, main_instrument(case), today=clock.today(by.zone)).baseline
    response = response_of(case, today=clock.today(by.zone))

    assert baseline is not None
    assert baseline.total == Decimal(20)
    assert response.best is not None
    assert response.best.percent == Decimal(60)
    assert response.best.day == 60


def test_course_counts_headache_days_from_the_diary_only_with_enough_days(by: Actor) -> None:
    case, today = migraine_case(by), clock.today(by.zone)
    headache = load().instruments["headache_days"]
    for back in range(20):
        values = {"headache": back % 2 == 0}
        write_diary(by=by, case=case, day=today - timedelta(days=back), values=values)
    few = course_of(case, headache, today=today)
    for back in range(20, 28):
        write_diary(by=by, case=case, day=today - timedelta(days=back), values={"headache": back % 2 == 0})

    enough = course_of(case, headache, today=today)

    assert few.scores == ()
    assert few.windows[-1].recorded == 20
    assert [score.total for score in enough.scores] == [Decimal("14.0")]
    assert treatment_days(case) == ()
