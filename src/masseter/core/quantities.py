"""Doses and volumes: exact, bound to a product, read strictly, rounded once by a named rule."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import floor

_NUMBER = re.compile(r"(0|[1-9][0-9]*)(?:[.,]([0-9]+))?")
_MAX_WHOLE_DIGITS_UNITS = 5
_MAX_WHOLE_DIGITS_ML = 3
_MAX_PLACES_UNITS = 3
_MAX_PLACES_ML = 4
_MAX_PLACES_STORED = 9
_MAX_PLACES_READ = 30
_THOUSANDS_GROUP = 3


class QuantityError(ValueError):
    """A dose or volume that cannot be; its text is a sentence for the user."""


class InvalidQuantity(QuantityError):
    """A number that is no plausible dose or volume, or is written so that it could be misread."""


class MixedProducts(QuantityError):
    """Units of two products were brought together; they never add, compare or convert."""


@dataclass(frozen=True)
class Dose:
    """Units of one product.

    Equality across products is False; adding and ordering across products raise MixedProducts.
    Raises: InvalidQuantity for a negative, endless or unnamed dose.
    """

    units: Decimal
    product: str

    def __post_init__(self) -> None:
        _refuse_impossible(self.units, "A dose")
        if not self.product:
            raise InvalidQuantity("A dose needs the product that its units belong to.")

    def __add__(self, other: Dose) -> Dose:
        return Dose(self.units + self._units_of(other), self.product)

    def __sub__(self, other: Dose) -> Dose:
        return Dose(self.units - self._units_of(other), self.product)

    def __lt__(self, other: Dose) -> bool:
        return self.units < self._units_of(other)

    def __le__(self, other: Dose) -> bool:
        return self.units <= self._units_of(other)

    def __gt__(self, other: Dose) -> bool:
        return self.units > self._units_of(other)

    def __ge__(self, other: Dose) -> bool:
        return self.units >= self._units_of(other)

    def _units_of(self, other: Dose) -> Decimal:
        if self.product != other.product:
            raise MixedProducts(f"Units of {self.product} and of {other.product} cannot be brought together.")
        return other.units


@dataclass(frozen=True, order=True)
class Volume:
    """Millilitres. Raises: InvalidQuantity for a negative or endless volume."""

    ml: Decimal

    def __post_init__(self) -> None:
        _refuse_impossible(self.ml, "A volume")

    def __add__(self, other: Volume) -> Volume:
        return Volume(self.ml + other.ml)

    def __sub__(self, other: Volume) -> Volume:
        return Volume(self.ml - other.ml)


def sum_doses(doses: Iterable[Dose], product: str) -> Dose:
    """The sum of doses of one product; zero units of it when there are none.

    Raises: MixedProducts when one of the doses is of another product.
    """
    none = Dose(Decimal(0), product)
    return Dose(sum((none._units_of(dose) for dose in doses), none.units), product)


def parse_units(text: str) -> Decimal:
    """The units that were typed. Raises: InvalidQuantity with a sentence for the field."""
    return _parse(text, "units", _MAX_WHOLE_DIGITS_UNITS, _MAX_PLACES_UNITS)


def parse_ml(text: str) -> Decimal:
    """The millilitres that were typed. Raises: InvalidQuantity with a sentence for the field."""
    return _parse(text, "mL", _MAX_WHOLE_DIGITS_ML, _MAX_PLACES_ML)


def round_to_graduation(volume: Fraction | Decimal, graduation: Decimal) -> Decimal:
    """The nearest mark of the syringe; half-way between two marks the lower one, so the smaller dose.

    Raises: InvalidQuantity for a negative volume or a graduation that is not above zero.
    Source: P42.
    """
    _refuse_impossible(graduation, "A graduation")
    if not graduation:
        raise InvalidQuantity("A graduation must be above zero.")
    if volume < 0:
        raise InvalidQuantity("A volume cannot be negative.")
    return _nearest_multiple(Fraction(volume), graduation)


def shown_units(units: Fraction | Decimal, step: Decimal) -> Decimal:
    """Units as they are printed: nearest step of the product, half-way the lower one; never computed on."""
    return round_to_graduation(units, step)


def plain(number: Decimal | Fraction, places: int = 4) -> str:
    """A number for a sentence: leading zero, no trailing zeros, no exponent."""
    exact = number if isinstance(number, Decimal) else Decimal(number.numerator) / number.denominator
    text = f"{exact:.{places}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _nearest_multiple(volume: Fraction, graduation: Decimal) -> Decimal:
    marks = volume / Fraction(graduation)
    lower = floor(marks)
    return graduation * (lower if marks - lower <= Fraction(1, 2) else lower + 1)


def _refuse_impossible(number: Decimal, name: str) -> None:
    if not number.is_finite():
        raise InvalidQuantity(f"{name} must be a finite number.")
    if number.is_signed() and number:
        raise InvalidQuantity(f"{name} cannot be negative.")
    places = -int(number.as_tuple().exponent)
    is_absurd = number.adjusted() > _MAX_PLACES_STORED or places > _MAX_PLACES_READ
    if is_absurd or (places > _MAX_PLACES_STORED and Fraction(number) * 10**_MAX_PLACES_STORED % 1):
        raise InvalidQuantity(f"{name} cannot be that large or have so many decimal places.")


def _parse(text: str, unit: str, whole_digits: int, places: int) -> Decimal:
    typed = text.strip()
    if not typed:
        raise InvalidQuantity(f"Type a number of {unit}.")
    match = _NUMBER.fullmatch(typed)
    if not match:
        raise InvalidQuantity(
            f"Write {unit} with the digits 0 to 9 and at most one point or comma, for example 2.5."
        )
    whole, fraction = match[1], match[2] or ""
    _refuse_thousands(whole, fraction, unit)
    if len(whole) > whole_digits:
        raise InvalidQuantity(f"That is too large for {unit}; check the number.")
    if len(fraction) > places:
        raise InvalidQuantity(f"Write {unit} with at most {places} decimal places.")
    return Decimal(f"{whole}.{fraction}" if fraction else whole)


def _refuse_thousands(whole: str, fraction: str, unit: str) -> None:
    """Refuse '1,000' and '1.000': one reader sees one, another a thousand."""
    if len(fraction) == _THOUSANDS_GROUP and whole != "0" and len(whole) <= _THOUSANDS_GROUP:
        raise InvalidQuantity(
            f"This could mean thousands or decimals. Write {unit} without a separator for thousands, "
            "and with one, two or no digits after the decimal point."
        )
