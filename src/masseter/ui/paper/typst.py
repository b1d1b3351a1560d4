"""From a typst template and data to a PDF that screen readers can read (PDF/UA-1)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Literal

import typst

TEMPLATES = Path(__file__).parent / "templates"
# The fonts come with typst, so that paper looks the same on every server.
FONT = "Libertinus Serif"
_SCREEN_FONT = "Figtree, sans-serif"


class UnknownTemplate(LookupError):
    """There is no template of this name."""


def render(template: str, data: Mapping[str, object], pictures: Mapping[str, str] | None = None) -> bytes:
    """The PDF of a template. Data reaches it as JSON in `data`, SVG pictures by name in `pictures`.

    Tagged PDF/UA-1; where a name has letters that no font of ours has, tagged PDF without that mark.
    Raises: UnknownTemplate.
    """
    path = TEMPLATES / f"{template}.typ"
    if not path.is_file():
        raise UnknownTemplate(f"There is no paper called {template!r}.")
    drawn = {name: svg.replace(_SCREEN_FONT, FONT) for name, svg in (pictures or {}).items()}
    told = json.dumps({**data, "pictures": drawn}, default=str, ensure_ascii=False)
    try:
        return _compile(path, told, standard="ua-1")
    except typst.TypstError as problem:
        if "could not be displayed" not in str(problem):
            raise
        return _compile(path, told, standard=None)


def _compile(path: Path, told: str, *, standard: Literal["ua-1"] | None) -> bytes:
    return typst.compile(
        path,
        root=TEMPLATES,
        format="pdf",
        sys_inputs={"data": told},
        pdf_standards=standard,
        ignore_system_fonts=standard is not None,
    )
