"""The drawing: what it shows, what it says, and that nothing typed becomes markup."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from masseter.ui.facemap import MapMarker, render, render_all
from masseter.ui.facemap.palette import COLOURS, colour
from masseter.ui.facemap.render import Layer
from masseter.ui.templatetags.facemap import facemap_drawings
from tests.ui.facemap.maps import KNOWN, SITES, free_marker, marker, view

SVG = "{http://www.w3.org/2000/svg}"


def drawn(
    name: str, *markers: MapMarker, layer: Layer = "both", read_only: bool = True
) -> ElementTree.Element:
    return ElementTree.fromstring(
        render(view(name), SITES.values(), markers, layer=layer, read_only=read_only)
    )


def points(svg: ElementTree.Element) -> list[ElementTree.Element]:
    return [each for each in svg.iter(f"{SVG}g") if "fm-point" in each.get("class", "").split()]


def test_words_of_a_marker_never_become_markup() -> None:
    svg = drawn("left", marker(words='<script>alert("x")</script>', units='"><b>'))

    assert not list(svg.iter(f"{SVG}script"))
    assert '<script>alert("x")</script>' in (points(svg)[0].get("aria-label") or "")


def test_colour_that_the_palette_lacks_is_refused() -> None:
    with pytest.raises(KeyError):
        colour("mauve")


def test_marker_of_another_view_is_not_drawn() -> None:
    assert points(drawn("front", marker())) == []


@pytest.mark.parametrize(("layer", "shown"), [("planned", 1), ("given", 1), ("both", 2), ("ghost", 2)])
def test_layer_chooses_the_markers_by_state(layer: Layer, shown: int) -> None:
    svg = drawn("left", marker(), marker(number="2", state="given"), layer=layer)

    assert len(points(svg)) == shown


def test_planned_given_and_ghost_differ_by_shape_and_not_by_colour_alone() -> None:
    rings = []
    for state in ("planned", "given", "ghost"):
        ring = points(drawn("left", free_marker("5", state)))[0].findall(f"{SVG}circle")[1]
        rings.append((ring.get("fill") == "none", ring.get("stroke-dasharray"), ring.get("stroke-width")))

    assert len(set(rings)) == 3


def test_severity_is_said_and_has_its_own_shape() -> None:
    group = points(drawn("left", marker(severity="caution")))[0]

    assert "has a caution" in (group.get("aria-label") or "")
    assert [text.text for text in group.iter(f"{SVG}text")] == ["10", "!"]


def test_marker_without_a_dose_shows_a_question_mark() -> None:
    group = points(drawn("left", free_marker("")))[0]

    assert group.find(f"{SVG}text").text == "?"  # type: ignore[union-attr]  # a missing text fails the test
    assert "no dose yet" in (group.get("aria-label") or "")


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("front", ["Right", "Left"]),
        ("back", ["Left", "Right"]),
        ("left", ["Left"]),
        ("right", ["Right"]),
        ("mouth", ["Right", "Left"]),
    ],
)
def test_sides_are_always_written_from_the_viewers_left_to_right(name: str, words: list[str]) -> None:
    labels = [text for text in drawn(name).iter(f"{SVG}text") if text.get("class") == "fm-side"]

    assert [text.text for text in sorted(labels, key=lambda text: int(text.get("x") or 0))] == words


def test_right_profile_is_the_left_one_mirrored() -> None:
    left, right = (drawn(name).find(f"{SVG}g") for name in ("left", "right"))

    assert left is not None
    assert right is not None
    assert right.get("transform") == "translate(480 0) scale(-1 1)"
    assert [ElementTree.tostring(each) for each in left] == [ElementTree.tostring(each) for each in right]


def test_reading_view_is_one_image_that_says_its_points() -> None:
    svg = drawn("left", marker())

    assert svg.get("role") == "img"
    assert "1 injection point: MASS-L-1" in (svg.get("aria-label") or "")
    assert not [each for each in svg.iter() if each.get("tabindex")]


def test_editing_view_makes_each_marker_a_button_in_the_tab_order() -> None:
    group = points(drawn("left", marker(), read_only=False))[0]

    assert (group.get("role"), group.get("tabindex")) == ("button", "0")


def test_skin_areas_are_drawn_only_when_used() -> None:
    codes = {path.get("data-site") for path in drawn("front").iter(f"{SVG}path")}
    used = {path.get("data-site") for path in drawn("front", marker("skin_v2")).iter(f"{SVG}path")}

    assert "skin_v2" not in codes
    assert "skin_v2" in used


def test_deep_muscles_are_dashed() -> None:
    regions = [
        path for path in drawn("left").iter(f"{SVG}path") if path.get("data-site") == "medial_pterygoid"
    ]

    assert [bool(path.get("stroke-dasharray")) for path in regions] == [True]


def test_mucosa_lies_dashed_behind_the_face_and_open_inside_the_mouth() -> None:
    shapes = {
        name: next(
            path
            for path in drawn(name, read_only=False).iter(f"{SVG}path")
            if path.get("data-site") == "mucosa_mental"
        )
        for name in ("front", "mouth")
    }

    assert shapes["front"].get("stroke-dasharray")
    assert (shapes["mouth"].get("stroke-dasharray"), shapes["mouth"].get("display")) == (None, None)


def test_record_without_a_point_in_the_mouth_leaves_that_view_out() -> None:
    names = [
        [drawing.view for drawing in facemap_drawings(markers, editable=editable)]
        for markers, editable in (([marker()], ""), ([marker("mucosa_mental")], ""), ([marker()], "1"))
    ]

    assert ["mouth" in each for each in names] == [False, True, True]


def test_print_uses_plain_colours_and_the_page_uses_variables() -> None:
    printed = render(view("front"), SITES.values(), palette="print")
    themed = render(view("front"), SITES.values())

    assert "var(" not in printed
    assert f"var(--fm-skin, {COLOURS['skin']})" in themed


def test_all_views_come_right_front_left_back_and_mouth() -> None:
    drawings = render_all(KNOWN.face_map, SITES.values(), [marker()])

    assert [drawing.view for drawing in drawings] == ["right", "front", "left", "back", "mouth"]
    assert [drawing.svg.count("fm-point ") for drawing in drawings] == [0, 0, 1, 0, 0]


def test_every_site_is_drawn_with_its_fibres_or_is_an_area_of_skin() -> None:
    for site in SITES.values():
        assert site.regions
        for region in site.regions:
            svg = render(view(region.view), [site], shows="all")
            assert f'data-site="{site.code}"' in svg
