"""Where a point lies in its muscle: true to what is measured, alike on both sides, the same at any size."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from masseter.core.plan.position import position_of, position_words
from masseter.knowledge.load import load
from masseter.knowledge.model import FaceMapView, Region, Site
from tests.ui.facemap.outlines import contains, distance_to_border, polygons

KNOWN = load()
VIEWS = {view.view: view for view in KNOWN.face_map.views}
DRAWN = [(site, region) for site in KNOWN.sites.values() for region in site.regions if region.side != "right"]
MIRRORED = {"left": "right", "right": "left"}
DRAWINGS = st.sampled_from(DRAWN)
SHARES = st.integers(0, 1000)


def at(view: FaceMapView, right: int, down: int) -> tuple[Decimal, Decimal]:
    """A place of the view to a tenth of a unit."""
    tenth = Decimal("0.1")
    return (
        (Decimal(right) / 1000 * view.width).quantize(tenth),
        (Decimal(down) / 1000 * view.height).quantize(tenth),
    )


def within(region: Region, right: int, down: int) -> tuple[Decimal, Decimal]:
    """A place of the frame around an outline, to a tenth of a unit."""
    corners = [corner for part in polygons(region.path) for corner in part]
    spans = [(min(each), max(each)) for each in zip(*corners, strict=True)]
    places = [
        low + (high - low) * share / 1000 for (low, high), share in zip(spans, (right, down), strict=True)
    ]
    return Decimal(f"{places[0]:.1f}"), Decimal(f"{places[1]:.1f}")


def other_side(words: str) -> str:
    return re.sub("left|right", lambda found: MIRRORED[found[0]], words)


@given(drawing=DRAWINGS, right=SHARES, down=SHARES)
def test_mirrored_point_has_the_same_words_with_the_other_side(
    drawing: tuple[Site, Region], right: int, down: int
) -> None:
    site, region = drawing
    view = VIEWS[region.view]
    x, y = at(view, right, down)
    if region.side == "midline":
        return
    mirrored = VIEWS[MIRRORED.get(region.view, region.view)]  # type: ignore[index]  # a view of the map

    here = position_words(site, "left", view, x, y)
    there = position_words(site, "right", mirrored, mirrored.width - x, y)

    assert there == other_side(here)
    assert position_of(site, "left", view, x, y) == position_of(
        site, "right", mirrored, mirrored.width - x, y
    )


@given(drawing=DRAWINGS, right=SHARES, down=SHARES)
@settings(max_examples=25)
def test_words_say_what_is_measured_another_way(drawing: tuple[Site, Region], right: int, down: int) -> None:
    site, region = drawing
    view = VIEWS[region.view]
    x, y = at(view, right, down)
    outline = polygons(region.path)
    measured = distance_to_border(outline, (float(x), float(y))) * float(view.mm_per_unit)

    found = position_of(site, region.side, view, x, y)

    assert found is not None
    assert float(found.distance_mm) == pytest.approx(measured, abs=0.02)
    assert said_mm(found.words) == pytest.approx(measured, abs=0.52)
    if measured > 0.05:
        assert found.is_inside == contains(outline, (float(x), float(y)))


@given(drawing=DRAWINGS, right=SHARES, down=SHARES, size=st.integers(2, 9), move=st.integers(0, 300))
@settings(max_examples=25)
def test_own_coordinates_do_not_know_the_size_of_the_drawing(
    drawing: tuple[Site, Region], right: int, down: int, size: int, move: int
) -> None:
    site, region = drawing
    if region.side == "midline":
        return
    view = VIEWS[region.view]
    x, y = within(region, right, down)
    grown = replace(
        region, path=re.sub(r"-?\d+(?:\.\d+)?", lambda n: str(Decimal(n[0]) * size + move), region.path)
    )
    larger = replace(view, width=view.width * size + 2 * move, height=view.height * size + 2 * move)

    here = position_of(replace(site, regions=(region,)), "left", view, x, y)
    there = position_of(replace(site, regions=(grown,)), "left", larger, x * size + move, y * size + move)

    assert here is not None
    assert there is not None
    assert there.along == pytest.approx(here.along, abs=Decimal("0.003"))
    assert there.across == pytest.approx(here.across, rel=Decimal("0.02"), abs=Decimal("0.02"))


def said_mm(words: str) -> float:
    """The distance that the words name; none is nought."""
    found = re.search(r"(\d+(?:\.\d)?) (mm|cm)", words)
    return float(found[1]) * (10 if found[2] == "cm" else 1) if found else 0.0


def test_standard_points_lie_within_their_muscles_own_range() -> None:
    for site in KNOWN.sites.values():
        for point in site.points:
            found = position_of(site, point.side, VIEWS[point.view], point.x, point.y)

            assert found is not None, (site.code, point)
            assert found.is_inside, (site.code, point)
            assert 0 < found.along < 1, (site.code, point)
            assert 0 < found.across < 1, (site.code, point)
