"""The text of a consent, for every condition and jurisdiction."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, cast

import pytest

from masseter.core.consult.consent import consent_text, is_off_label
from masseter.core.rules import UnknownProduct
from masseter.knowledge.load import load
from masseter.knowledge.model import Jurisdiction, Licence
from tests.core.builders import EVIDENCE, condition

CONDITIONS = [
    "tmd",
    "bruxism",
    "chronic_migraine",
    "facial_spasm",
    "trigeminal_neuralgia",
    "chronic_facial_pain",
]
JURISDICTIONS = ["US", "EU", "UK"]


def text_for(name: str, jurisdiction: str, diagnosis: str = "", product: str = ""):  # type: ignore[no-untyped-def]  # a test's shorthand
    return consent_text(
        condition=load().conditions[name],
        knowledge=load(),
        jurisdiction=cast(Jurisdiction, jurisdiction),
        diagnosis=diagnosis,
        product=product,
    )


def test_a_product_that_does_not_exist_is_refused() -> None:
    with pytest.raises(UnknownProduct, match=r"^There is no product called 'botulox'\.$"):
        text_for("tmd", "UK", product="botulox")


@pytest.mark.parametrize("jurisdiction", JURISDICTIONS)
@pytest.mark.parametrize("condition", ["tmd", "bruxism", "trigeminal_neuralgia", "chronic_facial_pain"])
def test_an_unlicensed_use_says_that_it_is_off_label(condition: str, jurisdiction: str) -> None:
    text = text_for(condition, jurisdiction, product="botox")

    assert text.is_off_label
    assert "This use is off-label" in [section.title for section in text.sections]


@pytest.mark.parametrize("jurisdiction", JURISDICTIONS)
def test_botox_for_chronic_migraine_is_licensed(jurisdiction: str) -> None:
    text = text_for("chronic_migraine", jurisdiction, diagnosis="chronic_migraine", product="botox")

    assert not text.is_off_label


@pytest.mark.parametrize("condition", CONDITIONS)
@pytest.mark.parametrize("jurisdiction", JURISDICTIONS)
def test_every_text_says_risks_other_ways_and_that_one_may_withdraw(
    condition: str, jurisdiction: str
) -> None:
    titles = [section.title for section in text_for(condition, jurisdiction).sections]
    words = " ".join(
        line for section in text_for(condition, jurisdiction).sections for line in section.paragraphs
    )

    assert {"What is done", "What can go wrong", "Other ways to be treated", "My rights"} <= set(titles)
    assert "withdraw" in words


def test_another_product_is_another_version() -> None:
    assert text_for("tmd", "UK", product="botox").version != text_for("tmd", "UK", product="xeomin").version
    assert text_for("tmd", "UK").version == text_for("tmd", "UK").version


def test_without_a_product_a_use_is_off_label_unless_all_are_licensed() -> None:
    assert is_off_label(load().conditions["tmd"], jurisdiction="UK")


@pytest.mark.parametrize(
    ("use", "is_off"),
    [
        ({"jurisdiction": "UK", "diagnosis": "muscle", "product": "alfa"}, False),
        ({"jurisdiction": "US", "diagnosis": "muscle", "product": "alfa"}, True),
        ({"jurisdiction": "UK", "diagnosis": "disc", "product": "alfa"}, True),
        ({"jurisdiction": "UK", "diagnosis": "muscle", "product": "beta"}, True),
        ({"jurisdiction": "UK", "product": "alfa"}, True),
        ({"jurisdiction": "UK", "diagnosis": "muscle"}, True),
        ({"jurisdiction": "EU"}, False),
        ({"jurisdiction": "EU", "product": "beta"}, False),
        ({"jurisdiction": "EU", "product": "alfa"}, True),
        ({"jurisdiction": "US"}, True),
    ],
)
def test_use_is_licensed_for_one_place_diagnosis_and_product_or_for_every_product(
    use: dict[str, Any], is_off: bool
) -> None:
    """A product's own row wins over the row for all, also where it says less."""
    own = Licence(
        jurisdiction="UK",
        status="licensed",
        text="Own.",
        evidence=EVIDENCE,
        product="alfa",
        diagnoses=("muscle",),
    )
    for_all = Licence(jurisdiction="EU", status="licensed", text="All.", evidence=EVIDENCE)
    less = replace(for_all, product="alfa", status="off_label")
    place = condition(licences=(own, for_all, less))

    assert is_off_label(place, **use) is is_off


@pytest.mark.parametrize("jurisdiction", JURISDICTIONS)
def test_text_for_any_product_says_the_truth_of_each(jurisdiction: str) -> None:
    text = text_for("chronic_migraine", jurisdiction, diagnosis="chronic_migraine")

    (licence,) = (section for section in text.sections if "depends on the product" in section.title)
    assert text.licensed == ("botox",)
    assert licence.paragraphs[0].startswith("With Botox this use is licensed here.")
    assert "off-label" in licence.paragraphs[0]


def test_text_for_any_product_of_an_unlicensed_use_is_off_label_for_all() -> None:
    text = text_for("tmd", "UK")

    assert (text.is_off_label, text.licensed) == (True, ())


def test_text_names_the_diagnosis() -> None:
    text = text_for("chronic_migraine", "UK", diagnosis="chronic_migraine", product="botox")

    assert "Diagnosis: Chronic migraine" in text.sections[0].paragraphs[0]


def test_another_diagnosis_is_another_version() -> None:
    with_it = text_for("chronic_migraine", "UK", diagnosis="chronic_migraine", product="botox")

    assert with_it.version != text_for("chronic_migraine", "UK", product="botox").version


@pytest.mark.parametrize(
    ("condition", "is_told"), [("facial_spasm", True), ("chronic_migraine", False), ("tmd", False)]
)
def test_a_rate_counted_in_one_condition_is_told_there_alone(condition: str, is_told: bool) -> None:
    words = " ".join(line for section in text_for(condition, "UK").sections for line in section.paragraphs)

    assert ("16.7 of 100" in words) is is_told
