"""The heat map: round steps, every number printed, shades that read in grey on light and dark pages."""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

import masseter
from masseter.knowledge.model import Side
from masseter.ui.facemap.heat import STEPS, heat_steps, render_heat, step_of
from masseter.ui.facemap.palette import COLOURS
from masseter.ui.facemap.within import middle_of
from tests.ui.facemap.maps import KNOWN, SITES

CSS = Path(masseter.__file__).parents[2] / "frontend" / "src" / "facemap" / "facemap.css"
HEAT: dict[tuple[str, Side], Decimal] = {
    ("masseter", "left"): Decimal(120),
    ("masseter", "right"): Decimal("97.5"),
    ("procerus", "midline"): Decimal(15),
    ("lateral_pterygoid", "left"): Decimal(30),
}


def drawn(heat: dict[tuple[str, Side], Decimal]) -> dict[str, str]:
    shown = render_heat(KNOWN.face_map, SITES.values(), heat, unit_label="units Botox")
    return {each.view: str(each.svg) for each in shown}


@settings(max_examples=60)
@given(st.decimals("0.1", "99999", places=1), st.decimals("0.1", "1", places=2))
def test_steps_are_round_and_hold_every_value_once(most: Decimal, share: Decimal) -> None:
    steps = heat_steps(most)

    assert 1 <= len(steps) <= STEPS
    assert steps[-1].low < most <= steps[-1].high
    assert all(one.high == two.low for one, two in pairwise(steps))
    assert steps[0].high.normalize().as_tuple().digits in {(1,), (2,), (2, 5), (5,)}
    assert 1 <= step_of(most * share, steps) <= len(steps)


def test_nothing_given_has_no_steps() -> None:
    assert heat_steps(Decimal(0)) == ()
    assert step_of(Decimal(0), heat_steps(Decimal(10))) == 0
    assert drawn({}) == {}


def test_number_stands_on_every_muscle_and_in_words() -> None:
    views = drawn(HEAT)

    assert set(views) == {"right", "front", "left"}
    assert "Masseter, left: 120" in views["left"]
    assert ">120</text>" in views["left"]
    assert ">97.5</text>" in views["right"]
    assert ">15</text>" in views["front"]
    assert 'aria-label="Left side of the face. Units Botox over all cycles.' in views["left"]
    assert "Masseter, right" not in views["left"]


def test_muscle_that_lies_deep_everywhere_is_still_shown_somewhere() -> None:
    views = drawn({("genioglossus", "left"): Decimal(10)})

    assert len(views) == 1
    assert ">10</text>" in next(iter(views.values()))


def test_deep_muscle_is_dashed_and_hides_nothing() -> None:
    deep = next(part for part in drawn(HEAT)["left"].split("<path ") if "left: 30</title>" in part)

    assert "stroke-dasharray" in deep
    assert 'fill="none"' in deep


def test_more_is_darker_in_print_and_brighter_on_a_dark_page() -> None:
    pairs = re.findall(r"--fm-heat(\d): light-dark\((#\w{6}), (#\w{6})\)", CSS.read_text())
    light = [grey(one) for _, one, _ in sorted(pairs)]
    dark = [grey(two) for _, _, two in sorted(pairs)]

    assert [one for _, one, _ in sorted(pairs)] == [COLOURS[f"heat{step}"] for step in range(1, STEPS + 1)]
    assert all(contrast(one, two) >= 1.3 for one, two in pairwise(light))
    assert all(contrast(one, two) >= 1.3 for one, two in pairwise(dark))
    assert light == sorted(light, reverse=True)
    assert dark == sorted(dark)


def test_number_lies_in_the_middle_of_its_muscle() -> None:
    square = middle_of("M0 0 L10 0 L10 10 L0 10 Z M20 20 L21 20 L21 21 Z")

    assert (square.x, square.y, square.area) == (5, 5, 100)


def grey(colour: str) -> float:
    """Relative luminance."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: float, other: float) -> float:
    return (max(one, other) + 0.05) / (min(one, other) + 0.05)
