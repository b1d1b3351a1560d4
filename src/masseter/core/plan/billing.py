"""Billing units of a treatment: what was given, rounded up, and what was discarded, never above the label.

Source: P50b, P50c, P50d, P50e.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor

from masseter.core.quantities import InvalidQuantity
from masseter.knowledge.model import BillingCode, Jurisdiction, Knowledge


@dataclass(frozen=True, kw_only=True)
class BillingLines:
    """The two lines of a claim, in billing units of a code.

    `discarded_modifier` is empty where nothing is billed as discarded; `no_discard_modifier` is then
    the one that says so.
    """

    code: str
    per_unit: Decimal
    administered: int
    discarded: int
    is_below_one_unit: bool

    @property
    def discarded_modifier(self) -> str:
        """JW on its own line for what was discarded."""
        return "JW" if self.discarded else ""

    @property
    def no_discard_modifier(self) -> str:
        """JZ where nothing, or less than a billing unit, was discarded."""
        return "" if self.discarded or self.is_below_one_unit else "JZ"


def billing_code(product: str, knowledge: Knowledge, jurisdiction: Jurisdiction) -> BillingCode | None:
    """The code of a product in a jurisdiction; None where none is on record."""
    return next(
        (
            each
            for each in knowledge.billing
            if product in each.products and each.jurisdiction == jurisdiction
        ),
        None,
    )


def billing_lines(code: BillingCode, *, given: Fraction, opened: Fraction) -> BillingLines:
    """The lines for units given out of the label units of the vials that were opened.

    Given is rounded up to whole billing units, discarded down, so that both together never exceed
    the label. A dose below one billing unit has no discarded line.
    Raises: InvalidQuantity for a negative dose, or one above what was opened.
    """
    if given < 0 or given > opened:
        raise InvalidQuantity("What was given must lie between nothing and what was opened.")
    per_unit = Fraction(code.units)
    administered = ceil(given / per_unit)
    is_below = 0 < given < per_unit
    rest = opened - administered * per_unit
    discarded = 0 if is_below else max(floor(rest / per_unit), 0)
    return BillingLines(
        code=code.code,
        per_unit=code.units,
        administered=administered,
        discarded=discarded,
        is_below_one_unit=is_below,
    )
