"""Why a point was given differently or left out, as a short list to tap on; a text may say more."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

Use = Literal["changed", "skipped"]

# code → the words of the record, and what it can be said of.
REASONS: Mapping[str, tuple[str, frozenset[Use]]] = {
    "weak-muscle": ("The muscle is weak or thin today", frozenset({"changed", "skipped"})),
    "strong-muscle": ("The muscle is stronger or larger than planned", frozenset({"changed"})),
    "not-tender": ("Not tender, not active today", frozenset({"changed", "skipped"})),
    "asymmetry": ("To even out the sides", frozenset({"changed"})),
    "patient-wish": ("As the patient wishes", frozenset({"changed", "skipped"})),
    "stopped": ("The patient asked to stop", frozenset({"skipped"})),
    "skin": ("The skin there is broken, inflamed or infected", frozenset({"skipped"})),
    "vessel": ("A vessel or nerve lies there", frozenset({"changed", "skipped"})),
    "leaked": ("Some of it leaked or was lost", frozenset({"changed"})),
    "not-enough": ("Not enough was left", frozenset({"changed", "skipped"})),
}


def reasons_for(use: Use) -> dict[str, str]:
    """The reasons that can be said of a change, or of a point left out, with their words."""
    return {code: words for code, (words, uses) in REASONS.items() if use in uses}


def reason_words(code: str, text: str = "") -> str:
    """A reason as it stands in the record: the words of its code, then what was typed.

    Raises: KeyError for a code that is not on the list.
    """
    said = REASONS[code][0] if code else ""
    typed = " ".join(text.split())
    return ": ".join(part for part in (said, typed) if part)
