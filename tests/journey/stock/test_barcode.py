"""Reading the code on a carton."""

from __future__ import annotations

from datetime import date

import pytest

from masseter.core.lots import normalise_lot
from masseter.journey.stock.barcode import UnreadableCode, read_carton, read_cartons
from masseter.knowledge.load import load

GS = "\x1d"
BOTOX_100 = "00300231145014"
CODE = f"01{BOTOX_100}17280300" + f"10C1234C3{GS}21S001"
DISGUISES = (
    "{GS}", "[GS]", "<gs>", "^]", r"\x1d", r"\u001D", "%1D", "&#29;", "&#x1D;", "<FNC1>", "{FNC1}", "~d029",
    "<F8>", "{F8}", "<Ctrl+]>", "{CTRL-]}", "<0x1D>", "\u241d", "\t", "\x1e",
)  # fmt: skip


@pytest.mark.parametrize("text", ["", "   ", "hello", "x" * 300, "0123"])
def test_read_carton_refuses_what_is_no_carton(text: str) -> None:
    with pytest.raises(UnreadableCode):
        read_carton(text, load())


def test_read_carton_refuses_a_damaged_product_number() -> None:
    with pytest.raises(UnreadableCode, match="damaged"):
        read_carton(CODE.replace("145014", "145015"), load())


def test_read_cartons_refuses_two_lots_at_once() -> None:
    with pytest.raises(UnreadableCode, match="Code 2"):
        read_cartons(f"{CODE}\n{CODE.replace('C1234C3', 'D1')}", load())


def test_read_carton_says_everything_of_a_known_code() -> None:
    carton = read_carton(CODE, load())

    assert (carton.gtin, carton.lot, carton.serial) == (BOTOX_100, "C1234C3", "S001")
    assert carton.presentation is not None
    assert carton.presentation.key == "botox-100"


def test_read_carton_takes_day_zero_for_the_last_day_of_the_month() -> None:
    assert read_carton(CODE, load()).expires_on == date(2028, 3, 31)


@pytest.mark.parametrize(
    "text",
    [
        f"]d2{CODE}",
        CODE.replace(GS, "<GS>"),
        f"(01){BOTOX_100}(17)280300(10)C1234C3(21)S001",
        f"(01) {BOTOX_100} (17) 280300 (10) C1234C3 (21) S001",
        f"  {CODE}\r",
        f"]C1{CODE}",
        f"]D2{CODE}\t",
        f"]Q3{CODE}",
        f"{GS}{CODE}\r\n",
        f"\u00e8{CODE.replace(GS, chr(232))}",
        CODE.replace("17280300", f"{GS}17280300"),
        *(CODE.replace(GS, written) for written in DISGUISES),
    ],
)
def test_read_carton_understands_the_ways_of_writing_a_code(text: str) -> None:
    carton = read_carton(text, load())

    assert (carton.lot, carton.serial, carton.expires_on) == ("C1234C3", "S001", date(2028, 3, 31))


def test_read_carton_leaves_an_unknown_product_number_unknown() -> None:
    carton = read_carton(f"010950600013435217280300{'10AB1'}", load())

    assert not carton.is_known
    assert carton.lot == "AB1"


def test_read_cartons_keeps_the_separator_inside_a_code() -> None:
    cartons = read_cartons(f"{CODE}\r\n{CODE.replace('S001', 'S002')}\n", load())

    assert [carton.serial for carton in cartons] == ["S001", "S002"]


def test_normalised_ignores_how_a_lot_is_written() -> None:
    assert normalise_lot("c1234-c3 ") == normalise_lot("C 1234 C3")


def test_fields_that_are_called_read_are_those_of_a_carton() -> None:
    read = {each.ai for each in load().barcode_fields if each.is_read}

    assert read == {"01", "10", "17", "21"}
    carton = read_carton("0100300231145014" + "17280300" + "10C1234C3\x1d21S1", load())
    assert all((carton.gtin, carton.expires_on, carton.lot, carton.serial))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("00300231145014", "holds no lot and expiry"),
        (f"]d1{CODE}", "none of the GS1 kind"),
        ("[)>\x1e06\x1d9N110375286414\x1d1TABC\x1dD280331\x1e\x04", "PPN"),
        (f"01{BOTOX_100}10A{GS}17280300{GS}10B", "twice and differently"),
        (f"01{BOTOX_100}10C1234C321S00117280331", "run into each other"),
        (f"01{BOTOX_100}17280331" + "10" + "C1234C3" + "21S001000000000000", "run into each other"),
        (f"01{BOTOX_100}17281331" + "10A", "not the code of a medicine"),
    ],
)
def test_read_carton_says_what_is_wrong_with_a_code(text: str, words: str) -> None:
    with pytest.raises(UnreadableCode, match=words):
        read_carton(text, load())


@pytest.mark.parametrize("end", ["\n", "\r", "\r\n", "\t", "\t\n"])
def test_read_cartons_takes_what_a_scanner_sends_behind_a_code(end: str) -> None:
    cartons = read_cartons(f"]d2{CODE}{end}]d2{CODE.replace('S001', 'S002')}{end}", load())

    assert [carton.serial for carton in cartons] == ["S001", "S002"]


def test_read_carton_takes_fields_in_any_order_and_passes_over_others() -> None:
    carton = read_carton(f"21S001{GS}71012345678{GS}10C1{GS}11260101{GS}17280229{GS}01{BOTOX_100}", load())

    assert (carton.serial, carton.lot, carton.expires_on) == ("S001", "C1", date(2028, 2, 29))
