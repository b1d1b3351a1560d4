"""Gauges: units beside the scheme's range and the least that a ceiling leaves, never across products."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from masseter.core.plan.case import open_case
from masseter.core.plan.gauges import Gauge, gauges
from tests.core.builders import TODAY, D, between
from tests.core.plan.builders import (
    earlier,
    knowledge,
    limit,
    patient,
    plan,
    point,
    points,
    product,
    protocol,
    protocol_site,
)

Loose = Any  # whichever part of the case a test wants different


def of(draft: Loose, *before: Loose, **known: Loose) -> dict[tuple[str, str], Gauge]:
    """The gauges of a plan by site and side."""
    case = open_case(
        plan=draft,
        patient=patient(),
        knowledge=knowledge(**known),
        jurisdiction="UK",
        today=TODAY,
        earlier=before,
        stock=None,
    )
    return {(each.site, each.side): each for each in gauges(case)}


def test_another_product_is_not_held_beside_the_schemes_range() -> None:
    found = of(plan(*points(), product="beta", presentation="beta-100"))

    assert {each.span for each in found.values()} == {None}
    assert found[("masseter", "left")].standing == "alone"


def test_plan_without_scheme_has_no_range() -> None:
    assert of(plan(protocol=""))[("", "")].span is None


def test_muscle_outside_the_scheme_has_no_range() -> None:
    assert of(plan(*points(), point("OOC-L-2", "2")))[("orbicularis_oculi", "left")].span is None


def test_each_muscle_and_side_each_side_and_the_whole_have_one() -> None:
    found = of(plan(*points("12")))

    assert list(found) == [
        ("masseter", "left"),
        ("masseter", "right"),
        ("masseter", ""),
        ("", "left"),
        ("", "right"),
        ("", ""),
    ]
    muscle, side, whole = found[("masseter", "left")], found[("", "left")], found[("", "")]
    assert (muscle.units, muscle.span) == (24, (20, 40))
    assert (side.units, side.span) == (24, None)
    assert (found[("masseter", "")].units, found[("masseter", "")].span) == (48, None)
    assert (whole.units, whole.span, whole.most) == (48, (40, 80), 400)


@pytest.mark.parametrize(
    ("units", "standing"), [("9.9", "below"), ("10", "within"), ("20", "within"), ("20.1", "above")]
)
def test_standing_to_the_schemes_range(units: str, standing: str) -> None:
    assert of(plan(*points(units)))[("masseter", "left")].standing == standing


def test_units_over_what_a_ceiling_leaves_are_over_it_whatever_the_scheme_says() -> None:
    low = product(
        limits=(limit(units=D(39)), limit("muscle", scope="per_site", units=D(20), window_days=None))
    )

    found = of(plan(*points()), products={"alfa": low})

    assert (found[("", "")].most, found[("", "")].standing) == (39, "over")
    assert (found[("masseter", "left")].most, found[("masseter", "left")].standing) == (20, "within")


def test_gravest_ceiling_that_is_exceeded_is_told_and_no_other() -> None:
    stop = limit("stop", units=D(39))
    hint = limit("hint", severity="note", units=D(38))
    low = product(limits=(limit("soft", severity="caution", units=D(30)), stop, hint))

    over_all = of(plan(*points()), products={"alfa": low})[("", "")]
    over_one = of(plan(*points("9")), products={"alfa": low})[("", "")]

    assert (over_all.exceeded, over_all.standing) == ("stop", "over")
    assert (over_one.exceeded, over_one.standing) == ("caution", "over")
    assert of(plan(*points("7")), products={"alfa": low})[("", "")].exceeded is None


def test_ceiling_of_a_point_is_none_of_its_muscle() -> None:
    low = product(limits=(limit("point", scope="per_point", units=D(5), window_days=None),))

    assert of(plan(point()), products={"alfa": low})[("masseter", "left")].most is None


def test_what_was_given_before_leaves_less() -> None:
    assert of(plan(*points()), earlier(30, "370"))[("", "")].most == 30


def test_optional_parts_add_to_the_most_and_not_to_the_least() -> None:
    more = protocol_site("masseter", "3", optional=True, units_per_point=between("5", "5", "units"))
    pool = protocol_site("masseter", "4", "5", most_points=1, units_per_point=between("2", "3", "units"))
    middle = protocol_site("masseter", "6", sides="midline", units_per_point=between("90", "90", "units"))
    painful = protocol_site("masseter", "7", only_if_painful=True, units_per_point=between("1", "1", "units"))
    scheme = protocol(sites=(protocol_site(), more, pool, middle, painful))

    found = of(plan(*points()), protocols={"scheme": scheme})

    assert found[("masseter", "left")].span == (20, 40 + 5 + 3 + 1)


def test_drawn_units_count_against_a_ceiling_where_they_are_more() -> None:
    tight = product(limits=(limit(units=D(4), scope="per_session", window_days=None),))
    coarse = plan(point(units="3.9"), graduation_ml=D("0.1"), diluent_ml=D(2), label_units=D(100))

    whole = of(coarse, products={"alfa": tight})[("", "")]

    assert whole.units == Fraction("3.9")
    assert whole.counted >= whole.units


def test_plan_without_points_has_the_whole_alone() -> None:
    found = of(plan(points=()))

    assert list(found) == [("", "")]
    assert found[("", "")].most is None
