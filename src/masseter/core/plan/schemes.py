"""Which published schemes there are for a patient, the fitting ones first."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from masseter.core.plan.lookup import find_condition
from masseter.core.plan.rules.licence import licence_for
from masseter.knowledge.model import Jurisdiction, Knowledge, Licence, Protocol, Status


@dataclass(frozen=True, kw_only=True)
class Ranked:
    """One scheme of a condition. `is_in_stock` None where the stock is not known."""

    protocol: Protocol
    fits: bool
    licence: Licence | None
    is_in_stock: bool | None

    @property
    def status(self) -> Status:
        """What the use is here; one that no licence speaks of is off-label."""
        return self.licence.status if self.licence else "off_label"


def rank_schemes(
    *,
    condition: str,
    diagnosis: str,
    jurisdiction: Jurisdiction,
    knowledge: Knowledge,
    in_stock: Collection[str] | None = None,
) -> tuple[Ranked, ...]:
    """Every scheme of a condition: first those for the diagnosis, licensed here, with the product in stock.

    `in_stock` are keys of products. Raises: UnknownCondition.
    """
    told = find_condition(knowledge, condition)
    found = [
        Ranked(
            protocol=scheme,
            fits=not scheme.diagnoses or diagnosis in scheme.diagnoses,
            licence=licence_for(
                product=scheme.product,
                protocol=scheme,
                condition=told,
                diagnosis=diagnosis,
                jurisdiction=jurisdiction,
            ),
            is_in_stock=None if in_stock is None else scheme.product in in_stock,
        )
        for scheme in knowledge.protocols.values()
        if scheme.condition == condition
    ]
    return tuple(sorted(found, key=_rank))


def _rank(each: Ranked) -> tuple[bool, bool, bool, int, str]:
    scheme = each.protocol
    return not each.fits, each.status != "licensed", each.is_in_stock is False, scheme.order, scheme.key
