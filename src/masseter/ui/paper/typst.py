"""From a typst template and data to a PDF that screen readers can read (PDF/UA-1)."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Mapping
from pathlib import Path

import typst

TEMPLATES = Path(__file__).parent / "templates"
# The fonts come with typst, so that paper looks the same on every server.
FONT = "Libertinus Serif"
# Ours for the letters of Arabic, which those lack; put there with the front end.
FONTS = Path(__file__).resolve().parents[1] / "static" / "ui" / "fonts"
_SCREEN_FONT = "Figtree, sans-serif"
_UNSHOWN = re.compile(r'the text `"(.+?)"` could not be displayed', re.DOTALL)
LETTERS = "Letters in ‹ › stand for their Unicode number: the clinic's server has no font that shows them."


class UnknownTemplate(LookupError):
    """There is no template of this name."""


def render(template: str, data: Mapping[str, object], pictures: Mapping[str, str] | None = None) -> bytes:
    """The PDF of a template. Data reaches it as JSON in `data`, SVG pictures by name in `pictures`.

    Always tagged PDF/UA-1. Letters that the shipped fonts lack are taken from the server's; where it has
    none either, their Unicode numbers are printed instead of empty boxes.
    Raises: UnknownTemplate.
    """
    path = TEMPLATES / f"{template}.typ"
    if not path.is_file():
        raise UnknownTemplate(f"There is no paper called {template!r}.")
    drawn = {name: svg.replace(_SCREEN_FONT, FONT) for name, svg in (pictures or {}).items()}
    told = json.dumps({**data, "pictures": drawn}, default=str, ensure_ascii=False)
    try:
        return _compile(path, told)
    except typst.TypstError as problem:
        if not _UNSHOWN.search(str(problem)):
            raise
    return _with_numbers(path, told)


def _with_numbers(path: Path, told: str) -> bytes:
    """With the server's own fonts; script by script, what they lack too becomes numbers."""
    while True:
        try:
            return _compile(path, told, uses_server_fonts=True)
        except typst.TypstError as problem:
            found = _UNSHOWN.search(str(problem))
            unshown = {_script(letter) for letter in found[1] if ord(letter) > _ASCII} if found else set()
            fresh = "".join(_number(letter) if _script(letter) in unshown else letter for letter in told)
            if fresh == told:
                raise
            # The template shows it under the text; the key stands at the front of the JSON.
            told = '{"letters": ' + json.dumps(LETTERS) + ", " + fresh.removeprefix("{")


_ASCII = 127


def _script(letter: str) -> str:
    """The first word of a letter's name, e.g. 'CJK', 'HANGUL', 'THAI'."""
    return unicodedata.name(letter, letter).split()[0] if ord(letter) > _ASCII else ""


def _number(letter: str) -> str:
    return f"‹U+{ord(letter):04X}›"


def _compile(path: Path, told: str, *, uses_server_fonts: bool = False) -> bytes:
    return typst.compile(
        path,
        root=TEMPLATES,
        format="pdf",
        sys_inputs={"data": told},
        pdf_standards="ua-1",
        font_paths=[FONTS] if FONTS.is_dir() else [],
        ignore_system_fonts=not uses_server_fonts,
    )
