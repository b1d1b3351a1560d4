"""Numbers as the reader's language writes them."""

from __future__ import annotations

from decimal import Decimal

from django.utils import formats
from django.utils.translation import get_language_bidi


def number_words(value: Decimal | int) -> str:
    """'9.5', '9,5': the decimal sign of the language, as many places as the number has, no thousands."""
    return str(formats.number_format(value, use_l10n=True, force_grouping=False))


def decimal_sign() -> str:
    """The sign before the tenths."""
    return str(formats.get_format("DECIMAL_SEPARATOR"))


def apart(words: str) -> str:
    """Words that keep their own order inside a line from right to left: a dose, an address, a name."""
    return f"\u2068{words}\u2069" if words and get_language_bidi() else words
