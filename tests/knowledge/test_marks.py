"""What is shipped says no more than its sources do: marks, borrowed numbers, and words for patients."""

from __future__ import annotations

import pytest

from masseter.core.answers import Answer
from masseter.knowledge.load import load
from tests.knowledge.meeting import answer

KNOWLEDGE = load()


@pytest.mark.parametrize(
    "key", ["hfs_start_botox", "hfs_orbital_four_botox", "hfs_start_dysport", "blepharospasm_dysport"]
)
def test_us_licence_is_not_verified_from_a_european_label(key: str) -> None:
    licences = KNOWLEDGE.protocols[key].licences
    us = [each.evidence for each in licences if each.jurisdiction == "US"]

    assert us
    for evidence in us:
        assert evidence.sure == "from_memory"
        assert not {"L2", "L4", "L8", "P18"} & set(evidence.sources)


@pytest.mark.parametrize("key", ["hfs_start_dysport", "blepharospasm_dysport"])
def test_dysport_in_the_eu_is_said_alike_by_condition_and_protocol(key: str) -> None:
    of_protocol = [each for each in KNOWLEDGE.protocols[key].licences if each.jurisdiction == "EU"]
    of_condition = [
        each
        for each in KNOWLEDGE.conditions["facial_spasm"].licences
        if (each.jurisdiction, each.product) == ("EU", "dysport")
    ]

    for licence in (*of_protocol, *of_condition):
        assert "parts of the EU" in licence.text
        assert licence.evidence.sure == "from_memory"


def test_gtin_that_was_computed_is_not_verified() -> None:
    derived = [
        presentation
        for product in KNOWLEDGE.products.values()
        for presentation in product.presentations
        if presentation.gtins and "derived" in presentation.evidence.note
    ]

    assert derived
    assert {each.evidence.sure for each in derived} == {"design"}


def test_pair_with_a_volume_from_memory_is_from_memory() -> None:
    assert {pair.evidence.sure for pair in KNOWLEDGE.products["daxxify"].label_pairs} == {"from_memory"}


def test_code_seen_for_another_name_is_from_memory() -> None:
    spasm = KNOWLEDGE.conditions["facial_spasm"]
    synkinesis = next(each for each in spasm.diagnoses if each.code == "synkinesis")

    assert {code.evidence.sure for code in synkinesis.codes if code.code == "G51.8"} == {"from_memory"}


@pytest.mark.parametrize("site", ["skin_v1", "skin_v2", "skin_v3", "mucosa_mental", "zygomaticus_major"])
def test_needle_depth_and_landmark_from_memory_say_so(site: str) -> None:
    told = KNOWLEDGE.sites[site]

    assert {each.evidence.sure for each in (told.depth, told.needle, told.landmark)} == {"from_memory"}


def test_patients_are_told_that_the_largest_neuralgia_trial_used_another_product() -> None:
    neuralgia = KNOWLEDGE.conditions["trigeminal_neuralgia"]
    band = KNOWLEDGE.response_bands["neuralgia_pain"]

    assert all("another product" in figure.text for figure in neuralgia.story.figures)
    assert any("not approved here" in text.text for text in neuralgia.story.how_well)
    assert "another product" in band.words.text


@pytest.mark.parametrize("code", ["ptnp", "pifp", "burning_mouth_syndrome"])
@pytest.mark.parametrize(
    ("months", "expected"), [(3, Answer.NOT_MET), (4, Answer.MET), (None, Answer.UNKNOWN)]
)
def test_face_pain_is_long_lasting_after_more_than_three_months(
    code: str, months: int | None, expected: Answer
) -> None:
    condition = KNOWLEDGE.conditions["chronic_facial_pain"]
    diagnosis = next(each for each in condition.diagnoses if each.code == code)
    chronic = next(each for each in diagnosis.criteria if each.code == "chronic")

    assert answer(chronic.rule, {"pain_months": months}) is expected


def test_brands_of_one_toxin_have_one_name() -> None:
    names = {key: product.inn for key, product in KNOWLEDGE.products.items()}

    assert names["jeuveau"] == names["nuceiva"]
    assert names["botox"] == names["botox_cosmetic"]
    assert names["dysport"] == names["azzalure"] == names["alluzience"]
    assert names["xeomin"] == names["bocouture"]
    assert names["myobloc"] == names["neurobloc"]


def test_neuralgia_of_the_first_division_alone_keeps_within_its_scheme() -> None:
    scheme = KNOWLEDGE.protocols["tn_low_botox"]
    first = next(part for part in scheme.sites if part.site == "skin_v1")

    assert scheme.total_units.low == first.points * first.units_per_point.low


def test_advice_of_custom_rests_on_no_study() -> None:
    advice = {each.code: each.evidence for each in KNOWLEDGE.aftercare}

    assert advice["first_hours"].sources == advice["first_day_exercise"].sources == ("RECALL",)
