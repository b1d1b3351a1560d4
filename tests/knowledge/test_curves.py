"""The curves for forecasts hold together, and a curve that could not be computed with is refused by name."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from masseter.knowledge.checks.curves import check_curves
from masseter.knowledge.load import load
from masseter.knowledge.model import Coverage, CurveFit, DoseGroup, ReferenceDose, ResponseCurve

KNOWLEDGE = load()
CURVE = KNOWLEDGE.curves["tmd_pain"]
FIT = CurveFit(
    data_cut=date(2026, 11, 1),
    data_hash="d1",
    code_hash="c1",
    patients=900,
    cycles=3000,
    coverage=tuple(Coverage(promised=Decimal(each), found=Decimal(each)) for each in (50, 80, 95)),
    wear_off_coverage=(Coverage(promised=Decimal(80), found=Decimal(79)),),
    wear_off_error_days=Decimal(11),
    is_calibrated=True,
)


def faults(curve: ResponseCurve) -> list[str]:
    knowledge = replace(KNOWLEDGE, curves={curve.key: curve})
    return [str(problem) for problem in check_curves(knowledge)]


def with_value(name: str, value: str, unit: str = "") -> ResponseCurve:
    old = getattr(CURVE, name)
    return replace(CURVE, **{name: replace(old, value=Decimal(value), unit=unit or old.unit)})


def with_mean(name: str, value: str) -> ResponseCurve:
    old = getattr(CURVE, name)
    return replace(CURVE, **{name: replace(old, mean=replace(old.mean, value=Decimal(value)))})


def with_spread(name: str, value: str) -> ResponseCurve:
    old = getattr(CURVE, name)
    return replace(CURVE, **{name: replace(old, spread=replace(old.spread, value=Decimal(value)))})


def test_every_condition_with_a_published_course_has_a_curve_of_its_main_measure() -> None:
    drawn = {(curve.condition, curve.measure) for curve in KNOWLEDGE.curves.values()}

    assert {(band.condition, band.measure) for band in KNOWLEDGE.response_bands.values()} <= drawn


def test_condition_without_a_published_course_has_no_curve() -> None:
    assert "chronic_facial_pain" not in {curve.condition for curve in KNOWLEDGE.curves.values()}


def test_literature_says_that_nobody_has_checked_its_bands() -> None:
    said = {
        curve.key
        for curve in KNOWLEDGE.curves.values()
        if curve.kind == "literature"
        and ("checked the bands" in curve.evidence.note or "wide for it" in curve.evidence.note)
    }

    assert said == set(KNOWLEDGE.curves)


def with_groups(*ends: tuple[str, str | None], stretch: str = "1", bands: int = 3) -> ResponseCurve:
    """A fitted curve with dose groups between these ends."""
    told = tuple(replace(one, stretch=Decimal(stretch)) for one in FIT.coverage[:bands])
    groups = tuple(
        DoseGroup(above=Decimal(low), up_to=None if high is None else Decimal(high), people=40, coverage=told)
        for low, high in ends
    )
    return replace(CURVE, kind="fitted", fit=replace(FIT, dose_groups=groups))


@pytest.mark.parametrize(
    ("curve", "words"),
    [
        (with_value("noise", "0"), "above zero"),
        (with_spread("benefit", "0"), "above zero"),
        (with_value("fade_per_week", "-1"), "below zero"),
        (with_value("wear_off_weeks", "40"), "between 3 and 34"),
        (with_value("drift", "0.7", "mm"), "sizes are in points"),
        (with_value("baseline_and_benefit", "1.2"), "cannot hold together"),
        (
            replace(
                with_value("baseline_and_benefit", "0.9"),
                baseline_and_non_specific=replace(CURVE.baseline_and_non_specific, value=Decimal("0.9")),
                non_specific_and_benefit=replace(CURVE.non_specific_and_benefit, value=Decimal("-0.9")),
            ),
            "cannot hold together",
        ),
        (with_mean("baseline", "11"), "off the scale"),
        (with_mean("benefit", "0.5"), "the way that is better"),
        (replace(CURVE, kind="fitted"), "tells its fit"),
        (replace(CURVE, fit=FIT), "no other has one"),
        (replace(CURVE, kind="fitted", fit=replace(FIT, coverage=FIT.coverage[:2])), "50, 80 and 95"),
        (replace(CURVE, kind="fitted", fit=replace(FIT, wear_off_coverage=())), "how often wear-off"),
        (replace(CURVE, kind="fitted", fit=replace(FIT, cycles=2)), "every patient has a cycle"),
        (replace(CURVE, kind="fitted", fit=replace(FIT, data_hash="")), "by their hashes"),
        (
            replace(
                CURVE,
                kind="fitted",
                fit=replace(FIT, reference_doses=(ReferenceDose(product="botox", units=Decimal(0)),)),
            ),
            "a dose is above zero",
        ),
        (with_groups(("0", "1"), ("0.8", None)), "do not overlap"),
        (with_groups(("0.8", "0.8"), ("0.8", "1")), "do not overlap"),
        (with_groups(("0", None), stretch="0"), "a stretch is above zero"),
        (with_groups(("0", None), bands=2), "50, 80 and 95"),
    ],
)
def test_curve_that_cannot_be_is_refused(curve: ResponseCurve, words: str) -> None:
    assert any(words in fault for fault in faults(curve))


def test_curve_with_its_fit_is_accepted() -> None:
    assert faults(replace(CURVE, kind="fitted", fit=FIT)) == []
    assert faults(with_groups(("0", "0.8"), ("0.8", "1.2"), ("1.2", None))) == []


def test_two_curves_of_one_kind_for_one_measure_are_refused() -> None:
    twice = {"tmd_pain": CURVE, "other": replace(CURVE, key="other")}

    found = [str(one) for one in check_curves(replace(KNOWLEDGE, curves=twice))]

    assert any("2 curves of nrs_pain" in one for one in found)


def test_curve_of_a_measure_that_is_not_scored_is_not_compared_with_its_scale() -> None:
    assert faults(replace(CURVE, measure="no_such_measure")) == faults(CURVE) == []
