"""Doses and points: every dose typed, of one product; every point one point, rightly named, off the lids."""

from __future__ import annotations

import pytest

from masseter.core.plan.types import PlanDraft, PlannedPoint
from masseter.core.quantities import InvalidQuantity
from tests.core.builders import D
from tests.core.plan.builders import eye, knowledge, plan, point, points, site
from tests.core.plan.test_check import checked, codes


def test_point_with_an_impossible_dose_cannot_be_built() -> None:
    for units in ("-1", "NaN", "Infinity"):
        with pytest.raises(InvalidQuantity):
            point(units=units)


def test_plan_with_impossible_numbers_cannot_be_built() -> None:
    with pytest.raises(InvalidQuantity):
        plan(diluent_ml=D("-1"))
    with pytest.raises(InvalidQuantity):
        plan(syringes=-1)


def test_plan_without_points_stops() -> None:
    draft = PlanDraft(
        product="alfa", presentation="alfa-100", protocol="scheme", condition="tmd", diagnosis="myalgia"
    )

    assert {"no-points", "dilution-missing"} == codes(checked(draft), "stop")


@pytest.mark.parametrize(
    ("units", "code", "severity"),
    [(None, "dose-missing", "stop"), ("0", "dose-zero", "stop"), ("10.05", "dose-too-fine", "caution")],
)
def test_dose_missing_zero_or_too_fine(units: str | None, code: str, severity: str) -> None:
    assert code in codes(checked(plan(point(units=units))), severity)


def test_dose_of_another_product_stops() -> None:
    assert "two-products" in codes(checked(plan(point(product="beta"))), "stop")
    assert "two-products" not in codes(checked(plan(point(product="alfa"))))


def test_point_named_twice_stops() -> None:
    findings = checked(plan(*points(), point("MASS-L-1")))

    assert {each.subject for each in findings if each.code == "duplicate-point"} == {"MASS-L-1"}


def test_point_misnamed_stops() -> None:
    assert "point-misnamed" in codes(checked(plan(point(side="right"))), "stop")


def test_point_on_a_side_that_the_site_lacks_stops() -> None:
    known = knowledge(sites={"masseter": site(sides=("midline",))})

    assert "side-impossible" in codes(checked(plan(), known=known), "stop")


def test_two_points_on_one_spot_caution() -> None:
    draft = plan(point(), point("MASS-L-2", x=point().x, y=point().y))

    assert "same-spot" in codes(checked(draft), "caution")


@pytest.mark.parametrize(
    ("x", "y", "code"),
    [
        (160, 88, "upper-lid-middle"),
        (153, 88, None),
        (154, 88, "upper-lid-middle"),
        (166, 88, "upper-lid-middle"),
        (167, 88, None),
        (180, 90, None),
        (160, 110, "lower-lid-medial"),
        (185, 110, "lower-lid-medial"),
        (159, 110, None),
        (140, 110, None),
    ],
)
@pytest.mark.parametrize("side", ["right", "left"])
def test_lid_danger_zones_on_both_eyes(side: str, x: int, y: int, code: str | None) -> None:
    letter = side[0].upper()
    at = x if side == "right" else 400 - x
    lid = point(f"OOC-{letter}-x1", "2", x=D(at), y=D(y))

    found = {each for each in codes(checked(plan(lid))) if "lid" in each}

    assert found == ({code} if code else set())


def test_lid_without_standard_points_or_seen_from_the_side_is_left_alone() -> None:
    bare = knowledge(
        sites={"masseter": site(), "orbicularis_oculi": site("orbicularis_oculi", "OOC", points=())}
    )
    lid: PlannedPoint = point("OOC-R-x1", "2", x=D(160), y=D(88))
    profile = point("OOC-R-x1", "2", x=D(160), y=D(88), view="right")

    assert "upper-lid-middle" not in codes(checked(plan(lid), known=bare))
    assert "upper-lid-middle" not in codes(checked(plan(profile)))
    assert eye().code == lid.site
