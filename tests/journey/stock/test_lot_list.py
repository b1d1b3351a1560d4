"""A list of lots, pasted or from a file: read whole or refused with the lines that are wrong."""

from __future__ import annotations

import pytest

from masseter.journey.ground.refusals import Refused
from masseter.journey.stock.lot_list import ListedLot, read_lot_list


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "one a line"),
        (" \n\n", "one a line"),
        ("lot,expiry\n", "no lot below the headings"),
        ("C1\n--\nC2", "Line 2: the lot number is missing"),
        ("C1,Wonderbrand", "Line 1: the product “Wonderbrand” is not in the formulary"),
        ("x" * 41, "Line 1: the lot is longer than 40"),
        (f"C1,,{'p' * 101}", "Line 1: the pack is longer than 100"),
        (f"C1\n{'9' * 140_000}", "Line 2 is too long to be read"),
        ("\n".join(["C1,Nothing"] * 12), "And 4 more"),
        ("\n".join(["C1"] * 5001), "At most 5000 lines"),
    ],
)
def test_list_that_cannot_be_read_is_refused_with_its_lines(text: str, words: str) -> None:
    with pytest.raises(Refused, match=words) as refusal:
        read_lot_list(text)

    assert refusal.value.field == "lots"


def test_plain_list_of_numbers_is_read_once_each() -> None:
    lots = read_lot_list("\ufeffC1234-C3\r\n c1234 c3 \n\nD9\n")

    assert [lot.normalised for lot in lots] == ["C1234C3", "D9"]


@pytest.mark.parametrize(
    "text",
    [
        "C1,Botox,100 units,03/2028,seen in Spain",
        "C1;botox;100 units;03/2028;seen in Spain",
        "C1\tBOTOX\t100 units\t03/2028\tseen in Spain",
        "Lot;Product;Pack;Expiry;Note\nC1;Botox;100 units;03/2028;seen in Spain",
        'Expiry date,Batch No.,Brand,Country,Size,Remark\n03/2028,C1,Botox,ES,"100 units",seen in Spain',
        "Charge;Verfall;Produkt;Packung;Bemerkung\nC1;03/2028;Botox;100 units;seen in Spain",
    ],
)
def test_table_is_read_with_or_without_headings(text: str) -> None:
    wanted = ListedLot(number="C1", product="botox", pack="100 units", expiry="03/2028", note="seen in Spain")

    assert read_lot_list(text) == (wanted,)
