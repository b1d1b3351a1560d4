"""What a powder was dissolved in, in words."""

from __future__ import annotations

from masseter.knowledge.load import load


def diluent_choices() -> list[tuple[str, str]]:
    """The house's list, those of the labels first."""
    listed = sorted(load().practice.diluents, key=lambda each: not each.on_label)
    return [(each.code, each.name if each.on_label else f"{each.name}, outside the label") for each in listed]


def usual_diluent() -> str:
    """The diluent that the labels name."""
    return next((each.code for each in load().practice.diluents if each.on_label), "")


def diluent_words(code: str) -> str:
    """A diluent by its code; empty where it was not said."""
    return dict(diluent_choices()).get(code, code)
