"""A scanner that types for another keyboard than the computer's: recognised, explained, never guessed."""

from __future__ import annotations

import pytest

from masseter.journey.stock.barcode import UnreadableCode, read_carton
from masseter.journey.stock.layouts import _LAYOUTS, _US
from masseter.knowledge.load import load

CODE = "]d20100300231145014" + "17280331" + "10CZ2YA4C3"


def typed_on(layout: str, code: str = CODE) -> str:
    """What a computer of this layout shows when a US scanner types."""
    plain, shifted = _LAYOUTS[layout]
    return code.translate({ord(key): seen for key, seen in zip(_US, plain + shifted, strict=True)})


@pytest.mark.parametrize("layout", _LAYOUTS)
def test_each_layout_has_every_key_once(layout: str) -> None:
    plain, shifted = _LAYOUTS[layout]

    assert len(plain) == len(shifted) == len(_US) / 2


@pytest.mark.parametrize("layout", [name for name in _LAYOUTS if typed_on(name) != CODE])
def test_a_us_scanner_on_another_keyboard_is_told_what_to_set(layout: str) -> None:
    with pytest.raises(UnreadableCode, match="types for a US keyboard") as refusal:
        read_carton(typed_on(layout), load())

    assert "Nothing was taken from this scan" in refusal.value.sentence


@pytest.mark.parametrize(
    ("text", "computer"),
    [
        ("$dé°&à&(", "no code"),
        (typed_on("French (AZERTY)"), "French"),
        (typed_on("German (QWERTZ)"), "German"),
        (typed_on("Russian"), "Russian"),
        (typed_on("Greek"), "Greek"),
    ],
)
def test_the_computers_keyboard_is_named(text: str, computer: str) -> None:
    wanted = "not the code of a medicine's carton" if computer == "no code" else f"is set to {computer}"

    with pytest.raises(UnreadableCode, match=wanted):
        read_carton(text, load())


def test_a_french_scanner_on_a_us_computer_is_recognised() -> None:
    plain, shifted = _LAYOUTS["French (AZERTY)"]
    to_us = {ord(seen): key for seen, key in zip(plain + shifted, _US, strict=True)}

    with pytest.raises(UnreadableCode, match="types for a French"):
        read_carton(CODE[3:].translate(to_us), load())


def test_a_scrambled_number_with_a_wrong_check_digit_is_not_explained_away() -> None:
    with pytest.raises(UnreadableCode, match="not the code of a medicine's carton"):
        read_carton(typed_on("French (AZERTY)", CODE.replace("145014", "145015")), load())
