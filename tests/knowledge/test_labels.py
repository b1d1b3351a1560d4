"""What the labels say as data: uses and ages, parts and amounts, keeping, codes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

import masseter
from masseter.core.consult.allergies import allergy_findings
from masseter.core.facts import fact
from masseter.knowledge.check import check_knowledge
from masseter.knowledge.load import load
from masseter.knowledge.model import ExcipientAmount, Indication, Jurisdiction, Product

KNOWN = load()
PRODUCTS = KNOWN.products
ALL = pytest.mark.parametrize("product", PRODUCTS.values(), ids=PRODUCTS.keys())


def problems(product: Product) -> list[str]:
    known = replace(KNOWN, products={**PRODUCTS, product.key: product})
    return [each.sentence for each in check_knowledge(known)]


def licensed_uses() -> Iterator[tuple[str, Jurisdiction, str]]:
    """Product, place and diagnosis of every licence of a condition that names its product."""
    for told in KNOWN.conditions.values():
        treated = [each.code for each in told.diagnoses if each.treatable]
        for row in told.licences:
            if row.status == "licensed" and row.product:
                for code in row.diagnoses or treated:
                    yield row.product, row.jurisdiction, code


def test_amount_of_a_vial_that_does_not_exist_is_refused() -> None:
    botox = PRODUCTS["botox"]
    amount = ExcipientAmount(per="botox-150", value=Decimal(1), unit="mg", evidence=botox.evidence)
    wrong = replace(botox.excipients[0], amounts=(amount,))

    assert "there is no presentation botox-150" in problems(replace(botox, excipients=(wrong,)))


def test_amount_of_nothing_is_refused() -> None:
    botox = PRODUCTS["botox"]
    part = botox.excipients[0]
    nothing = replace(part, amounts=(replace(part.amounts[0], value=Decimal(0)),))

    assert "an amount is above zero" in problems(replace(botox, excipients=(nothing,)))


def test_ranges_that_contradict_are_refused() -> None:
    xeomin, botox = PRODUCTS["xeomin"], PRODUCTS["botox"]
    warm = replace(xeomin.keeping[0], low_c=Decimal(30))
    young = replace(xeomin.indications[0], min_age=18, max_age=17)
    assert botox.excursion is not None
    cold = replace(botox.excursion, low_c=Decimal(40))

    assert "low 30 °C is above high 25 °C" in problems(replace(xeomin, keeping=(warm,)))
    assert "min_age 18 is above max_age 17" in problems(replace(xeomin, indications=(young,)))
    assert "low 40 °C is above high 30 °C" in problems(replace(botox, excursion=cold))


def test_use_for_a_diagnosis_that_does_not_exist_is_refused() -> None:
    xeomin = PRODUCTS["xeomin"]
    wrong = replace(xeomin.indications[0], diagnoses=("hiccups",))

    assert "there is no diagnosis hiccups" in problems(replace(xeomin, indications=(wrong,)))


@pytest.mark.parametrize(("product", "place", "diagnosis"), sorted(set(licensed_uses())))
def test_licence_of_a_condition_stands_in_the_label_too(
    product: str, place: Jurisdiction, diagnosis: str
) -> None:
    uses = [each for each in PRODUCTS[product].indications if diagnosis in each.diagnoses]

    assert any(place in each.jurisdictions for each in uses)


@ALL
def test_use_of_our_conditions_is_licensed_in_its_condition(product: Product) -> None:
    licensed = set(licensed_uses())
    uses: list[Indication] = [each for each in product.indications if each.diagnoses]

    assert [
        each.name
        for each in uses
        for place in each.jurisdictions
        for diagnosis in each.diagnoses
        if (product.key, place, diagnosis) not in licensed
    ] == []


@ALL
def test_dose_of_a_use_is_in_the_product_s_own_units(product: Product) -> None:
    assert {each.units.unit for each in product.indications if each.units} <= {product.unit_label}


@ALL
def test_use_lies_where_the_product_is_licensed(product: Product) -> None:
    places = {place for each in product.indications for place in each.jurisdictions}

    assert places <= set(product.licensed_in)


@ALL
def test_every_allergen_is_named_by_a_part_with_its_own_evidence(product: Product) -> None:
    for allergen in product.allergens:
        known = {"allergies": fact("allergies", (allergen,))}
        (found,) = allergy_findings(product, (), known, KNOWN.observations)
        parts = {part.evidence.sources for part in product.excipients}

        assert (found.code, found.severity) == ("allergy", "stop")
        assert found.sources in parts


@ALL
def test_excursion_without_a_figure_sends_to_the_maker(product: Product) -> None:
    excursion = product.excursion
    assert excursion is not None
    if excursion.hours is None:
        assert "ask the maker" in excursion.text


def test_only_the_botox_of_the_uk_has_a_figure_for_an_excursion() -> None:
    known = {key: each.excursion for key, each in PRODUCTS.items() if each.excursion and each.excursion.hours}

    assert {key: (each.hours, each.jurisdictions, each.evidence.sure) for key, each in known.items()} == {
        "botox": (120, ("UK",), "verified")
    }


def test_type_a_and_type_b_share_an_atc_code_so_that_nothing_may_go_by_it() -> None:
    types = {told.serotype for told in PRODUCTS.values() for code in told.codes if code.code == "M03AX01"}
    source = Path(masseter.__file__).parent

    assert types == {"A", "B"}
    assert [path.name for path in source.rglob("*.py") if "M03AX01" in path.read_text()] == []
