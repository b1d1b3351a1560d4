"""Every standard point lies where its words say, and keeps away from what must not be hit."""

from __future__ import annotations

import math

import pytest

from masseter.knowledge.load import load
from masseter.knowledge.model import MapPoint, Region, Site
from tests.ui.facemap.outlines import XY, contains, distance_to_border, polygons

KNOWN = load()
SITES = KNOWN.sites
VIEWS = {view.view: view for view in KNOWN.face_map.views}
POINTS = [(site, point) for site in SITES.values() for point in site.points]
ALL = pytest.mark.parametrize(
    ("site", "point"),
    POINTS,
    ids=[f"{site.abbreviation}-{point.side}-{point.number}" for site, point in POINTS],
)

# Landmarks of the drawings, in map units; docs/explanation/anatomy.md says how they were placed.
EAR_LOBE, MOUTH_CORNER, ARCH = (282, 350), (102, 402), 296
RIM, MIDLINE, INION_BACK = 232, 240, 194
LIPS = (52, 400)


def place(point: MapPoint) -> XY:
    return float(point.x), float(point.y)


def mm(point: MapPoint, units: float) -> float:
    return units * float(VIEWS[point.view].mm_per_unit)


def outline(site: Site, point: MapPoint) -> list[list[XY]]:
    path = next(each.path for each in site.regions if (each.side, each.view) == (point.side, point.view))
    return polygons(path)


def points_of(code: str, *numbers: str) -> list[MapPoint]:
    return [point for point in SITES[code].points if not numbers or point.number in numbers]


def as_left(point: MapPoint) -> XY:
    """The point as it would lie on the patient's left, so that one landmark serves both sides."""
    x, y = place(point)
    if point.side == "right":
        x = VIEWS[point.view].width - x
    return x, y


@ALL
def test_point_outside_its_region_is_never_shipped(site: Site, point: MapPoint) -> None:
    assert contains(outline(site, point), place(point))


def test_point_outside_a_region_is_noticed() -> None:
    site = SITES["masseter"]
    point = site.points[0]

    assert not contains(outline(site, point), (float(point.x) + 60, float(point.y)))


@pytest.mark.parametrize("point", points_of("masseter"), ids=lambda p: f"{p.side}-{p.number}")
def test_masseter_point_keeps_one_centimetre_from_every_border(point: MapPoint) -> None:
    border = distance_to_border(outline(SITES["masseter"], point), place(point))

    assert mm(point, border) >= 10


@pytest.mark.parametrize("point", points_of("masseter"), ids=lambda p: f"{p.side}-{p.number}")
def test_masseter_point_lies_below_the_line_from_ear_lobe_to_mouth_corner(point: MapPoint) -> None:
    x, y = as_left(point)
    share = (EAR_LOBE[0] - x) / (EAR_LOBE[0] - MOUTH_CORNER[0])

    assert y > EAR_LOBE[1] + share * (MOUTH_CORNER[1] - EAR_LOBE[1])


@pytest.mark.parametrize("point", points_of("frontalis"), ids=lambda p: f"{p.side}-{p.number}")
def test_frontalis_point_keeps_two_centimetres_above_the_orbital_rim(point: MapPoint) -> None:
    assert mm(point, RIM - float(point.y)) >= 20


@pytest.mark.parametrize("point", points_of("corrugator") + points_of("skin_v1"), ids=str)
def test_brow_and_forehead_points_keep_one_centimetre_above_the_orbital_rim(point: MapPoint) -> None:
    assert mm(point, RIM - float(point.y)) >= 10


@pytest.mark.parametrize("point", points_of("orbicularis_oculi"), ids=lambda p: f"{p.side}-{p.number}")
def test_eyelid_point_spares_the_middle_of_the_upper_and_the_inner_lower_lid(point: MapPoint) -> None:
    from_midline = as_left(point)[0] - MIDLINE
    y = float(point.y)
    is_mid_upper = 52 < from_midline < 72 and 232 < y < 262
    is_inner_lower = from_midline < 62 and 262 < y < 306

    assert not is_mid_upper
    assert not is_inner_lower


@pytest.mark.parametrize("point", points_of("temporalis", "5", "6"), ids=lambda p: f"{p.side}-{p.number}")
def test_temporalis_point_of_our_own_lies_above_the_tendon(point: MapPoint) -> None:
    assert mm(point, ARCH - float(point.y)) >= 45


@pytest.mark.parametrize("point", points_of("skin_v2"), ids=lambda p: f"{p.side}-{p.number}")
def test_cheek_point_spares_the_mouth(point: MapPoint) -> None:
    x, y = as_left(point)

    assert mm(point, math.dist((x - MIDLINE, y), LIPS)) >= 15


@pytest.mark.parametrize("point", points_of("cervical_paraspinal", "1"), ids=lambda p: p.side)
def test_first_neck_point_lies_as_the_scheme_says(point: MapPoint) -> None:
    x, y = place(point)

    assert mm(point, abs(x - MIDLINE)) == pytest.approx(10)
    assert mm(point, y - INION_BACK) == pytest.approx(30)


@pytest.mark.parametrize("site", SITES.values(), ids=SITES.keys())
def test_points_of_a_site_are_numbered_from_one_on_each_side(site: Site) -> None:
    for side in site.sides:
        numbers = [int(point.number) for point in site.points if point.side == side]

        assert numbers == list(range(1, len(numbers) + 1))


@pytest.mark.parametrize("site", SITES.values(), ids=SITES.keys())
def test_right_side_is_the_left_side_mirrored(site: Site) -> None:
    left = {(p.number, as_left(p)) for p in site.points if p.side == "left"}
    right = {(p.number, as_left(p)) for p in site.points if p.side == "right"}

    assert left == right


@pytest.mark.parametrize("site", SITES.values(), ids=SITES.keys())
def test_region_lies_within_its_view(site: Site) -> None:
    for region in site.regions:
        corners = [corner for part in polygons(region.path) for corner in part]

        assert all(0 <= x <= VIEWS[region.view].width for x, _ in corners), where(site, region)
        assert all(0 <= y <= VIEWS[region.view].height for _, y in corners), where(site, region)


def where(site: Site, region: Region) -> str:
    return f"{site.code} {region.side} {region.view}"
