"""Lists in a sentence, with the commas of the reader's language."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import get_language

_COMMAS = {"ar": "،"}
_SEMICOLONS = {"ar": "؛"}


def comma_sign() -> str:
    """The comma alone."""
    return _COMMAS.get(get_language() or "", ",")


def listed(parts: Iterable[object]) -> str:
    """'cheek, temple'; in Arabic 'الخد، الصدغ'."""
    return f"{comma_sign()} ".join(map(str, parts))


def listed_apart(parts: Iterable[object]) -> str:
    """Parts that may hold commas themselves: 'cheek, left; temple, left'."""
    return f"{_SEMICOLONS.get(get_language() or '', ';')} ".join(map(str, parts))
