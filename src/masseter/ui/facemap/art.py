"""The drawings themselves: a file a view, of which the right profile is the left one mirrored."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from xml.etree import ElementTree

from masseter.knowledge.model import View
from masseter.ui.facemap.editions import text_of

_SVG = "{http://www.w3.org/2000/svg}"
FILES: dict[View, str] = {
    "front": "front",
    "left": "profile",
    "right": "profile",
    "back": "back",
    "mouth": "mouth",
}


@dataclass(frozen=True, kw_only=True)
class Art:
    """One drawing in three layers: skin and hair, muscle fibres by site, and the lines on top."""

    base: str
    fibres: tuple[tuple[str, str], ...]
    lines: str
    is_mirrored: bool


@cache
def art_of(view: View, version: str) -> Art:
    """The drawing of a view in one edition, as pieces of SVG. Raises: UnknownEdition."""
    root = ElementTree.fromstring(text_of(version, f"{FILES[view]}.svg"))
    layers = {layer.get("id"): layer for layer in root}
    fibres = tuple((group.get("data-fibres", ""), _inside(group)) for group in layers["fibres"])
    return Art(
        base=_inside(layers["base"]),
        fibres=fibres,
        lines=_inside(layers["lines"]),
        is_mirrored=view == "right",
    )


def _inside(layer: ElementTree.Element) -> str:
    for element in layer.iter():
        element.tag = element.tag.removeprefix(_SVG)
        element.tail = None
    return "".join(ElementTree.tostring(child, encoding="unicode") for child in layer)
