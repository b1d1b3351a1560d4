from __future__ import annotations

from datetime import date

import pytest

from masseter.core.facts import Facts, fact
from masseter.core.findings import Finding
from masseter.core.follow_up.recommend import recommend
from masseter.core.follow_up.safety import findings_at_review
from masseter.core.rules import UnknownProduct
from masseter.knowledge.load import load

KNOWN = load()
TMD = KNOWN.conditions["tmd"]


def allergic_to(*codes: str) -> Facts:
    return {"allergies": fact("allergies", codes)}


def found(facts: Facts, product: str) -> dict[str, Finding]:
    findings = findings_at_review(
        condition=TMD, knowledge=KNOWN, facts=facts, jurisdiction="UK", product=product
    )
    return {finding.code: finding for finding in findings}


def advice(facts: Facts, product: str) -> set[tuple[str, str]]:
    findings = findings_at_review(
        condition=TMD, knowledge=KNOWN, facts=facts, jurisdiction="UK", product=product
    )
    result = recommend(
        condition=TMD,
        knowledge=KNOWN,
        facts=facts,
        jurisdiction="UK",
        findings=findings,
        product=product,
    )
    return {(reason.code, reason.recommends) for reason in result.reasons}


def test_review_of_a_product_that_does_not_exist_is_refused() -> None:
    with pytest.raises(UnknownProduct):
        found({}, "water")


@pytest.mark.parametrize(
    ("allergy", "product", "code"),
    [
        ("human_albumin", "botox", "allergy-albumin"),
        ("cows_milk_protein", "dysport", "allergy-milk-protein"),
        ("polysorbate", "daxxify", "allergy-polysorbate"),
        ("sucrose", "xeomin", "allergy"),
        ("lactose", "dysport", "allergy"),
    ],
)
def test_allergy_to_the_product_in_use_ends_the_treatment(allergy: str, product: str, code: str) -> None:
    facts = allergic_to(allergy)

    assert found(facts, product)[code].severity == "stop"
    assert (code, "stop") in advice(facts, product)


@pytest.mark.parametrize(("allergy", "product"), [("cows_milk_protein", "botox"), ("sucrose", "botox")])
def test_allergy_to_another_product_does_not_end_the_treatment(allergy: str, product: str) -> None:
    facts = allergic_to(allergy)

    assert not {code for code, says in advice(facts, product) if says == "stop"}


def test_age_limit_of_a_product_that_is_not_in_use_is_not_said() -> None:
    facts = {"age_years": fact("age_years", 70, observed_on=date(2026, 11, 25))}

    assert "cosmetic-65" not in found(facts, "botox")
    assert found(facts, "")["cosmetic-65"].severity == "note"


def test_before_a_first_treatment_an_allergy_to_one_product_only_warns() -> None:
    facts = allergic_to("human_albumin")

    assert found(facts, "")["allergy-albumin"].severity == "caution"
    assert "allergy" not in found(facts, "")
