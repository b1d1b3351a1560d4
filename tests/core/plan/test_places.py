"""Which area lies at a place, under a stroke, and where an area has its middle."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from masseter.core.plan.outline import STEPS, is_inside, is_nearer, spot
from masseter.core.plan.places import Area, MapPlace, NoSuchArea, area_of, areas_under, middle_of
from masseter.knowledge.load import load
from masseter.knowledge.model import Side, View
from tests.core.builders import D

KNOWN = load()


def at(view: View, x: str, y: str) -> MapPlace:
    return MapPlace(view=view, x=D(x), y=D(y))


def area(site: str, side: Side) -> Area:
    return Area(site=site, side=side)


@pytest.mark.parametrize(("site", "side"), [("elbow", "left"), ("procerus", "left"), ("masseter", "midline")])
def test_area_that_the_map_does_not_draw_has_no_middle(site: str, side: Side) -> None:
    with pytest.raises(NoSuchArea, match=site):
        middle_of(area(site, side), KNOWN)


def test_middle_lies_between_the_points_of_one_view() -> None:
    points = [one for one in KNOWN.sites["masseter"].points if one.side == "left"]
    there = [one for one in points if one.view == points[0].view]

    middle = middle_of(area("masseter", "left"), KNOWN)

    assert middle.view == points[0].view
    assert min(one.x for one in there) < middle.x < max(one.x for one in there)
    assert min(one.y for one in there) < middle.y < max(one.y for one in there)


@pytest.mark.parametrize(
    "site", ["masseter", "temporalis", "frontalis", "occipitalis", "trapezius", "procerus"]
)
def test_place_in_the_middle_of_an_area_is_that_area(site: str) -> None:
    for side in KNOWN.sites[site].sides:
        assert area_of(middle_of(area(site, side), KNOWN), KNOWN) == area(site, side)


def test_what_is_drawn_at_a_place_goes_before_a_nearer_point_elsewhere() -> None:
    """The deep pterygoid's point is nearer here than any of the masseter's, and lies beneath it."""
    point = next(one for one in KNOWN.sites["medial_pterygoid"].points if one.side == "left")

    found = area_of(MapPlace(view=point.view, x=point.x, y=point.y), KNOWN)

    assert found is not None
    assert KNOWN.sites[found.site].region not in ("deep_jaw", "mouth", "skin")


@given(data=st.data())
def test_stroke_touches_what_every_outline_by_itself_says(data: st.DataObject) -> None:
    """A place far from the box around an outline is not looked at; the answer is as if each one were."""
    view = data.draw(st.sampled_from(KNOWN.face_map.views))
    across = st.decimals(-50, view.width + 50, places=3)
    down = st.decimals(-50, view.height + 50, places=3)
    line = data.draw(st.lists(st.tuples(across, down), min_size=1, max_size=4))
    radius = data.draw(st.sampled_from([D("9"), D("18"), D("36")]))
    places = [MapPlace(view=view.view, x=x, y=y) for x, y in line]
    spots, steps = [spot(x, y) for x, y in line], int(radius * STEPS)

    expected = {
        area(site.code, region.side)
        for site in KNOWN.sites.values()
        for region in site.regions
        if region.view == view.view
        and any(is_inside(region.path, at) or is_nearer(region.path, at, steps) for at in spots)
    }

    assert set(areas_under(places, radius, KNOWN)) == expected


def test_place_beside_every_muscle_is_the_nearest_ones() -> None:
    assert area_of(at("left", "1", "1"), KNOWN) == area("temporalis", "left")


def test_view_without_any_point_has_no_area() -> None:
    bare = replace(KNOWN, sites={})

    assert area_of(at("left", "200", "300"), bare) is None


def test_stroke_lies_over_what_it_crosses_on_its_view_alone() -> None:
    line = [middle_of(area(site, "left"), KNOWN) for site in ("masseter", "temporalis")]

    under = areas_under(line, D("1"), KNOWN)

    assert {area("masseter", "left"), area("temporalis", "left")} <= set(under)
    assert {one.side for one in under} == {"left"}
    assert len(under) == len(set(under))


def test_wide_spot_reaches_what_a_narrow_one_does_not() -> None:
    edge = at("left", "2", "2")

    assert areas_under([edge], D("1"), KNOWN) == ()
    assert areas_under([edge], D("400"), KNOWN) != ()
