"""The colours of the drawing: as CSS variables on a page, as plain colours in print."""

from __future__ import annotations

import re
from typing import Literal

Palette = Literal["theme", "print"]

# The print colours; `frontend/src/facemap/facemap.css` sets the same names for light and dark pages.
COLOURS = {
    "skin": "#f6e9de",
    "shade": "#e6cdbb",
    "hair": "#e0d4c8",
    "hairline": "#9c8675",
    "line": "#6a564b",
    "brow": "#8a7362",
    "eye": "#fffdfa",
    "pupil": "#4b3c35",
    "iris": "#8a9aa0",
    "lip": "#e9c2b6",
    "lipdark": "#deb0a3",
    "mucosa": "#e9b3a6",
    "mucosadark": "#cf8d82",
    "gum": "#dc9a8f",
    "palate": "#ecc0b2",
    "throat": "#7c3f3b",
    "tongue": "#d88d84",
    "tooth": "#fdfaf1",
    "toothline": "#b7a892",
    "shine": "#ffffff",
    "fibre": "#b0614f",
    "muscle": "#c9705c",
    "area": "#4a7fb5",
    "nerve": "#8a6a00",
    "vessel": "#a3203a",
    "duct": "#2f7a4b",
    "paper": "#ffffff",
    "ink": "#17323a",
    "mark": "#0b6b6b",
    "ghost": "#6b7780",
    "felt": "#6a3fa0",
    "pain": "#b3261e",
    "note": "#2b6cb0",
    "caution": "#a35a00",
    "stop": "#b3261e",
    # Five steps of the heat map, each clearly darker than the one before, in grey too.
    "heat1": "#b9dcd9",
    "heat2": "#7fc0bd",
    "heat3": "#459c9b",
    "heat4": "#1c7274",
    "heat5": "#0b4a50",
}
_NAME = re.compile(r"var\(--fm-(\w+)\)")


def coloured(svg: str, palette: Palette) -> str:
    """The SVG with every `var(--fm-name)` given its plain colour: as fallback, or instead."""
    if palette == "print":
        return _NAME.sub(lambda found: COLOURS[found[1]], svg)
    return _NAME.sub(lambda found: f"var(--fm-{found[1]}, {COLOURS[found[1]]})", svg)


def colour(name: str) -> str:
    """The name of a colour as it stands in the drawing before `coloured`.

    Raises: KeyError for a colour that the palette does not have.
    """
    if name not in COLOURS:
        raise KeyError(name)
    return f"var(--fm-{name})"
