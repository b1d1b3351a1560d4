"""Spaces at which a line must not break, as a language wants them."""

from __future__ import annotations

import re

_BEFORE = re.compile(r" (?=[:;?!»])")
_AFTER = re.compile(r"(?<=«) ")
_NO_BREAK = "\u00a0"


def kept_together(language: str, text: str) -> str:
    """French puts a space before `: ; ? !` and inside « »; no line may begin with such a sign.

    Translators type the usual space. (Source: Lexique des règles typographiques en usage à
    l'Imprimerie nationale, "Ponctuation".) Other languages need nothing.
    """
    return _AFTER.sub(_NO_BREAK, _BEFORE.sub(_NO_BREAK, text)) if language == "fr" else text
