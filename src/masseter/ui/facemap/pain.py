"""Where it hurts, as a layer of the drawing: strokes of some width, with how strong the pain is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.utils.html import escape

from masseter.knowledge.model import View
from masseter.ui.facemap.palette import colour


@dataclass(frozen=True, kw_only=True)
class PainShape:
    """One stroke or spot of a pain drawing, in map units; `strength` is 0 to 10."""

    view: View
    line: tuple[tuple[Decimal, Decimal], ...]
    radius: Decimal
    strength: int
    words: str


def pain_layer(shapes: Iterable[PainShape]) -> str:
    """The strokes as one group. The strength stands on each in figures: colour is never the only sign."""
    drawn = "".join(_shape(shape) for shape in shapes)
    return f'<g class="fm-pain" pointer-events="none">{drawn}</g>' if drawn else ""


def _shape(shape: PainShape) -> str:
    first, *rest = shape.line
    # A path of one spot needs a length to be drawn with round ends.
    path = f"M{first[0]} {first[1]}" + ("".join(f"L{x} {y}" for x, y in rest) or "h0.01")
    x, y = shape.line[len(shape.line) // 2]
    name = escape(shape.words)
    return (
        f'<g class="fm-hurts" role="img" aria-label="{name}"><title>{name}</title>'
        f'<path d="{path}" fill="none" stroke="{colour("pain")}" stroke-width="{shape.radius * 2}" '
        f'stroke-opacity="{0.16 + shape.strength * 0.04:.2f}" stroke-linecap="round" '
        'stroke-linejoin="round"/>'
        f'<path d="{path}" fill="none" stroke="{colour("pain")}" stroke-width="1.4" stroke-dasharray="1 4" '
        'stroke-linecap="round"/>'
        f'<text x="{x}" y="{y + 5}" text-anchor="middle" font-size="15" font-weight="700" '
        f'paint-order="stroke" stroke="{colour("paper")}" stroke-width="3" fill="{colour("pain")}">'
        f"{shape.strength}</text></g>"
    )
