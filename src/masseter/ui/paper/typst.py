"""From a typst template and data to a PDF that screen readers can read (PDF/UA-1)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import typst

TEMPLATES = Path(__file__).parent / "templates"
STANDARD = "ua-1"
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
        return _compile(path, told, (STANDARD,), own_fonts_only=True)
    except typst.TypstError as problem:
        if "could not be displayed" not in str(problem):
            raise
        return _compile(path, told, (), own_fonts_only=False)


def _compile(path: Path, told: str, standards: tuple[str, ...], *, own_fonts_only: bool) -> bytes:
    made = typst.compile(
        path,
        root=TEMPLATES,
        format="pdf",
        sys_inputs={"data": told},
        pdf_standards=list(standards),
        ignore_system_fonts=own_fonts_only,
    )
    return bytes(made)
