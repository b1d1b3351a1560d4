"""Structures at risk: where they run, and which of them a point comes near."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from itertools import pairwise
from xml.etree import ElementTree

import pytest

from masseter.core.plan.outline import STEPS, parts
from masseter.knowledge.model import FaceMapView, MapPoint
from masseter.ui.facemap import render, render_all
from masseter.ui.facemap.risks import Course, courses_of, near, risk_shapes
from masseter.ui.templatetags.facemap import facemap_drawings, facemap_risks
from tests.ui.facemap.maps import KNOWN, SITES, marker, view
from tests.ui.facemap.outlines import distance_to_line

COURSES = courses_of(KNOWN)
ALL = pytest.mark.parametrize("course", COURSES, ids=lambda c: f"{c.code}-{c.view}-{c.side}")
MIRRORED = {"left": "right", "right": "left"}


def told(name: str, x: int, y: int) -> list[str]:
    return [course.code for course, _ in near(COURSES, view(name), Decimal(x), Decimal(y))]


def points_of(code: str) -> list[MapPoint]:
    return [point for point in SITES[code].points if point.side == "left"]


def test_point_far_from_everything_is_near_nothing() -> None:
    assert told("back", 240, 430) == []


def test_structure_is_told_up_to_its_own_distance_and_not_beyond() -> None:
    course = next(c for c in COURSES if (c.code, c.view, c.side) == ("external_jugular_vein", "left", "left"))
    x, y = course.path.removeprefix("M").split(" C")[0].split()
    units = course.near_mm / view("left").mm_per_unit

    far = near([course], view("left"), Decimal(x), Decimal(y) - units - Decimal("0.1"))
    close = near([course], view("left"), Decimal(x), Decimal(y) - units + Decimal("0.1"))

    assert (len(far), len(close)) == (0, 1)
    assert close[0][1] == pytest.approx(float(course.near_mm), abs=0.06)


def test_nearest_structure_comes_first_with_its_measured_distance() -> None:
    x, y = 200, 340
    found = near(COURSES, view("left"), Decimal(x), Decimal(y))
    lines = {course.code: parts(course.path) for course, _ in found}

    assert [mm for _, mm in found] == sorted(mm for _, mm in found)
    for course, mm in found:
        measured = min(
            distance_to_line((x, y), (ax / 1000, ay / 1000), (bx / 1000, by / 1000))
            for part in lines[course.code]
            for (ax, ay), (bx, by) in pairwise(part)
        )
        assert mm == pytest.approx(measured * 0.5)


@pytest.mark.parametrize("point", points_of("masseter"), ids=lambda p: p.number)
def test_masseter_points_keep_from_the_duct_and_the_branch_of_the_lower_lip(point: MapPoint) -> None:
    close = {course.code for course, _ in near(COURSES, view("left"), point.x, point.y)}

    assert not close & {"parotid_duct", "facial_nerve_marginal", "smile_border"}


def test_occipital_point_beside_the_inion_tells_of_the_greater_occipital_nerve() -> None:
    assert "greater_occipital_nerve" in told("back", 212, 200)


def test_rim_of_the_orbit_is_the_one_that_sites_keep_from() -> None:
    (rim,) = {c.path for c in COURSES if c.name == "Upper rim of the orbit" and c.side == "left"}

    assert rim == SITES["frontalis"].keep_from[0].lines[0].path


@ALL
def test_structure_runs_within_its_view(course: Course) -> None:
    frame = view(course.view)

    for part in parts(course.path):
        assert all(0 <= x <= frame.width * 1000 and 0 <= y <= frame.height * 1000 for x, y in part)


@ALL
def test_structure_runs_on_both_sides_alike(course: Course) -> None:
    other = [
        each
        for each in COURSES
        if (each.code, each.side) == (course.code, MIRRORED[course.side])
        and each.view == MIRRORED.get(course.view, course.view)
    ]
    width = view(course.view).width * 1000

    assert len(other) == 1
    for one, two in zip(parts(course.path), parts(other[0].path), strict=True):
        assert all(
            abs(x - (width - a)) <= 2 and abs(y - b) <= 2 for (x, y), (a, b) in zip(one, two, strict=True)
        )


def test_layer_is_drawn_on_the_page_and_neither_in_print_nor_on_an_older_edition() -> None:
    page = facemap_drawings([marker()])
    older = facemap_drawings([marker()], version="3")
    paper = render(view("left"), SITES.values(), [marker()], palette="print")

    assert ["fm-risk " in drawing.svg for drawing in page] == [True] * 4
    assert not any("fm-risk " in svg for svg in (paper, *(drawing.svg for drawing in older)))
    assert facemap_risks(older, "3") == []


def test_map_that_is_marked_carries_no_structures_and_draws_no_other_view() -> None:
    marked = facemap_drawings([marker()], plain="1")
    chosen = render_all(KNOWN.face_map, SITES.values(), views={"left", "mouth"})

    assert not any("fm-risk" in drawing.svg for drawing in marked)
    assert [drawing.view for drawing in chosen] == ["left", "mouth"]


@ALL
def test_drawn_line_follows_its_structure_to_a_tenth_of_a_map_unit(course: Course) -> None:
    svg = ElementTree.fromstring(f"<svg>{risk_shapes([course], course.view)}</svg>")
    drawn = replace(course, path=str(svg[0][0][0].get("d")), near_mm=Decimal("0.15"))
    flat = FaceMapView(view=course.view, title="", width=480, height=660, mm_per_unit=Decimal(1))

    for part in parts(course.path):
        for x, y in part:
            assert near([drawn], flat, Decimal(x) / STEPS, Decimal(y) / STEPS), (x, y)


def test_each_drawn_structure_has_its_number_in_the_key() -> None:
    page = facemap_drawings([marker()], editable="1")
    key = {str(one.number): one.name for one in facemap_risks(page)}
    groups = [
        g for d in page for g in ElementTree.fromstring(d.svg).iter() if "fm-risk " in g.get("class", "")
    ]

    assert {(g[1].text, g.get("data-name")) for g in groups} == set(key.items())
