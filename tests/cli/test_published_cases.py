"""The demo's published cases: published facts are the publication's, and what is assumed says so."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from ruamel.yaml import YAML

from masseter.cli.demo.cast import ASSUMED, PUBLISHED, Character, read_published
from masseter.knowledge.load import load
from tests.stories.cases import published

ENTRIES = YAML(typ="safe").load(PUBLISHED)
CAST = {one.family_name: one for one in read_published(date(2026, 1, 1))}
AGED = [name for name, entry in ENTRIES.items() if "age" in entry]
# Published scores by the file's name for them.
SCORED = {"spasm-group-49": "hfs_30", "neuralgia-75m": "pain_vas_mm"}


@pytest.fixture(params=sorted(CAST))
def character(request: pytest.FixtureRequest) -> Character:
    return CAST[request.param]


def test_nothing_is_published_and_assumed_at_once(character: Character) -> None:
    part = character.part

    assert not set(part.facts) & set(part.assumed)
    assert part.facts_note.startswith("Published: ")


def test_every_answer_is_a_question_of_the_product(character: Character) -> None:
    assert {*character.part.facts, *character.part.assumed} <= set(load().observations)


def test_score_is_published_or_says_that_it_is_assumed(character: Character) -> None:
    entry = ENTRIES[character.family_name]

    assert character.part.scores_note == (ASSUMED if "assumed_scores" in entry else character.part.facts_note)
    assert not ("scores" in entry and "assumed_scores" in entry)


def test_what_is_made_up_of_person_side_and_doses_is_told(character: Character) -> None:
    entry = ENTRIES[character.family_name]
    made_up = {"assumed_person", "assumed_side", "assumed_doses"} & set(entry)

    assert ("Assumed:" in character.told) is bool(made_up)


@pytest.mark.parametrize("name", AGED)
def test_age_and_sex_are_those_of_the_publication(name: str) -> None:
    patient = published(name).patient

    assert (ENTRIES[name]["age"], ENTRIES[name]["sex"]) == (patient["age"], patient["sex"])


@pytest.mark.parametrize("name", sorted(set(ENTRIES) - set(AGED)))
def test_group_has_no_published_age_or_sex(name: str) -> None:
    assert "age" not in published(name).patient
    assert "assumed_person" in ENTRIES[name]


@pytest.mark.parametrize("name", sorted(ENTRIES))
def test_published_scores_are_those_of_the_publication_and_no_others(name: str) -> None:
    course = published(name).scores.get(SCORED.get(name, ""), {})

    told = {day: Decimal(str(value)) for day, value in ENTRIES[name].get("scores", {}).items()}
    assert told == dict(course)


@pytest.mark.parametrize("name", ["tmd-53f", "migraine-group-40"])
def test_assumed_doses_sum_to_the_published_total(name: str) -> None:
    part = CAST[name].part
    scheme = load().protocols[part.protocol]

    total = sum(
        part.doses.get(site.site, site.units_per_point.low) * site.points * (2 if site.sides == "both" else 1)
        for site in scheme.sites
    )

    assert total == published(name).treatment["total_units"]
