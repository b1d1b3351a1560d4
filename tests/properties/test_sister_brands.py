"""A proven ceiling of one brand holds for every brand of the same toxin."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from masseter.core.findings import Finding
from masseter.core.plan.check import check_plan
from masseter.core.plan.types import Earlier, PlanDraft
from masseter.knowledge.load import load
from masseter.knowledge.model import Limit
from tests.core.builders import TODAY
from tests.core.plan.builders import patient, point

SISTERS = [
    (limit, other.key)
    for product, other in permutations(load().products.values(), 2)
    for limit in product.limits
    if product.inn == other.inn
    and limit.scope in ("per_session", "in_interval")
    and limit.severity == "stop"
    and limit.evidence.sure == "verified"
]


def judged(limit: Limit, product: str, units: Decimal, *earlier: Earlier) -> set[str]:
    """The stops of one point in the use that the ceiling is about."""
    condition = next(
        code
        for code, each in load().conditions.items()
        if not limit.diagnoses or limit.diagnoses[0] in {one.code for one in each.diagnoses}
    )
    spot = point(site=limit.sites[0] if limit.sites else "masseter", units=units)
    draft = PlanDraft(
        product=product,
        presentation=load().products[product].presentations[0].key,
        protocol="",
        condition=condition,
        diagnosis=limit.diagnoses[0] if limit.diagnoses else "",
        points=(spot,),
    )
    findings: tuple[Finding, ...] = check_plan(
        plan=draft,
        patient=patient(),
        knowledge=load(),
        jurisdiction=limit.jurisdictions[0] if limit.jurisdictions else "UK",
        today=TODAY,
        earlier=earlier,
    )
    return {each.code for each in findings if each.is_stop and each.code.startswith("over-limit-")}


@pytest.mark.parametrize(("limit", "product"), SISTERS, ids=lambda each: getattr(each, "code", each))
@given(tenths=st.integers(1, 9000))
def test_no_brand_gets_round_a_proven_ceiling_of_its_toxin(limit: Limit, product: str, tenths: int) -> None:
    above, within = limit.units + Decimal(tenths) / 10, limit.units - Decimal(tenths) / 10

    assert judged(limit, product, above)
    if within > 0 and limit.scope == "in_interval":
        day = TODAY - timedelta(days=1)
        assert judged(limit, product, within, Earlier(given_on=day, product=product, units=limit.units))


def test_there_are_sister_brands_to_judge() -> None:
    pairs = {(limit.code, product) for limit, product in SISTERS}

    assert {("xeomin_400_session", "bocouture"), ("dysport_1500_session", "azzalure")} <= pairs
    assert ("dysport_1500_session", "alluzience") in pairs
