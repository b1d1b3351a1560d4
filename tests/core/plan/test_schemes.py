"""Which schemes there are: for the diagnosis first, then licensed here, then with the product at hand."""

from __future__ import annotations

from typing import Any

import pytest

from masseter.core.plan.lookup import UnknownCondition
from masseter.core.plan.schemes import rank_schemes
from masseter.knowledge.load import load
from tests.core.builders import condition
from tests.core.plan.builders import knowledge, licence, protocol

Loose = Any  # whichever field a test wants different


def ranked(*schemes: Loose, **fields: Loose) -> list[tuple[str, bool, str]]:
    known = knowledge(
        protocols={each.key: each for each in schemes}, conditions={"tmd": condition(licences=())}
    )
    told = {"condition": "tmd", "diagnosis": "myalgia", "jurisdiction": "UK", "knowledge": known, **fields}
    return [(each.protocol.key, each.fits, each.status) for each in rank_schemes(**told)]


def licensed(key: str, **fields: Loose) -> Loose:
    return protocol(key, licences=(licence(),), **fields)


def test_unknown_condition_is_an_error() -> None:
    with pytest.raises(UnknownCondition):
        ranked(condition="gout")


def test_scheme_of_another_condition_is_none_for_this_one() -> None:
    assert ranked(protocol("a", condition="bruxism")) == []


def test_use_that_no_licence_speaks_of_is_off_label() -> None:
    assert ranked(protocol("a")) == [("a", True, "off_label")]
    assert ranked(licensed("a"), jurisdiction="US") == [("a", True, "off_label")]


def test_scheme_for_the_diagnosis_comes_before_a_licensed_one_for_another() -> None:
    other, own = licensed("a", diagnoses=("tension",)), protocol("b", diagnoses=("myalgia",))

    assert [key for key, *_ in ranked(other, own)] == ["b", "a"]


def test_licensed_scheme_comes_before_one_that_is_at_hand_and_that_before_the_order() -> None:
    first, second, third = protocol("a", product="beta"), protocol("b", order=2), licensed("c", order=3)

    assert [key for key, *_ in ranked(first, second, third, in_stock={"alfa"})] == ["c", "b", "a"]
    assert [key for key, *_ in ranked(first, second, third)] == ["c", "a", "b"]


@pytest.mark.parametrize(
    ("name", "diagnosis", "first"),
    [
        ("tmd", "myalgia", "tmd_low_botox"),
        ("bruxism", "sleep_bruxism", "bruxism_low_botox"),
        ("chronic_migraine", "chronic_migraine", "migraine_label_155_botox"),
        ("facial_spasm", "blepharospasm", "blepharospasm_botox"),
        ("trigeminal_neuralgia", "trigeminal_neuralgia", "tn_low_botox"),
        ("chronic_facial_pain", "ptnp", "ptnp_intraoral_botox"),
    ],
)
def test_house_scheme_or_label_comes_first_in_each_condition(name: str, diagnosis: str, first: str) -> None:
    found = rank_schemes(condition=name, diagnosis=diagnosis, jurisdiction="UK", knowledge=load())

    assert (found[0].protocol.key, found[0].fits) == (first, True)


@pytest.mark.parametrize("diagnosis", ["pifp", "burning_mouth_syndrome"])
def test_no_scheme_fits_where_toxin_is_not_meant(diagnosis: str) -> None:
    found = rank_schemes(
        condition="chronic_facial_pain", diagnosis=diagnosis, jurisdiction="UK", knowledge=load()
    )

    assert [each for each in found if each.fits] == []


def test_scheme_that_is_not_at_hand_comes_after_one_that_is_and_it_is_said() -> None:
    known = knowledge(
        protocols={each.key: each for each in (protocol("a", product="beta"), protocol("b"), protocol("c"))}
    )

    found = {
        stock: [
            (each.protocol.key, each.is_in_stock)
            for each in rank_schemes(
                condition="tmd", diagnosis="myalgia", jurisdiction="UK", knowledge=known, in_stock=stock
            )
        ]
        for stock in (frozenset({"alfa"}), None)
    }

    assert found == {
        frozenset({"alfa"}): [("b", True), ("c", True), ("a", False)],
        None: [("a", None), ("b", None), ("c", None)],
    }


@pytest.mark.parametrize(
    ("row", "status"),
    [
        ({"product": "alfa"}, "licensed"),
        ({"product": "beta"}, "off_label"),
        ({"diagnoses": ("myalgia",)}, "licensed"),
        ({"diagnoses": ("tension",)}, "off_label"),
        ({"jurisdiction": "US"}, "off_label"),
    ],
)
def test_licence_of_the_condition_counts_for_its_own_use_alone(row: Loose, status: str) -> None:
    known = knowledge(conditions={"tmd": condition(licences=(licence(**row),))})

    assert [each[2] for each in ranked(protocol("a"), knowledge=known)] == [status]
