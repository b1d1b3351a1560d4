"""Draws the icons of the web app from the logo: `python -m masseter.ui.brand`."""

from __future__ import annotations

import re
from pathlib import Path

import vl_convert

BRAND = Path(__file__).resolve().parent / "static" / "brand"
LOGO_SIDE = 32  # the logo's own box
SAFE = 0.78  # of a maskable icon's side; the circle of 80 percent that every device shows holds it
ICONS = {"icon-192.png": 192, "icon-512.png": 512}
MASKABLE = ("icon-maskable-512.png", 512)


def icon(side: int) -> bytes:
    """The logo as a square picture of so many pixels, with its round corners."""
    return _drawn((BRAND / "favicon.svg").read_text(), side)


def maskable(side: int) -> bytes:
    """The logo on a ground that goes to the edge, so that a device can cut it to its own shape."""
    logo = (BRAND / "favicon.svg").read_text()
    ground = re.search(r'fill="(#\w+)"', logo)
    lines = re.search(r"<g .*</g>", logo)
    if ground is None or lines is None:
        raise ValueError("the logo has another shape than the icons are made from")
    edge = LOGO_SIDE * (1 - SAFE) / 2
    drawing = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {LOGO_SIDE} {LOGO_SIDE}">'
        f'<rect width="{LOGO_SIDE}" height="{LOGO_SIDE}" fill="{ground.group(1)}"/>'
        f'<g transform="translate({edge:.2f} {edge:.2f}) scale({SAFE})">{lines.group(0)}</g></svg>'
    )
    return _drawn(drawing, side)


def write_icons(folder: Path = BRAND) -> None:
    """Write every icon that the manifest names."""
    for name, side in ICONS.items():
        (folder / name).write_bytes(icon(side))
    name, side = MASKABLE
    (folder / name).write_bytes(maskable(side))


def _drawn(svg: str, side: int) -> bytes:
    sized = svg.replace("<svg ", f'<svg width="{side}" height="{side}" ', 1)
    return vl_convert.svg_to_png(sized)


if __name__ == "__main__":
    write_icons()
