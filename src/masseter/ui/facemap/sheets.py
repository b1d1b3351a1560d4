"""The art of every edition as files beside the scripts, which a browser keeps; a page refers to their pieces.

A map on a page thus carries what changes alone. Colours come from the page's own styles, as if the art stood
in it; papers, and pages that must work without a network, have the art drawn in.
"""

from __future__ import annotations

from pathlib import Path

from django.templatetags.static import static

from masseter.knowledge.model import View
from masseter.ui.facemap.art import FILES, Art, art_of
from masseter.ui.facemap.editions import edition_of, versions
from masseter.ui.facemap.palette import coloured

FOLDER = "maps"
_SITE = "fibres-"


def linked_art(view: View, version: str) -> Art:
    """The drawing of a view in one edition, by reference. Raises: UnknownEdition."""
    art, sheet = art_of(view, version), static(f"ui/{FOLDER}/{version}/{FILES[view]}.svg")
    return Art(
        base=_use(sheet, "base"),
        fibres=tuple((site, _use(sheet, _SITE + site)) for site, _ in art.fibres),
        lines=_use(sheet, "lines"),
        is_mirrored=art.is_mirrored,
    )


def write_sheets(folder: Path) -> None:
    """Write every drawing of every edition into a folder."""
    for version in versions():
        place = folder / FOLDER / version
        place.mkdir(parents=True, exist_ok=True)
        for each in edition_of(version).views:
            sheet = _sheet(art_of(each.view, version))
            (place / f"{FILES[each.view]}.svg").write_text(sheet, encoding="utf-8")


def _sheet(art: Art) -> str:
    pieces = [
        ("base", art.base),
        *((_SITE + site, lines) for site, lines in art.fibres),
        ("lines", art.lines),
    ]
    body = "".join(f'<g id="{name}">{drawn}</g>' for name, drawn in pieces)
    return coloured(f'<svg xmlns="http://www.w3.org/2000/svg">{body}</svg>', "theme")


def _use(sheet: str, name: str) -> str:
    return f'<use href="{sheet}#{name}"/>'
