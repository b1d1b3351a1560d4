"""Numbers that one reader takes for another."""

from __future__ import annotations

from pathlib import Path

import pytest

from masseter.core.quantities import Dose, InvalidQuantity, parse_units
from masseter.core.reading import InvalidObservation, read_observation
from tests.adversary.ground import KNOWN, POINTS, TODAY, ask, found, refused, said, spot, stopped, with_first
from tests.adversary.ground import draft as plan
from tests.core.builders import D


def test_comma_for_a_point(tmp_path: Path) -> None:
    """A dose with a decimal comma: 2,5.

    It is read as two and a half, never as 25.
    """
    assert parse_units("2,5") == D("2.5")
    assert ask("check", tmp_path, with_first('"2,5"')) == ask("check", tmp_path, with_first("2.5"))


@pytest.mark.parametrize(
    "typed", ['"1,000"', '"1.000"', "1.000", '"1 000"', "1_000", '"1\'000"', "1,000,000"]
)
def test_marks_for_thousands(typed: str, tmp_path: Path) -> None:
    """A dose with a mark for thousands: 1.000, 1,000, 1 000, 1_000, 1'000.

    One reader sees one unit, another a thousand: refused, whether typed as text or as a number.
    """
    with pytest.raises(InvalidQuantity):
        parse_units(typed.strip('"'))
    assert refused("check", tmp_path, with_first(typed)).startswith("plan.points[0]")


@pytest.mark.parametrize("typed", ["-5", '"-5"', '"−5"', '"–5"'])
def test_negative_dose(typed: str, tmp_path: Path) -> None:
    """A negative dose that would make room under a ceiling for a larger one, with any kind of minus sign.

    Refused at its field; a dose below zero cannot be built.
    """
    assert "units" in refused("check", tmp_path, with_first(typed))
    with pytest.raises(InvalidQuantity):
        Dose(D(-5), "botox")


@pytest.mark.parametrize("typed", ["0", '"0"', "0.0"])
def test_zero_dose(typed: str, tmp_path: Path) -> None:
    """A point with no units, which the list shows as treated.

    Stops: type a dose or remove the point.
    """
    assert "dose-zero" in stopped("check", tmp_path, with_first(typed))


@pytest.mark.parametrize("typed", ["999999", '"999999"', "9999999999", "1e400", '"1e5"', "1e30"])
def test_huge_dose(typed: str, tmp_path: Path) -> None:
    """A dose so large that adding it up takes for ever, or no longer fits.

    Refused at its field, at once.
    """
    assert refused("check", tmp_path, with_first(typed)).startswith("plan.points[0].units")


@pytest.mark.parametrize("typed", [".nan", ".inf", "-.inf", '"NaN"', '"Infinity"', '"inf"'])
def test_not_a_number(typed: str, tmp_path: Path) -> None:
    """NaN or infinity, which is never above a ceiling when compared.

    Refused at its field; neither can be built as a dose.
    """
    assert refused("check", tmp_path, with_first(typed)).startswith("plan.points[0].units")
    for number in ("NaN", "Infinity", "sNaN"):
        with pytest.raises(InvalidQuantity):
            Dose(D(number), "botox")


@pytest.mark.parametrize("typed", ["٢٥", "२५", "２５", "𝟐𝟓", "²", "½", "Ⅴ", '"２５"', '"5²"'])
def test_digits_of_other_scripts(typed: str, tmp_path: Path) -> None:
    """Arabic, Indian, full-width, raised or fraction digits, which a program reads and a nurse may not.

    Refused: only the digits 0 to 9 are a number.
    """
    assert refused("check", tmp_path, with_first(typed)).startswith("plan.points[0].units")


def test_exponents(tmp_path: Path) -> None:
    """A dose in exponent form: 5e1.

    As text it is refused; as a number of the file it is exactly 50, and judged as 50.
    """
    assert refused("check", tmp_path, with_first('"5e1"'))
    assert ask("check", tmp_path, with_first("5e1")) == ask("check", tmp_path, with_first("50"))


@pytest.mark.parametrize("typed", ["0x10", "0o17", "0b11", "010", '"010"', "-010", "007.5"])
def test_other_number_bases(typed: str, tmp_path: Path) -> None:
    """A dose as hexadecimal or octal, or with a zero before it: is 010 eight or ten?

    Refused.
    """
    assert refused("check", tmp_path, with_first(typed)).startswith("plan.points[0].units")


@pytest.mark.parametrize("typed", ["true", "false", '"true"', "[5]", "{units: 5}", "2026-11-25"])
def test_something_else_as_a_number(typed: str, tmp_path: Path) -> None:
    """Yes, a list, a block or a date where a dose belongs; a program may take yes for one.

    Refused at its field.
    """
    assert refused("check", tmp_path, with_first(typed)).startswith("plan.points[0].units")


@pytest.mark.parametrize("typed", ['"5-10"', '"5 U"', '"5 units Dysport"', '"~5"', '"<5"', '"5/2"'])
def test_a_range_or_a_unit_in_the_number(typed: str, tmp_path: Path) -> None:
    """A range, a fraction, or a number with a unit, perhaps another product's.

    Refused: a field holds one number, in units of the plan's product.
    """
    assert refused("check", tmp_path, with_first(typed)).startswith("plan.points[0].units")


@pytest.mark.parametrize("typed", ["~", "null", ""])
def test_no_dose(typed: str, tmp_path: Path) -> None:
    """A point whose dose is left empty, hoping that empty counts as nothing.

    Stops until a dose is typed.
    """
    assert "dose-missing" in stopped("check", tmp_path, with_first(typed))


def test_dose_finer_than_the_product() -> None:
    """A dose finer than the product's units can be given: 10.001 units.

    A caution at that point, which needs a reason.
    """
    assert "dose-too-fine" in said(found(plan(spot(units="10.001"))), "caution")


@pytest.mark.parametrize("typed", ["1.000", "7O", "70kg", "٧٠", "70,5,0", "1e2", "-70", "0", "NaN"])
def test_body_weight_misread(typed: str) -> None:
    """A body weight that could be misread and would lift a ceiling that goes by weight.

    Refused: the same strict reading as for doses, and only within what a person can weigh.
    """
    with pytest.raises(InvalidObservation):
        read_observation(KNOWN.observations["weight_kg"], typed, today=TODAY, reported_by="patient")


@pytest.mark.parametrize("text", ["syringes: 1000000000", "syringes: -1", "syringes: true"])
def test_syringes_without_end(text: str, tmp_path: Path) -> None:
    """A billion syringes, so that the search for vials never ends; or fewer than none.

    The search is bounded, and what no stock holds is said; fewer than none is refused.
    """
    answer = ask("check", tmp_path, f"{POINTS}  {text}\n")
    said = {each.get("code", "bad") for each in answer.get("findings", answer.get("problems", []))}
    assert said & {"vials-short", "bad"}


def test_diluent_that_makes_the_volume_vanish(tmp_path: Path) -> None:
    """So little diluent that no syringe mark is reached, or none at all.

    Stops: nothing would be drawn, or no volume is known.
    """
    assert "nothing-drawn" in stopped("check", tmp_path, POINTS.replace("diluent_ml: 4", "diluent_ml: 0.01"))
    assert "dilution-missing" in stopped("check", tmp_path, POINTS.replace("diluent_ml: 4", "diluent_ml: 0"))


def test_vial_that_holds_more_than_its_label(tmp_path: Path) -> None:
    """A vial size that is told to hold more units than its label, so that every volume is wrong.

    Stops.
    """
    text = POINTS.replace("diluent_ml: 4", "diluent_ml: 4\n  label_units: 400")
    assert "vial-size-wrong" in stopped("check", tmp_path, text)
