"""Reporting an unwanted effect to the authority: where, what it asks for, and which lot was given."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from masseter.journey.inject.models import Treatment, VialUse
from masseter.knowledge.load import load
from masseter.knowledge.model import Jurisdiction


@dataclass(frozen=True, kw_only=True)
class Reporting:
    """The scheme of a place, its fields in words, and product and lots as the report wants them."""

    name: str
    address: str
    minimum: str
    fields: tuple[str, ...]
    given: str


def reporting_of(treatment: Treatment, jurisdiction: Jurisdiction) -> Reporting | None:
    """How the effect of a treatment is reported in a place; None where no scheme is known."""
    scheme = next((each for each in load().report_schemes if each.jurisdiction == jurisdiction), None)
    if scheme is None:
        return None
    return Reporting(
        name=scheme.name,
        address=scheme.address,
        minimum=scheme.minimum.text,
        fields=tuple(each.text for each in scheme.fields),
        given=_given(treatment, treatment.vial_uses.select_related("vial__lot")),
    )


def _given(treatment: Treatment, uses: Iterable[VialUse]) -> str:
    """Brand and batch, without which a report about a biological medicine is of little use."""
    told = load().products.get(treatment.product)
    brand = told.brand if told is not None else treatment.product
    lots = {f"lot {use.vial.lot.number}, expiry {use.vial.lot.expires_on:%d %B %Y}" for use in uses}
    return "; ".join((brand, *sorted(lots)))
