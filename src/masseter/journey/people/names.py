"""Names as they are compared: without accents, capitals and punctuation."""

from __future__ import annotations

import unicodedata

# Letters that do not fall apart into a base letter and an accent.
WHOLE_LETTERS = str.maketrans(
    {"ß": "ss", "ø": "o", "đ": "d", "ł": "l", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th"}
)


def plain(text: str) -> str:
    """The words of a name in lower case, without accents, apostrophes or hyphens."""
    folded = unicodedata.normalize("NFKD", text.casefold()).translate(WHOLE_LETTERS)
    bare = "".join(letter for letter in folded if not unicodedata.combining(letter))
    spaced = "".join(letter if letter.isalnum() else "" if letter in "'’`" else " " for letter in bare)
    return " ".join(spaced.split())


def names_key(given_names: str, family_name: str) -> str:
    """What a search looks through."""
    return plain(f"{given_names} {family_name}")
