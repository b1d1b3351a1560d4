"""What was felt and where it hurts, as layers of the drawing: told apart without colour, never points."""

from __future__ import annotations

from decimal import Decimal
from xml.etree import ElementTree

import pytest
from django.template import Context, Template
from django_cotton.compiler_regex import CottonCompiler

from masseter.ui.facemap import MapMarker, PainShape, render
from masseter.ui.facemap.marker import SIGN_WORDS, Sign
from tests.ui.facemap.maps import SITES, marker, view

SVG = "{http://www.w3.org/2000/svg}"
BAD = '<script>alert("x")</script>'


def felt(sign: Sign, words: str = "Masseter, left") -> MapMarker:
    return marker(id="felt-1", state="felt", sign=sign, units="", words=words)


def pain(strength: int = 7, words: str = "Temple, left") -> PainShape:
    line = ((Decimal(100), Decimal(200)), (Decimal(120), Decimal(220)))
    return PainShape(view="left", line=line, radius=Decimal(18), strength=strength, words=words)


def drawn(
    *markers: MapMarker, pains: tuple[PainShape, ...] = (), read_only: bool = True
) -> ElementTree.Element:
    text = render(view("left"), SITES.values(), markers, read_only=read_only, pain=pains)
    return ElementTree.fromstring(text)


def groups(svg: ElementTree.Element, name: str) -> list[ElementTree.Element]:
    return [each for each in svg.iter(f"{SVG}g") if each.get("class") == name]


def test_words_of_marks_and_pain_never_become_markup() -> None:
    svg = drawn(felt("more", BAD), pains=(pain(words=BAD),))

    assert not list(svg.iter(f"{SVG}script"))
    assert BAD in (groups(svg, "fm-felt")[0].get("aria-label") or "")
    assert groups(svg, "fm-hurts")[0].get("aria-label") == BAD


def test_mark_is_no_injection_point_and_is_told_by_its_words() -> None:
    svg = drawn(marker(units="5"), felt("less"))

    told = svg.get("aria-label") or ""
    assert "1 injection point: MASS-L-1" in told
    assert "The patient felt: would like less here, Masseter, left." in told


def test_every_kind_has_lines_of_its_own() -> None:
    kinds: tuple[Sign, ...] = ("more", "less", "hurt", "drooped")

    lines = {str(groups(drawn(felt(kind)), "fm-felt")[0].findall(f"{SVG}path")[0].get("d")) for kind in kinds}

    assert len(lines) == len(kinds) == len(SIGN_WORDS)


@pytest.mark.parametrize("read_only", [True, False])
def test_marks_and_pain_never_lie_in_the_way_of_the_editor(read_only: bool) -> None:
    svg = drawn(felt("hurt"), pains=(pain(),), read_only=read_only)

    assert groups(svg, "fm-pain")[0].get("pointer-events") == "none"
    assert groups(svg, "fm-felt")[0].get("pointer-events") == (None if read_only else "none")


def test_pain_lies_on_its_view_alone_with_its_strength_in_figures() -> None:
    front = ElementTree.fromstring(render(view("front"), SITES.values(), pain=(pain(),)))

    assert groups(front, "fm-pain") == []
    assert [each.text for each in groups(drawn(pains=(pain(9),)), "fm-hurts")[0].iter(f"{SVG}text")] == ["9"]


def test_legend_and_layers_name_only_what_is_there() -> None:
    source = '<c-facemap :markers="markers" :pain="pain" />'
    page = Template(CottonCompiler().process(source))

    both = page.render(Context({"markers": [felt("drooped")], "pain": [pain()]}))
    none = page.render(Context({"markers": [marker()], "pain": ()}))

    assert "felt: it drooped here" in both
    assert "felt: would like more here" not in both
    assert ("data-fm-pain" in both, "data-fm-pain" in none) == (True, False)
    assert ("pain, with its strength" in both, "pain, with its strength" in none) == (True, False)
