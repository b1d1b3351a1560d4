"""Each scheme as it comes out for a patient: proposed whole, within its total, and drawable."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from masseter.core.plan.propose import Proposal, propose_points
from masseter.core.plan.reconstitute import draw_up
from masseter.core.plan.types import PlanDraft
from masseter.knowledge.load import load
from masseter.knowledge.model import Protocol, Side

KNOWLEDGE = load()
PROTOCOLS = KNOWLEDGE.protocols
ALL = pytest.mark.parametrize("protocol", PROTOCOLS.values(), ids=PROTOCOLS.keys())
DRAWN = [protocol for protocol in PROTOCOLS.values() if protocol.dilution_ml is not None]
BAND = Fraction(KNOWLEDGE.practice.rounding_accept_percent.value) / 100
DIVISIONS: dict[str, tuple[str, ...]] = {"tn_case_sixteen_botox": ("skin_v1", "skin_v2")}


def propose(protocol: Protocol) -> Proposal:
    """The scheme for a patient with pain in every muscle, and in one division of the nerve, on the left."""
    skin = DIVISIONS.get(protocol.key, ("skin_v2",))
    sites = [code for code, site in KNOWLEDGE.sites.items() if site.region != "skin" or code in skin]
    sides: tuple[Side, ...] = ("left", "right")
    return propose_points(
        protocol=protocol.key,
        knowledge=KNOWLEDGE,
        product=protocol.product,
        affected_side="left",
        painful_sites=[(site, side) for site in sites for side in sides],
    )


@ALL
def test_proposal_has_a_dose_at_every_point(protocol: Protocol) -> None:
    points = propose(protocol).points

    assert points
    assert all(point.units for point in points)


@ALL
def test_proposal_lies_within_the_published_total(protocol: Protocol) -> None:
    total = sum((point.units or Decimal(0) for point in propose(protocol).points), Decimal(0))

    assert protocol.total_units.low <= total <= protocol.total_units.high


@ALL
def test_proposal_treats_the_unaffected_side_only_where_both_are_meant(protocol: Protocol) -> None:
    is_one_sided = all(part.sides == "affected" for part in protocol.sites)

    sides = {point.side for point in propose(protocol).points}

    assert sides == {"left"} or not is_one_sided


@pytest.mark.parametrize("protocol", DRAWN, ids=[protocol.key for protocol in DRAWN])
def test_proposal_can_be_drawn_within_the_accepted_rounding(protocol: Protocol) -> None:
    product = KNOWLEDGE.products[protocol.product]
    vial = next(each for each in product.presentations if each.label_units == protocol.dilution_label_units)
    plan = PlanDraft(
        product=product.key,
        presentation=vial.key,
        protocol=protocol.key,
        condition=protocol.condition,
        diagnosis=protocol.diagnoses[0],
        points=propose(protocol).points,
        diluent_ml=protocol.dilution_ml,
        label_units=vial.label_units,
    )

    draws = draw_up(plan, KNOWLEDGE).draws

    assert draws
    assert all(
        abs(draw.delivered - Fraction(draw.planned)) <= BAND * Fraction(draw.planned) for draw in draws
    )


def test_migraine_point_is_drawn_as_the_label_prints_it() -> None:
    protocol = PROTOCOLS["migraine_label_155_botox"]
    plan = PlanDraft(
        product="botox",
        presentation="botox-200",
        protocol=protocol.key,
        condition="chronic_migraine",
        diagnosis="chronic_migraine",
        points=propose(protocol).points,
        diluent_ml=Decimal(4),
        label_units=Decimal(200),
    )

    draws = draw_up(plan, KNOWLEDGE).draws

    assert {draw.drawn_ml for draw in draws} == {Decimal("0.1")}
    assert sum(draw.drawn_ml for draw in draws) == Decimal("3.1")


def test_other_product_leaves_every_dose_empty() -> None:
    protocol = PROTOCOLS["migraine_label_155_botox"]

    points = propose_points(protocol=protocol.key, knowledge=KNOWLEDGE, product="dysport").points

    assert {point.units for point in points} == {None}
