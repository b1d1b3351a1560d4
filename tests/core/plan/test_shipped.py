"""The shipped protocols and products under the plan's own rules."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from masseter.core.plan.check import check_plan
from masseter.core.plan.propose import propose_points, standard_point
from masseter.core.plan.totals import add_up
from masseter.core.plan.types import PlanDraft, PlannedPoint
from masseter.knowledge.load import DATA, read
from masseter.knowledge.model import Jurisdiction, Knowledge, Side
from tests.core.builders import TODAY, condition
from tests.core.plan.builders import patient

KNOWLEDGE: Knowledge = read(DATA)[0]
PROTOCOLS = sorted(KNOWLEDGE.protocols)


def draft_of(key: str) -> PlanDraft:
    """The protocol's own start where everything hurts on the left, in the label's first dilution."""
    scheme = KNOWLEDGE.protocols[key]
    product = KNOWLEDGE.products[scheme.product]
    proposal = propose_points(
        protocol=key,
        knowledge=KNOWLEDGE,
        product=scheme.product,
        affected_side="left",
        painful_sites=[(part.site, "left") for part in scheme.sites],
    )
    row = product.dilutions[0] if product.dilutions else None
    label_units = row.label_units if row else product.presentations[0].label_units
    size = next(each for each in product.presentations if each.label_units == label_units)
    return PlanDraft(
        product=product.key,
        presentation=size.key,
        protocol=key,
        condition=scheme.condition,
        diagnosis=scheme.diagnoses[0] if scheme.diagnoses else "",
        points=proposal.points,
        diluent_ml=row.diluent_ml if row else None,
        graduation_ml=Decimal("0.01"),
    )


@pytest.mark.parametrize("key", PROTOCOLS)
def test_shipped_protocol_proposes_a_plan_that_breaks_no_rule_of_its_own(key: str) -> None:
    draft = draft_of(key)
    bare = condition(code=draft.condition)
    known = replace(KNOWLEDGE, conditions={draft.condition: bare}, precautions=())

    findings = check_plan(plan=draft, patient=patient(), knowledge=known, jurisdiction="US", today=TODAY)

    about_points = {
        each.code
        for each in findings
        if each.severity == "stop"
        or each.code.startswith(("dose-", "point-", "site-not", "same-spot", "upper", "lower", "over-limit"))
    }
    assert about_points - {"nothing-drawn"} == set()


@pytest.mark.parametrize("key", PROTOCOLS)
def test_shipped_protocol_starts_within_its_published_total(key: str) -> None:
    scheme, draft = KNOWLEDGE.protocols[key], draft_of(key)

    total = add_up(draft.points, draft.product).whole

    assert total.without_dose == 0
    assert total.units <= scheme.total_units.high
    if all(part.sides != "affected" and not part.only_if_painful for part in scheme.sites):
        assert total.units >= scheme.total_units.low


@pytest.mark.parametrize("key", sorted(KNOWLEDGE.products))
def test_shipped_product_stops_for_an_allergy_to_any_of_its_allergens(key: str) -> None:
    product = KNOWLEDGE.products[key]
    known = replace(KNOWLEDGE, conditions={"tmd": condition()}, precautions=())
    draft = PlanDraft(product=key, presentation="", protocol="", condition="tmd", diagnosis="")

    for allergen in product.allergens:
        findings = check_plan(
            plan=draft,
            patient=patient(allergies=(allergen,)),
            knowledge=known,
            jurisdiction="US",
            today=TODAY,
        )
        assert "allergy" in {each.code for each in findings if each.severity == "stop"}
    assert product.allergens


@pytest.mark.parametrize(
    ("key", "allergen", "sure"),
    [
        ("botox", "human_albumin", "verified"),
        ("dysport", "cows_milk_protein", "from_memory"),
        ("daxxify", "polysorbate", "from_memory"),
        ("daxxify", "rtp004", "verified"),
    ],
)
def test_shipped_allergy_shows_how_sure_its_component_is(key: str, allergen: str, sure: str) -> None:
    draft = PlanDraft(product=key, presentation="", protocol="", condition="tmd", diagnosis="")

    findings = check_plan(
        plan=draft,
        patient=patient(allergies=(allergen,)),
        knowledge=KNOWLEDGE,
        jurisdiction="US",
        today=TODAY,
    )

    assert {each.sure for each in findings if each.code == "allergy"} == {sure}


def eye_plan(diagnosis: str, each: str, *sites: str) -> PlanDraft:
    """One point in each of these sites on the left, with Botox for a spasm."""
    planned = [
        PlannedPoint(
            id=f"{KNOWLEDGE.sites[site].abbreviation}-L-x{number}",
            site=site,
            side="left",
            number=f"x{number}",
            view="front",
            x=Decimal(100 + 9 * number),
            y=Decimal(200),
            units=Decimal(each),
        )
        for number, site in enumerate(sites, start=1)
    ]
    return PlanDraft(
        product="botox",
        presentation="botox-200",
        protocol="",
        condition="facial_spasm",
        diagnosis=diagnosis,
        points=tuple(planned),
        diluent_ml=Decimal(4),
        graduation_ml=Decimal("0.01"),
    )


def limit_codes(draft: PlanDraft, jurisdiction: Jurisdiction) -> set[str]:
    findings = check_plan(
        plan=draft, patient=patient(), knowledge=KNOWLEDGE, jurisdiction=jurisdiction, today=TODAY
    )
    return {each.code for each in findings if each.code.startswith("over-limit")}


@pytest.mark.parametrize(
    ("jurisdiction", "each", "code"),
    [("UK", "50.05", "over-limit-botox_eyelid_eu"), ("US", "100.05", "over-limit-botox_eyelid_us")],
)
def test_eyelid_ceiling_counts_every_muscle_of_the_treatment(
    jurisdiction: Jurisdiction, each: str, code: str
) -> None:
    over = eye_plan("blepharospasm", each, "orbicularis_oculi", "corrugator")
    kept = eye_plan("blepharospasm", str(Decimal(each) - Decimal("0.05")), "orbicularis_oculi", "corrugator")

    assert code in limit_codes(over, jurisdiction)
    assert code not in limit_codes(kept, jurisdiction)


@pytest.mark.parametrize("diagnosis", ["blepharospasm", "hemifacial_spasm"])
def test_first_ceiling_is_for_one_eye_and_counts_its_whole_side(diagnosis: str) -> None:
    sites = ("orbicularis_oculi", "corrugator")

    assert "over-limit-botox_first_eye" in limit_codes(eye_plan(diagnosis, "12.55", *sites), "EU")
    assert "over-limit-botox_first_eye" not in limit_codes(eye_plan(diagnosis, "12.5", *sites), "EU")


FOLLOW = "migraine_follow_pain_botox"


def follow(*hurts: tuple[str, Side]) -> tuple[PlannedPoint, ...]:
    """The follow-the-pain scheme with every optional muscle chosen, where these hurt."""
    return propose_points(
        protocol=FOLLOW,
        knowledge=KNOWLEDGE,
        product="botox",
        painful_sites=hurts,
        include_optional=["temporalis", "occipitalis", "trapezius"],
    ).points


def test_all_extra_points_may_go_to_one_side_and_end_at_195_units() -> None:
    points = follow(("temporalis", "left"), ("occipitalis", "left"), ("trapezius", "left"))

    totals = add_up(points, "botox")
    assert (totals.whole.points, totals.whole.units) == (39, 195)
    assert {site: totals.by_site[site].units for site in ("temporalis", "occipitalis", "trapezius")} == {
        "temporalis": 50,
        "occipitalis": 40,
        "trapezius": 50,
    }
    assert totals.by_site_side["trapezius", "left"].points == 7
    assert totals.by_site_side["trapezius", "right"].points == 3
    assert "extra-points-over" not in migraine_codes(points)


def test_pain_on_both_sides_gets_no_more_points_than_pain_on_one() -> None:
    sides: tuple[Side, ...] = ("left", "right")
    points = follow(*((site, side) for site in ("temporalis", "occipitalis", "trapezius") for side in sides))

    totals = add_up(points, "botox")
    assert (totals.whole.points, totals.whole.units) == (39, 195)
    assert totals.by_side["left"] == totals.by_side["right"]


def test_pain_at_forehead_and_neck_adds_nothing() -> None:
    assert len(follow(("frontalis", "left"), ("cervical_paraspinal", "left"))) == 31


@pytest.mark.parametrize("site", ["temporalis", "occipitalis", "trapezius"])
def test_one_point_more_than_the_pool_is_found_though_it_replaces_another(site: str) -> None:
    points = follow((site, "left"))
    more = standard_point(KNOWLEDGE.sites[site], "right", "5", Decimal(5))
    less = tuple(point for point in points if point.site != "frontalis")

    assert "extra-points-over" in migraine_codes((*less, more))


def migraine_codes(points: tuple[PlannedPoint, ...]) -> set[str]:
    draft = replace(draft_of(FOLLOW), points=points)
    findings = check_plan(plan=draft, patient=patient(), knowledge=KNOWLEDGE, jurisdiction="UK", today=TODAY)
    return {each.code for each in findings}
