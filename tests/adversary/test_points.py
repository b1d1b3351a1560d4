"""Points, sites and products that are not what they seem."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from random import Random

import pytest

from masseter.core.plan.fingerprint import plan_fingerprint
from masseter.core.plan.personal import ForWhom, propose_plan
from masseter.core.plan.propose import mirror, next_from_last
from masseter.core.plan.reconstitute import draw_up
from masseter.core.plan.totals import add_up
from masseter.core.plan.types import PatientSafety, change_product
from masseter.core.quantities import Dose, InvalidQuantity, MixedProducts
from tests.adversary.ground import (
    BORN,
    FRON,
    KNOWN,
    POINTS,
    TODAY,
    ago,
    ask,
    draft,
    found,
    refused,
    said,
    spot,
    stopped,
)
from tests.core.builders import D


def test_same_point_twice(tmp_path: Path) -> None:
    """One point listed twice, so that a list by name shows half of its dose.

    Stops.
    """
    twice = POINTS.replace(FRON, f"{FRON}, {FRON}")
    assert "duplicate-point" in stopped("check", tmp_path, twice)
    assert "duplicate-point" in said(found(draft(spot(), spot(units="1"))))


def test_same_spot_under_another_name() -> None:
    """A second point on the very spot of the first, under another name.

    A caution at the second; both count together.
    """
    assert "same-spot" in said(found(draft(spot(), spot("MASS-L-2", x=spot().x, y=spot().y))), "caution")


def test_point_named_as_another_muscle() -> None:
    """A point in the neck that is named as one in the masseter.

    Stops, and so does a side that its name does not tell.
    """
    assert "point-misnamed" in said(found(draft(spot("SCM-L-1", id="MASS-L-1"))))
    assert "point-misnamed" in said(found(draft(spot("MASS-L-1", side="right"))))


def test_side_that_is_not_there() -> None:
    """A midline muscle on the left, or a left muscle in the middle.

    Stops.
    """
    assert "side-impossible" in said(found(draft(spot("PROC-M-1", id="PROC-L-1", side="left"))))
    assert "side-impossible" in said(found(draft(spot(id="MASS-M-1", side="midline"))))


@pytest.mark.parametrize(("x", "y"), [("-1", "10"), ("99999", "10"), ("10", "-0.001"), ("10", "100000")])
def test_point_off_the_map(x: str, y: str, tmp_path: Path) -> None:
    """A point moved off the face map, where no one sees it, though its dose is drawn up.

    Stops.
    """
    assert "point-off-map" in said(found(draft(spot(x=D(x), y=D(y)))))
    text = POINTS.replace(FRON, f"{{point: FRON-L-x1, units: 5, view: front, x: {x}, y: {y}}}")
    assert "point-off-map" in stopped("check", tmp_path, text)


@pytest.mark.parametrize("place", ["NaN", "Infinity"])
def test_point_nowhere(place: str) -> None:
    """A point whose place is not a number.

    It cannot be built.
    """
    with pytest.raises(InvalidQuantity):
        spot(x=D(place))


def test_mirrored_twice() -> None:
    """The points of one side mirrored to the other, and once more: doubled, or moved by a hair.

    Twice mirrored is where it was, with the same dose; a copy beside its own mirror is the same point twice.
    """
    points = (spot("MASS-L-1", "7.5"), spot("FRON-L-1"), spot("TEMP-R-2"), spot("PROC-M-1"))

    assert mirror(mirror(points, KNOWN), KNOWN) == points
    both = (*points, *mirror(points, KNOWN), *mirror(points, KNOWN))
    assert "duplicate-point" in said(found(draft(*both)))


def test_point_of_another_product(tmp_path: Path) -> None:
    """One point with another product than the plan's: its units would be added as if they were alike.

    Stops, and no total is reckoned.
    """
    mixed = draft(spot(), spot("MASS-R-1", "50", product="dysport"))
    assert "two-products" in said(found(mixed))
    with pytest.raises(MixedProducts):
        add_up(mixed.points, "botox")
    text = POINTS.replace(FRON, "{point: FRON-L-1, units: 5, view: front, x: 90, y: 60, product: dysport}")
    assert "two-products" in stopped("check", tmp_path, text)


def test_units_of_two_products_added() -> None:
    """Units of two products added, subtracted or compared, Botox and Vistabel among them.

    Refused, whichever the products are.
    """
    for other in KNOWN.products:
        if other == "botox":
            continue
        for meet in (Dose.__add__, Dose.__sub__, Dose.__lt__, Dose.__le__, Dose.__gt__, Dose.__ge__):
            with pytest.raises(MixedProducts):
                meet(Dose(D(1), "botox"), Dose(D(1), other))


def test_doses_kept_when_the_product_changes() -> None:
    """The product of a plan is changed and its numbers stay: 50 units of Dysport as 50 of Botox.

    Every dose and the dilution are emptied; the next plan from the last treatment likewise.
    """
    plan = draft(spot(units="50"), product="dysport")

    changed = change_product(plan, "botox", "botox-100")
    again = next_from_last(plan.points, last_product="dysport", product="botox")

    assert [each.units for each in (*changed.points, *again)] == [None, None]
    assert changed.diluent_ml is None
    assert changed.label_units is None
    assert "dose-missing" in said(found(changed))


def test_scheme_of_another_product() -> None:
    """A published scheme with another product: its numbers taken over without a ratio.

    The points are proposed without any dose.
    """
    patient = ForWhom(
        safety=PatientSafety(birth_date=BORN, facts={}), jurisdiction="UK", today=TODAY, diagnosis="myalgia"
    )
    made = propose_plan(protocol="tmd_low_botox", product="dysport", knowledge=KNOWN, patient=patient)

    assert made.points
    assert {each.units for each in made.points} == {None}


def test_unknown_product(tmp_path: Path) -> None:
    """A product or vial size that does not exist, in the hope of no ceiling.

    Refused, with those that are near.
    """
    assert "no product" in refused("check", tmp_path, POINTS.replace("product: botox", "product: botax"))
    assert "no presentation" in refused("check", tmp_path, POINTS.replace("botox-200", "botox-500"))
    assert "no product" in refused("check", tmp_path, POINTS.replace("product: botox", "product: Botox"))


@pytest.mark.parametrize("factor", ["1.01", "2", "0", "-1", "1e3", '"1,5"'])
def test_starting_factor_above_one(factor: str, tmp_path: Path) -> None:
    """A factor for a careful start that is above one, so that caution raises every dose.

    Refused, like zero and below.
    """
    text = POINTS.split("  points:")[0] + f"  starting_factor: {factor}\n"
    assert "starting_factor" in refused("plan", tmp_path, text)


def test_optional_site_without_pain(tmp_path: Path) -> None:
    """Points that a scheme allows where it hurts, taken without any pain there.

    They are not proposed unless pain is recorded at that site and side.
    """
    text = POINTS.split("  points:")[0].replace("migraine_label_155_botox", "migraine_follow_pain_botox")
    text += "  include_optional: [temporalis]\n"
    fixed = ask("plan", tmp_path, text)
    hurt = ask("plan", tmp_path, text + "  painful_sites: [{site: temporalis, side: left}]\n")

    assert fixed["skipped"]
    added = {each["point"] for each in hurt["points"]} - {each["point"] for each in fixed["points"]}
    assert added
    assert all(each.startswith("TEMP-L-") for each in added)


def test_order_of_points_and_history() -> None:
    """Points or earlier treatments in another order, so that the first one read decides.

    The findings and the fingerprint are the same in every order.
    """
    points = [
        spot(f"MASS-{side}-{n}", str(units)) for side in "LR" for n, units in ((1, 10), (2, 35), (3, 60))
    ]
    history = [ago(10), ago(200, "300"), ago(40, None), ago(90, "50", "xeomin"), ago(100, "20", "vistabel")]
    straight = found(draft(*points), *history)

    for seed in range(10):
        Random(seed).shuffle(points)
        Random(seed).shuffle(history)
        assert set(found(draft(*points), *history)) == set(straight)
    assert plan_fingerprint(draft(*points)) == plan_fingerprint(draft(*points[::-1]))


def test_dose_that_the_syringe_rounds_up() -> None:
    """Doses within a ceiling on paper, which the syringe's marks raise above it.

    The larger of planned and drawn units counts: 50 points of 8 units are 400, but drawn they are more.
    """
    spots = [
        replace(spot("MASS-L-1", "7.9"), id=f"MASS-L-x{n}", number=f"x{n}", x=D(100 + n)) for n in range(50)
    ]
    plan = draft(
        *spots, presentation="botox-100", label_units=D(100), diluent_ml=D(1), graduation_ml=D("0.1")
    )

    drawn = draw_up(plan, KNOWN)
    assert sum((each.planned for each in drawn.draws), D(0)) < 400 < drawn.needed
    assert drawn.delivered == Fraction(500)
    assert "over-limit-botox_400_in_interval" in said(found(plan))


def test_no_points_at_all(tmp_path: Path) -> None:
    """A plan without any point, to be approved and filled in later.

    Stops.
    """
    assert "no-points" in stopped("check", tmp_path, POINTS.split("  points:")[0] + "  points: []\n")
