"""Proposing: a protocol's points with its doses, empty for another product, mirrored, or from last time."""

from __future__ import annotations

from dataclasses import replace

import pytest

from masseter.core.plan.lookup import UnknownProduct, UnknownProtocol
from masseter.core.plan.propose import (
    PointMissing,
    mirror,
    next_added_number,
    next_from_last,
    part_of,
    propose_points,
)
from masseter.core.plan.types import PlannedPoint, change_product
from masseter.core.plan.ways import Way, way_of
from masseter.core.quantities import InvalidQuantity
from tests.core.builders import D, text
from tests.core.plan.builders import (
    eye,
    knowledge,
    map_point,
    plan,
    point,
    points,
    product,
    protocol,
    protocol_site,
    site,
)


def proposed(scheme: object = None, product_key: str = "alfa", **fields: object) -> dict[str, PlannedPoint]:
    known = knowledge(protocols={"scheme": scheme or protocol()})
    proposal = propose_points(
        protocol="scheme", knowledge=known, product=product_key, **fields  # type: ignore[arg-type]  # real ones
    )  # fmt: skip
    return {each.id: each for each in proposal.points}


def test_unknown_protocol_or_product_is_an_error() -> None:
    with pytest.raises(UnknownProtocol):
        propose_points(protocol="other", knowledge=knowledge(), product="alfa")
    with pytest.raises(UnknownProduct):
        proposed(product_key="gamma")


@pytest.mark.parametrize("factor", ["0", "-1", "1.01"])
def test_starting_factor_never_raises_a_dose(factor: str) -> None:
    with pytest.raises(InvalidQuantity):
        proposed(starting_factor=D(factor))


def test_point_that_the_site_lacks_is_an_error() -> None:
    with pytest.raises(PointMissing):
        proposed(protocol(sites=(protocol_site("masseter", "9"),)))


def test_points_of_a_protocol_have_place_depth_and_dose() -> None:
    found = proposed()

    assert list(found) == ["MASS-L-1", "MASS-L-2", "MASS-R-1", "MASS-R-2"]
    assert found["MASS-L-1"] == point("MASS-L-1", "10")


@pytest.mark.parametrize(("start", "units"), [("low", "10"), ("middle", "15"), ("high", "20")])
def test_dose_starts_where_the_protocol_says(start: str, units: str) -> None:
    assert proposed(protocol(start_with=start))["MASS-L-1"].units == D(units)


def test_starting_factor_lowers_and_rounds_down_at_half() -> None:
    scheme = protocol(sites=(protocol_site(units=("2.5", "5")),))

    assert proposed(scheme, starting_factor=D("0.5"))["MASS-L-1"].units == D("1.2")
    assert proposed(scheme, starting_factor=D("0.001"))["MASS-L-1"].units == D("0.1")


def test_another_product_gets_points_without_doses() -> None:
    assert {each.units for each in proposed(product_key="beta").values()} == {None}


@pytest.mark.parametrize(
    ("affected", "names"),
    [
        ("left", ["MASS-L-1"]),
        ("right", ["MASS-R-1"]),
        ("both", ["MASS-L-1", "MASS-R-1"]),
        (None, []),
    ],
)
def test_affected_side_decides(affected: str | None, names: list[str]) -> None:
    scheme = protocol(sites=(protocol_site("masseter", "1", sides="affected"),))

    assert list(proposed(scheme, affected_side=affected)) == names


def test_midline_site_is_proposed_once() -> None:
    scheme = protocol(sites=(protocol_site("masseter", "1", sides="midline"),))
    middle = site(sides=("midline",), points=(map_point("1", "midline", 200, 50),))
    known = knowledge(protocols={"scheme": scheme}, sites={"masseter": middle})

    proposal = propose_points(protocol="scheme", knowledge=known, product="alfa")

    assert [each.id for each in proposal.points] == ["MASS-M-1"]


def test_painful_and_optional_sites_are_skipped_with_a_reason_until_chosen() -> None:
    scheme = protocol(
        sites=(
            protocol_site("masseter", "1", only_if_painful=True),
            protocol_site("orbicularis_oculi", "1", optional=True),
        )
    )
    known = knowledge(protocols={"scheme": scheme})

    proposal = propose_points(protocol="scheme", knowledge=known, product="alfa")

    assert proposal.points == ()
    assert [(each.site, each.side) for each in proposal.skipped] == [
        ("masseter", "left"),
        ("masseter", "right"),
        ("orbicularis_oculi", "left"),
        ("orbicularis_oculi", "right"),
    ]
    assert all(each.reason for each in proposal.skipped)
    assert [each.points for each in proposal.skipped][::3] == [("MASS-L-1",), ("OOC-R-1",)]
    chosen = proposed(scheme, painful_sites=[("masseter", "left")], include_optional=["orbicularis_oculi"])
    assert list(chosen) == ["MASS-L-1", "OOC-L-1", "OOC-R-1"]


def test_optional_site_only_for_pain_needs_to_hurt_and_to_be_chosen() -> None:
    scheme = protocol(sites=(protocol_site("masseter", "1", optional=True, only_if_painful=True),))
    hurts = [("masseter", "left")]

    assert list(proposed(scheme, painful_sites=hurts)) == []
    assert list(proposed(scheme, include_optional=["masseter"])) == []
    assert list(proposed(scheme, painful_sites=hurts, include_optional=["masseter"])) == ["MASS-L-1"]


@pytest.mark.parametrize(
    ("sides", "names"),
    [
        ([], []),
        (["left"], ["MASS-L-2", "MASS-L-3"]),
        (["right"], ["MASS-R-2", "MASS-R-3"]),
        (["left", "right"], ["MASS-L-2", "MASS-R-2"]),
    ],
)
def test_pool_of_points_is_shared_by_the_sides_that_hurt(sides: list[str], names: list[str]) -> None:
    extra = protocol_site("masseter", "2", "3", optional=True, only_if_painful=True, most_points=2)
    hurts = [("masseter", side) for side in sides]

    found = proposed(protocol(sites=(extra,)), painful_sites=hurts, include_optional=["masseter"])

    assert list(found) == names


def test_point_goes_by_the_way_of_its_scheme_and_else_by_that_of_its_site() -> None:
    under = text("under the skin")
    scheme = protocol(
        sites=(
            protocol_site("masseter", "1", route="subcutaneous", depth=under),
            protocol_site("orbicularis_oculi", "1"),
        )
    )

    found = proposed(scheme)

    assert (found["MASS-L-1"].route, found["MASS-L-1"].depth) == ("subcutaneous", "under the skin")
    assert (found["OOC-L-1"].route, found["OOC-L-1"].depth) == ("intramuscular", "deep")


def test_point_goes_by_the_part_of_its_scheme_that_names_it() -> None:
    parts = [protocol_site("masseter", n, route=f"route {n}", depth=text(f"depth {n}")) for n in ("1", "2")]
    scheme = protocol(sites=tuple(parts))

    proposal = proposed(scheme)
    assert (proposal["MASS-L-1"].route, proposal["MASS-L-2"].route) == ("route 1", "route 2")
    assert way_of(site(), "1", scheme) == Way(route="route 1", depth="depth 1")
    assert way_of(site(), "2", scheme) == Way(route="route 2", depth="depth 2")
    assert way_of(site(), "x9", scheme) == Way(route="route 1", depth="depth 1")


def test_middle_of_a_range_is_rounded_to_the_step_of_the_product() -> None:
    scheme = protocol(sites=(protocol_site("masseter", "1", units=("5", "6.1")),), start_with="middle")

    found = proposed(scheme)["MASS-L-1"].units

    assert found is not None
    assert found != D("5.55")
    assert D(5) <= found <= D("6.1")


@pytest.mark.parametrize("half", [{"route": "intradermal"}, {"depth": text("shallow")}])
def test_scheme_that_tells_half_a_way_leaves_it_to_the_site(half: dict[str, object]) -> None:
    scheme = protocol(sites=(protocol_site("masseter", "1", **half),))

    assert way_of(site(), "1", scheme) == way_of(site(), "1")


@pytest.mark.parametrize("number", ["1", "3", "x1"])
def test_point_that_a_scheme_does_not_name_goes_as_its_others_of_the_site_do(number: str) -> None:
    scheme = protocol(sites=(protocol_site("masseter", "1", route="intradermal", depth=text("shallow")),))

    assert way_of(site(), number, scheme) == Way(route="intradermal", depth="shallow")
    assert way_of(eye(), number, scheme) == way_of(site(), number) == Way(route="intramuscular", depth="deep")


def test_point_named_by_two_parts_of_a_protocol_is_proposed_once() -> None:
    scheme = protocol(sites=(protocol_site("masseter", "1"), protocol_site("masseter", "1", "2")))

    assert list(proposed(scheme)) == ["MASS-L-1", "MASS-R-1", "MASS-L-2", "MASS-R-2"]


def test_mirror_moves_to_the_other_side_and_back() -> None:
    front, profile = point("MASS-L-1", "12"), point("MASS-L-2", view="left")
    middle = point("MASS-M-1")

    once = mirror((front, profile, middle), knowledge())

    assert [each.id for each in once] == ["MASS-R-1", "MASS-R-2", "MASS-M-1"]
    assert (once[0].x, once[0].view, once[0].units) == (400 - front.x, "front", D(12))
    assert once[1].view == "right"
    assert once[2] == middle
    assert mirror(once, knowledge()) == (front, profile, middle)


def test_mirror_on_an_unknown_view_is_an_error() -> None:
    with pytest.raises(PointMissing, match=r"^The face map has no view called 'top'\.$"):
        mirror((point(view="top"),), knowledge())


def test_next_cycle_starts_from_the_last_doses_of_the_same_product_only() -> None:
    given = tuple(replace(each, product="alfa") for each in points())

    assert next_from_last(given, last_product="alfa", product="alfa") == points()
    assert next_from_last(given, last_product="alfa", product="beta") == tuple(
        replace(each, units=None) for each in points()
    )


def test_change_of_product_empties_doses_and_dilution() -> None:
    changed = change_product(plan(), "beta", "beta-100")

    assert (changed.product, changed.presentation, changed.diluent_ml, changed.label_units) == (
        "beta",
        "beta-100",
        None,
        None,
    )
    assert {each.units for each in changed.points} == {None}
    assert change_product(plan(), "alfa", "alfa-200") == plan(presentation="alfa-200")
    assert product().key == plan().product


def test_added_points_are_numbered_within_site_and_side() -> None:
    listed = (point("MASS-L-x1"), point("MASS-R-x2"), point("MASS-L-1"))

    assert next_added_number(listed, "masseter", "left") == "x2"
    assert next_added_number(listed, "masseter", "right") == "x1"
    assert [each.is_added for each in listed] == [True, True, False]


def test_part_of_a_scheme_is_found_by_muscle_number_and_middle() -> None:
    sides = protocol_site("masseter", "1", "2")
    middle = protocol_site("masseter", "1", sides="midline")
    eyes = protocol_site("orbicularis_oculi", "3")
    scheme = protocol(sites=(sides, middle, eyes))

    assert [part_of(scheme, point(name)) for name in ("MASS-L-1", "MASS-M-1", "OOC-L-3")] == [
        sides,
        middle,
        eyes,
    ]
    assert [part_of(scheme, point(name)) for name in ("MASS-L-3", "MASS-M-2", "OOC-L-1")] == [None] * 3
