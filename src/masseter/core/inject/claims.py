"""The claim of one treatment: what was given and discarded of each vial, the lines to bill, the codes.

Source: P50b, P50c, P50d, P50e.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from masseter.core.plan.billing import BillingLines, billing_code, billing_lines
from masseter.core.quantities import InvalidQuantity
from masseter.core.rules import UnknownProduct, holds_in
from masseter.knowledge.model import BillingCode, BillingNote, Jurisdiction, Knowledge


@dataclass(frozen=True, kw_only=True)
class VialShare:
    """What a treatment gave and discarded of one vial.

    What is left of the label is still in the vial, or went to another treatment: it is no part of the claim.
    """

    vial: str
    label_units: Decimal
    given: Decimal
    discarded: Decimal

    def __post_init__(self) -> None:
        if self.given < 0 or self.discarded < 0 or self.drawn > self.label_units:
            raise InvalidQuantity("Given and discarded together must lie between nothing and the label.")

    @property
    def drawn(self) -> Decimal:
        return self.given + self.discarded

    @property
    def not_here(self) -> Decimal:
        return self.label_units - self.drawn


@dataclass(frozen=True, kw_only=True)
class ClaimLine:
    """So many billing units under a code with a modifier; `units` of the product they are."""

    code: str
    modifier: str
    billing_units: int
    units: Fraction


@dataclass(frozen=True, kw_only=True)
class Claim:
    """The lines of a treatment. `code` is None where none is on record for the product and the place.

    `unbilled` are the units drawn that no line carries: less than one billing unit is never billed. It is
    below zero where rounding up bills more than was drawn from a vial that others drew from too.
    Always: the lines, `unbilled` and `not_here` together are what the labels of the vials say.
    """

    shares: tuple[VialShare, ...]
    code: BillingCode | None
    lines: tuple[ClaimLine, ...]
    unbilled: Fraction

    @property
    def given(self) -> Decimal:
        return sum((share.given for share in self.shares), Decimal(0))

    @property
    def discarded(self) -> Decimal:
        return sum((share.discarded for share in self.shares), Decimal(0))

    @property
    def not_here(self) -> Decimal:
        return sum((share.not_here for share in self.shares), Decimal(0))

    @property
    def label_units(self) -> Decimal:
        return sum((share.label_units for share in self.shares), Decimal(0))


@dataclass(frozen=True, kw_only=True)
class LineChange:
    """Billing units of one line before and after a correction."""

    code: str
    modifier: str
    before: int
    after: int


def make_claim(
    product: str, shares: Sequence[VialShare], *, knowledge: Knowledge, jurisdiction: Jurisdiction
) -> Claim:
    """The claim of a treatment. Rounded once, over all vials of the treatment.

    Raises: UnknownProduct.
    """
    if product not in knowledge.products:
        raise UnknownProduct(f"There is no product called {product!r}.")
    code = billing_code(product, knowledge, jurisdiction)
    drawn = sum((Fraction(share.drawn) for share in shares), Fraction(0))
    if code is None:
        return Claim(shares=tuple(shares), code=None, lines=(), unbilled=drawn)
    given = sum((Fraction(share.given) for share in shares), Fraction(0))
    lines = _lines(billing_lines(code, given=given, opened=drawn))
    billed = sum((line.units for line in lines), Fraction(0))
    return Claim(shares=tuple(shares), code=code, lines=lines, unbilled=drawn - billed)


def _lines(told: BillingLines) -> tuple[ClaimLine, ...]:
    rows = ((told.no_discard_modifier, told.administered), (told.discarded_modifier, told.discarded))
    return tuple(
        ClaimLine(
            code=told.code, modifier=modifier, billing_units=count, units=count * Fraction(told.per_unit)
        )
        for modifier, count in rows
        if count
    )


def claim_changes(before: Claim, after: Claim) -> tuple[LineChange, ...]:
    """The lines that a correction changed."""
    old = {(line.code, line.modifier): line.billing_units for line in before.lines}
    new = {(line.code, line.modifier): line.billing_units for line in after.lines}
    return tuple(
        LineChange(code=code, modifier=modifier, before=old.get((code, modifier), 0), after=count)
        for (code, modifier), count in {**dict.fromkeys(old, 0), **new}.items()
        if old.get((code, modifier), 0) != count
    )


def procedure_notes(
    condition: str, sites: Collection[str], *, knowledge: Knowledge, jurisdiction: Jurisdiction
) -> tuple[BillingNote, ...]:
    """What the curated table says of the procedure for a condition and the muscles given; often nothing."""
    return tuple(
        note
        for note in knowledge.billing_notes
        if note.kind == "procedure"
        and condition in note.conditions
        and holds_in(note, jurisdiction)
        and (not note.sites or set(note.sites) & set(sites))
    )


def claim_rules(knowledge: Knowledge, jurisdiction: Jurisdiction) -> tuple[BillingNote, ...]:
    """The rules of a claim in a place."""
    return tuple(
        note for note in knowledge.billing_notes if note.kind == "claim" and holds_in(note, jurisdiction)
    )
