"""Ceilings: over every scope, with all brands of one toxin counted together, in both windows."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from masseter.core.facts import fact
from masseter.core.plan.check import check_plan
from masseter.core.plan.types import Earlier
from masseter.knowledge.model import Knowledge
from tests.core.builders import EVIDENCE, TODAY, D, observation_type, value
from tests.core.plan.builders import (
    dilution,
    earlier,
    knowledge,
    limit,
    patient,
    plan,
    point,
    points,
    product,
)
from tests.core.plan.test_check import checked, codes


def with_limits(*limits: object, **fields: object) -> Knowledge:
    return knowledge(products={"alfa": product(limits=limits, **fields), "beta": product("beta")})


def stop_codes(*args: object, **fields: object) -> set[str]:
    return codes(checked(*args, **fields), "stop")  # type: ignore[arg-type]  # tests pass real ones


def test_interval_ceiling_is_exceeded_by_the_smallest_step() -> None:
    at, over = plan(*points("75")), plan(*points("75"), point("MASS-L-3", "0.1"))

    assert stop_codes(at, earlier(50, "100")) == set()
    assert "over-limit-cap" in stop_codes(over, earlier(50, "100"))


@pytest.mark.parametrize(("days_ago", "is_counted"), [(83, True), (84, False), (0, True), (1, True)])
def test_interval_ceiling_counts_up_to_the_day_before_the_window_ends(
    days_ago: int, is_counted: bool
) -> None:
    found = stop_codes(plan(*points("75")), earlier(days_ago, "100.1"))

    assert ("over-limit-cap" in found) is is_counted


def test_interval_ceiling_counts_the_other_brand_of_the_same_toxin() -> None:
    twin = product("twin", inn="alfatoxin")
    known = knowledge(products={"alfa": product(), "twin": twin})

    found = stop_codes(plan(*points("75")), earlier(30, "101", "twin"), known=known)

    assert "over-limit-cap" in found


def test_interval_ceiling_never_adds_units_of_another_toxin() -> None:
    assert stop_codes(plan(*points("75")), earlier(30, "5000", "beta")) == set()


def test_interval_ceiling_kept_in_days_but_not_in_months_is_a_caution_that_shows_both() -> None:
    findings = checked(plan(*points("75")), earlier(86, "150"))

    assert "over-limit-in-months" in codes(findings, "caution")
    note = next(each for each in findings if each.code == "counted-in-windows")
    assert "300 units Alfa in 84 days" in note.sentence
    assert "450 units Alfa in 3 calendar months" in note.sentence


def test_ceiling_that_is_just_kept_in_days_and_passed_in_months_is_a_caution_too() -> None:
    findings = checked(plan(*points("100")), earlier(86, "150"))

    assert "over-limit-cap" not in codes(findings)
    assert "over-limit-in-months" in codes(findings, "caution")


def test_interval_ceiling_across_the_end_of_february() -> None:
    given = Earlier(given_on=date(2027, 11, 30), product="alfa", units=D("350"))

    def found(today: date) -> set[str]:
        findings = check_plan(
            plan=plan(*points("20")), patient=patient(), knowledge=knowledge(), jurisdiction="UK",
            today=today, earlier=(given,),
        )  # fmt: skip
        return codes(findings, "stop", "caution")

    assert "over-limit-cap" in found(date(2028, 2, 21))
    assert "over-limit-cap" not in found(date(2028, 2, 22))
    assert "over-limit-in-months" in found(date(2028, 2, 28))
    assert "over-limit-in-months" not in found(date(2028, 2, 29))


def test_interval_ceiling_without_window_takes_the_shortest_interval() -> None:
    known = with_limits(limit(window_days=None))

    assert "over-limit-cap" in stop_codes(plan(*points("75")), earlier(83, "101"), known=known)
    assert stop_codes(plan(*points("75")), earlier(84, "101"), known=known) == set()


def test_short_interval_ceiling_is_not_shown_in_months() -> None:
    known = with_limits(limit(window_days=30, units=D(100)))

    findings = checked(plan(*points("25")), earlier(31, "100"), known=known)

    assert "counted-in-windows" not in codes(findings)
    assert codes(findings, "stop") == set()


@pytest.mark.parametrize(
    ("scope", "units", "subject"),
    [
        ("per_session", 79, ""),
        ("first_session", 79, ""),
        ("per_side", 39, "left"),
        ("per_site", 39, "masseter-left"),
        ("per_point", 19, "MASS-L-1"),
    ],
)
def test_ceiling_of_each_scope_stops_and_names_its_subject(scope: str, units: int, subject: str) -> None:
    low = with_limits(limit(scope=scope, units=D(units), window_days=None))
    enough = with_limits(limit(scope=scope, units=D(units + 1), window_days=None))

    findings = checked(plan(*points("20")), known=low)

    assert subject in {each.subject for each in findings if each.code == "over-limit-cap"}
    assert "over-limit-cap" not in stop_codes(plan(*points("20")), known=enough)


def test_first_session_ceiling_ends_with_a_known_treatment_of_the_toxin_only() -> None:
    known = with_limits(limit(scope="first_session", units=D(50), severity="caution"))
    draft = plan(*points("20"))

    assert "over-limit-cap" in codes(checked(draft, earlier(200, None, None), known=known))
    assert "over-limit-cap" in codes(checked(draft, earlier(200, "10", "beta"), known=known))
    assert "over-limit-cap" not in codes(checked(draft, earlier(200), known=known))


@pytest.mark.parametrize(
    ("fields", "applies"),
    [
        ({"jurisdictions": ("UK",)}, True),
        ({"jurisdictions": ("US",)}, False),
        ({"conditions": ("tmd",)}, True),
        ({"conditions": ("bruxism",)}, False),
        ({"diagnoses": ("myalgia",)}, True),
        ({"diagnoses": ("tension",)}, False),
        ({"sites": ("masseter",)}, True),
        ({"sites": ("orbicularis_oculi",)}, False),
    ],
)
def test_ceiling_applies_only_where_it_says(fields: dict[str, object], applies: bool) -> None:
    known = with_limits(limit(scope="per_session", units=D(1), **fields))

    assert ("over-limit-cap" in stop_codes(plan(), known=known)) is applies


def test_ceiling_counts_drawn_units_where_the_syringe_gives_more() -> None:
    known = with_limits(limit(scope="per_point", units=D("7.2")), dilutions=(dilution(100, "2"),))
    draft = plan(*points("7"), graduation_ml=D("0.05"))

    assert "over-limit-cap" in stop_codes(draft, known=known)


def test_ceiling_counts_planned_units_where_the_syringe_gives_less() -> None:
    known = with_limits(limit(scope="per_point", units=D("10.9")))
    draft = plan(*points("11"), graduation_ml=D("0.05"))

    assert "over-limit-cap" in stop_codes(draft, known=known)


def test_ceiling_in_a_caution_stays_a_caution() -> None:
    known = with_limits(limit(scope="per_session", units=D(1), severity="caution"))

    assert "over-limit-cap" in codes(checked(plan(), known=known), "caution")


def test_points_without_dose_count_nothing() -> None:
    assert "over-limit-cap" not in stop_codes(plan(*points("75"), point("MASS-L-3", None)))
    assert TODAY - timedelta(days=84) == earlier(84).given_on


CHILD = {"units": D(340), "units_per_kg": D(10), "max_age": 17, "severity": "caution"}


@pytest.mark.parametrize(
    ("age", "weight", "dose", "is_over"),
    [
        (17, 30, "75", False),
        (17, 30, "75.1", True),
        (17, 60, "85", False),
        (17, 60, "85.1", True),
        (18, 30, "75.1", False),
        (17, None, "75.1", False),
        (17, None, "85.1", True),
    ],
)
def test_ceiling_of_the_young_is_the_lower_of_units_and_units_by_weight(
    age: int, weight: int | None, dose: str, is_over: bool
) -> None:
    young = patient(weight_kg=weight)
    young = replace(young, birth_date=TODAY.replace(year=TODAY.year - age))

    findings = checked(plan(*points(dose)), known=with_limits(limit(**CHILD)), person=young)

    assert ("over-limit-cap" in codes(findings, "caution")) is is_over
    assert ("weight-missing" in codes(findings, "caution")) is (weight is None and age < 18)


@pytest.mark.parametrize(("days_ago", "is_old"), [(30, False), (31, True)])
def test_weight_of_the_young_grows_old_and_still_keeps_the_ceiling(days_ago: int, is_old: bool) -> None:
    young = patient()
    weight = fact("weight_kg", D(30), observed_on=TODAY - timedelta(days=days_ago))
    birth = TODAY.replace(year=TODAY.year - 17)
    young = replace(young, birth_date=birth, facts={**young.facts, "weight_kg": weight})
    asked = observation_type("weight_kg", kind="decimal", valid_days=value(30, "days"))
    known = with_limits(limit(**CHILD))
    known = replace(known, observations={**known.observations, "weight_kg": asked})

    findings = checked(plan(*points("75.1")), known=known, person=young)

    assert "over-limit-cap" in codes(findings, "caution")
    told = [each.sentence for each in findings if each.code == "weight-missing"]
    last = f"write the weight down. The last is of {weight.observed_on}."
    asks = [each.asks for each in findings if each.code == "weight-missing"]
    said = f"The ceiling at this age goes by body weight, 10 units Alfa for each kg; {last}"
    assert (told, asks) == (([said], [("weight_kg",)]) if is_old else ([], []))


def test_young_ceiling_counts_earlier_treatments_against_the_weight() -> None:
    young = replace(patient(weight_kg=D(30)), birth_date=TODAY.replace(year=TODAY.year - 12))

    findings = checked(
        plan(*points("20")), earlier(83, "221"), known=with_limits(limit(**CHILD)), person=young
    )

    over = next(each for each in findings if each.code == "over-limit-cap")
    assert "Counted here: 301 units Alfa; ceiling 300 units Alfa." in over.sentence


@pytest.mark.parametrize(("cycles", "is_first"), [(None, True), (0, True), (1, False)])
def test_first_ceiling_of_a_use_is_not_ended_by_a_treatment_for_another_use(
    cycles: int | None, is_first: bool
) -> None:
    known = with_limits(
        limit(scope="per_side", first=True, units=D(30), diagnoses=("myalgia",), severity="caution")
    )
    person = patient() if cycles is None else patient(cycles_given=cycles)

    found = codes(checked(plan(*points("20")), earlier(200), known=known, person=person))

    assert ("over-limit-cap" in found) is is_first


@pytest.mark.parametrize("days_ago", range(83, 94))
def test_ceiling_of_a_label_that_counts_months_stops_in_both_windows(days_ago: int) -> None:
    known = with_limits(limit(window_months=3))

    findings = checked(plan(point(units="150")), earlier(days_ago, "300"), known=known)

    is_inside = days_ago < 92  # 23 August to 23 November are 92 days
    assert ("over-limit-cap" in codes(findings, "stop")) is is_inside
    assert "over-limit-in-months" not in codes(findings)


def test_ceiling_in_months_names_the_larger_sum() -> None:
    known = with_limits(limit(window_months=3))

    findings = checked(plan(point(units="150")), earlier(88, "300"), known=known)

    sentence = next(each.sentence for each in findings if each.code == "over-limit-cap")
    assert "Counted here: 450 units Alfa" in sentence


def test_a_guess_of_a_sister_brand_is_not_taken_over() -> None:
    guess = limit("guess", scope="per_session", units=D(10), evidence=replace(EVIDENCE, sure="design"))
    sister = product("beta", inn="alfatoxin", limits=(guess,))
    known = knowledge(products={"alfa": product(), "beta": sister})

    assert "over-limit-guess" not in codes(checked(plan(), known=known))
