"""Medicines by name: each is found, also misspelt, and says to the rules what ticking its kind says."""

from __future__ import annotations

from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from masseter.core.answers import Answer, evaluate
from masseter.core.consult.medicines import (
    NONE,
    answers_from,
    distance,
    find_medicines,
    folded,
    groups_of,
    lines_of,
    named_in,
)
from masseter.core.facts import Observation, fact
from masseter.knowledge.checks.walk import findings
from masseter.knowledge.load import load
from masseter.knowledge.model import Medicine

KNOWLEDGE = load()
MEDICINES = KNOWLEDGE.medicines
NAMES = [(name, medicine) for medicine in MEDICINES for name in (medicine.name, *medicine.also)]
# Written down apart from the list, kind by kind.
KINDS = {
    "aminoglycoside": "Gentamicin Tobi",
    "other_antibiotic": "Clindamycin Vibramycin",
    "magnesium_or_quinidine": "Quinidine",
    "muscle_relaxant": "Baclofen Valium Metaxalone Rivotril Sirdalud",
    "neuromuscular_blocker": "Rocuronium",
    "anticholinergic": "Amitriptyline Oxybutynin Buscopan Benadryl Quetiapine Paroxetine Spiriva Arlevert",
    "vitamin_k_antagonist": "Warfarin Marcumar Sintrom",
    "anticoagulant": "Eliquis Xarelto Pradaxa Clexane Fondaparinux",
    "antiplatelet": "Aspirin Plavix Thomapyrin",
    "chloroquine": "Plaquenil Chloroquine",
    "cholinesterase_inhibitor": "Mestinon",
    "checkpoint_inhibitor": "Keytruda Ipilimumab",
    "dopamine_blocker": "Metoclopramide Haloperidol Flunarizine Risperidone",
    "bruxism_drug": "Sertraline Venlafaxine Ritalin Risperidone",
    "osteoporosis": "Alendronate Prolia",
}
# Some rules ask for a kind beside another answer.
BESIDE = {"spasm_pattern": "jaw_mouth_tongue", "began_with_medicine": False}
NOT_MARKED = "Paracetamol Ibuprofen Lithium Mirabegron Donepezil Zolpidem Cetirizine Topiramate Levothyroxine"


def told(*lines: str, known: dict[str, Observation] | None = None) -> dict[str, tuple[str, ...]]:
    return answers_from(lines, MEDICINES, KNOWLEDGE.medicine_groups, KNOWLEDGE.observations, known or {})


def met(answers: dict[str, tuple[str, ...]]) -> set[str]:
    """The codes of every rule, of all conditions, that these answers alone meet."""
    return met_by(tuple(sorted(answers.items())))


@cache
def met_by(answers: tuple[tuple[str, tuple[str, ...]], ...]) -> set[str]:
    """Many names tell the same: each answer is judged once."""
    facts = {code: fact(code, value) for code, value in {**BESIDE, **dict(answers)}.items()}
    return {rule.code for _, rule in findings(KNOWLEDGE) if evaluate(rule.when, facts).answer is Answer.MET}


def test_every_kind_of_the_questions_has_medicines() -> None:
    choices = {choice.code for choice in KNOWLEDGE.observations["medicine_classes"].choices} - {NONE}
    counted = {
        group.choice for medicine in MEDICINES for group in groups_of(medicine, KNOWLEDGE.medicine_groups)
    }

    assert choices <= counted
    assert set(KINDS) == {group.choice for group in KNOWLEDGE.medicine_groups}


@pytest.mark.parametrize("choice", KINDS)
def test_medicine_is_of_its_kind(choice: str) -> None:
    observation = next(one.observation for one in KNOWLEDGE.medicine_groups if one.choice == choice)

    for name in KINDS[choice].split():
        assert choice in told(name)[observation], name


@pytest.mark.parametrize("name", NOT_MARKED.split())
def test_medicine_that_no_rule_asks_for_ticks_nothing(name: str) -> None:
    assert told(name) == {}


def test_every_marked_medicine_leads_to_the_findings_of_its_ticked_kind() -> None:
    marked = 0
    for medicine in MEDICINES:
        for group in groups_of(medicine, KNOWLEDGE.medicine_groups):
            ticked = met({group.observation: (group.choice,)}) - met({})
            assert ticked, f"{group.code} is read by no rule"
            for name in (medicine.name, *medicine.also):
                assert ticked <= met(told(name)), name
            marked += 1
    assert marked > 200


def test_every_name_stands_for_one_medicine_alone() -> None:
    wrong = {name: named_in(name, MEDICINES) for name, own in NAMES if named_in(name, MEDICINES) != (own,)}

    assert wrong == {}
    assert len({folded(name) for name, _ in NAMES}) == len(NAMES)


def slips(name: str) -> st.SearchStrategy[str]:
    """The name with one letter left out, doubled or swapped with the next."""
    at = st.integers(1, len(name) - 2)
    left_out = at.map(lambda i: name[:i] + name[i + 1 :])
    doubled = at.map(lambda i: name[:i] + name[i] + name[i:])
    swapped = at.map(lambda i: name[:i] + name[i + 1] + name[i] + name[i + 2 :])
    return st.one_of(left_out, doubled, swapped)


@given(st.sampled_from([one for one in MEDICINES if len(one.name) > 5 and " " not in one.name]), st.data())
def test_misspelt_name_is_found(medicine: Medicine, data: st.DataObject) -> None:
    typed = data.draw(slips(medicine.name.lower()))

    assert medicine in [hit.medicine for hit in find_medicines(typed, MEDICINES)]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("warf", "Warfarin"),
        ("  WARFARIN ", "Warfarin"),
        ("warfrin", "Warfarin"),
        ("Saroten", "Amitriptyline"),
        ("heparine", "Heparin"),
        ("amitriptylin", "Amitriptyline"),
        ("apixiban", "Apixaban"),
        ("johannis", "St John’s wort"),
    ],
)
def test_search_offers_first_what_is_meant(typed: str, first: str) -> None:
    assert find_medicines(typed, MEDICINES)[0].medicine.name == first


@pytest.mark.parametrize("typed", ["", "  ", "%", "🙂", "\u202e", "zzzzzz", "<script>"])
def test_search_for_nothing_finds_nothing(typed: str) -> None:
    assert find_medicines(typed, MEDICINES) == ()


def test_free_text_with_a_known_name_counts_and_the_longer_name_is_meant() -> None:
    assert told("5 mg warfarin (Coumadin), at night")["medicine_classes"] == ("vitamin_k_antagonist",)
    assert [one.name for one in named_in("aspirin with other painkillers", MEDICINES)] == [
        "Aspirin with other painkillers"
    ]
    assert told("My grandmother’s herbs") == {}


def test_what_was_ticked_stays_and_none_gives_way() -> None:
    before = {"medicine_classes": fact("medicine_classes", ("chloroquine",))}
    none = {"medicine_classes": fact("medicine_classes", (NONE,))}

    assert told("Valium", known=before)["medicine_classes"] == ("muscle_relaxant", "chloroquine")
    assert told("Valium", known=none)["medicine_classes"] == ("muscle_relaxant",)
    assert told("Plaquenil", known=before) == {}


def test_lines_are_single_entries_each_once() -> None:
    assert lines_of(" Warfarin  5 mg;\nRamipril\n\n; Ramipril ") == ("Warfarin 5 mg", "Ramipril")


@given(st.text(max_size=8), st.text(max_size=8))
def test_distance_is_the_same_both_ways_and_zero_for_the_same(one: str, other: str) -> None:
    assert distance(one, other, 8) == distance(other, one, 8)
    assert (distance(one, other, 8) == 0) == (one == other)
