"""The loader: what it refuses and where it says so, then what it reads."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import get_args, get_type_hints

import pytest

from masseter.knowledge.load import load, read, version_of
from masseter.knowledge.model import AllOf, AtLeast, Is, Rule
from masseter.knowledge.problems import KnowledgeError, Problem
from tests.knowledge.tree import RULE, write_tree


def refused(path: Path, **files: str) -> tuple[Problem, ...]:
    with pytest.raises(KnowledgeError) as caught:
        load(write_tree(path, **files))
    return caught.value.problems


@pytest.mark.parametrize(
    ("old", "new", "where", "says"),
    [
        ("severity: stop", "severity: halt", "[0].severity", "'stop', 'caution' or 'note'"),
        ("    plain: You have a fever.\n", "", "[0].plain", "missing"),
        ("    severity: stop", "    severety: stop", "[0].severety", "no such key"),
        ("code: too-hot", "code: [too, hot]", "[0].code", "single value"),
        ("code: too-hot", "code: 12", "[0].code", "valid string"),
        ("sentence: There is a fever.", "sentence: yes it is\n    sentence: twice", "[0].sentence", "twice"),
        ("when: {observation: fever}", "when: fever", "[0].when", "a rule is a mapping"),
        ("{observation: fever}", "{observation: pain, at_least: high}", "[0].when.at_least", "Decimal"),
        ("{observation: fever}", "{observation: fever, equals: 1}", "[0].when.equals", "boolean"),
        ("{observation: fever}", "{observation: p, at_least: 1, at_most: 2}", "[0].when", "of one kind"),
        ("{observation: fever}", "{all: {observation: fever}}", "[0].when.all", "a list"),
        (
            "{observation: fever}",
            "{observation: a, count_at_least: 1.5}",
            "[0].when.count_at_least",
            "integer",
        ),
        ("checked: 2026-01-02", "checked: soon", "evidence.checked", "date"),
        ("checked: 2026-01-02", "checked: 2026-02-30", "evidence.checked", "cannot be read"),
        (", checked: 2026-01-02", "", "evidence.checked", "missing"),
        ("evidence: {sources: [S1], sure: verified, checked: 2026-01-02}\n", "", "[0].evidence", "missing"),
        ("items:", "entries:", "", "evidence and items"),
        ("code: too-hot", "code: ", "[0].code", "valid string"),
    ],
)
def test_file_with_a_fault_is_refused_at_its_place(
    tmp_path: Path, old: str, new: str, where: str, says: str
) -> None:
    assert old in RULE

    problems = refused(tmp_path, precautions__rules=RULE.replace(old, new, 1))

    assert [problem for problem in problems if problem.path == where and says in problem.sentence]
    assert {problem.file for problem in problems} == {"precautions/rules.yaml"}
    assert all(problem.line > 0 for problem in problems)


def test_line_of_the_fault_is_named(tmp_path: Path) -> None:
    problems = refused(tmp_path, precautions__rules=RULE.replace("not_a_candidate", "home"))

    assert str(problems[0]).startswith("precautions/rules.yaml:6: [0].leads_to:")


def test_all_faults_of_a_file_are_said_at_once(tmp_path: Path) -> None:
    text = RULE.replace("severity: stop", "severity: halt").replace("code: too-hot", "code: 1")

    problems = refused(tmp_path, precautions__rules=text)

    assert {problem.path for problem in problems} == {"[0].severity", "[0].code"}


def test_text_that_is_not_yaml_is_refused(tmp_path: Path) -> None:
    problems = refused(tmp_path, precautions__rules="a: [1,\nb: 2")

    assert "not YAML" in problems[0].sentence
    assert problems[0].line > 0


def test_empty_file_is_refused(tmp_path: Path) -> None:
    assert refused(tmp_path, precautions__rules="")[0].sentence == "the file is empty"


def test_file_of_unknown_kind_is_refused(tmp_path: Path) -> None:
    problems = refused(tmp_path, rumours__one="a: 1")

    assert "no shape is known" in problems[0].sentence


def test_thing_in_a_file_of_another_name_is_refused(tmp_path: Path) -> None:
    band = (
        "evidence: {sources: [S1], sure: verified, checked: 2026-01-02}\n"
        "key: one\ncondition: c\nmeasure: m\ntitle: T\nwords: {text: W}\npoints: []\n"
        + "".join(f"{name}: {{low: 1, high: 2, unit: days}}\n" for name in ("onset_days", "peak_days"))
        + "wear_off_days: {low: 1, high: 2, unit: days}\n"
    )

    assert refused(tmp_path / "a", response__two=band)[0].sentence == "one must be the name of its file"
    assert read(write_tree(tmp_path / "b", response__one=band))[1] == []


def test_many_things_that_are_no_list_are_refused(tmp_path: Path) -> None:
    problems = refused(
        tmp_path, precautions__rules="evidence: {sources: [S1], sure: verified}\nitems: fever\n"
    )

    assert "a list is needed here" in {problem.sentence for problem in problems}


def test_block_that_is_a_single_value_is_refused(tmp_path: Path) -> None:
    problems = refused(tmp_path, precautions__rules="- fever\n")

    assert [problem.sentence for problem in problems] == ["a block of FindingRule is needed here"]


def test_words_without_evidence_around_them_are_refused(tmp_path: Path) -> None:
    problems = refused(tmp_path, sites__knee="code: knee\ndepth: Deep.\n")

    assert "no evidence here or in a block around it" in {problem.sentence for problem in problems}


@pytest.mark.parametrize(
    ("register", "says"),
    [
        ("- S1\n- S2\n", "the register maps a key to title, locator and sure"),
        ("S1: A label\nS2: A memory\n", "a block of Source is needed here"),
    ],
)
def test_register_of_another_shape_is_refused(tmp_path: Path, register: str, says: str) -> None:
    assert says in {problem.sentence for problem in refused(tmp_path, sources=register)}


def test_code_given_twice_is_refused(tmp_path: Path) -> None:
    again = "- {code: fever, label: F, question: F, kind: boolean, group: G, order: 1, asked_in: [intake]}"

    assert refused(tmp_path, observations__again=again)[0].sentence == "fever is defined twice"


@pytest.mark.parametrize("name", ["practice.yaml", "sites/face_map.yaml"])
def test_tree_without_what_holds_it_together_is_refused(tmp_path: Path, name: str) -> None:
    write_tree(tmp_path)
    (tmp_path / name).unlink()

    with pytest.raises(KnowledgeError) as caught:
        load(tmp_path)

    assert [problem.file for problem in caught.value.problems] == [name]


def test_numbers_are_read_exactly(tmp_path: Path) -> None:
    rule = RULE.replace("{observation: fever}", "{observation: pain, at_least: 0.1}")

    knowledge = load(write_tree(tmp_path, precautions__rules=rule))

    assert knowledge.precautions[0].when == AtLeast(observation="pain", at_least=Decimal("0.1"))
    assert knowledge.practice.graduation_ml.value == Decimal(1)
    assert isinstance(knowledge.practice.graduation_ml.value, Decimal)


def test_rule_of_rules_is_read_by_its_keys(tmp_path: Path) -> None:
    rule = RULE.replace(
        "{observation: fever}", "{all: [{observation: fever}, {observation: pain, at_least: 3}]}"
    )

    knowledge = load(write_tree(tmp_path, precautions__rules=rule))

    expected = (Is(observation="fever"), AtLeast(observation="pain", at_least=Decimal(3)))
    assert knowledge.precautions[0].when == AllOf(all=expected)


def test_evidence_comes_from_the_block_around(tmp_path: Path) -> None:
    rule = load(write_tree(tmp_path)).precautions[0]

    assert (rule.evidence.sources, rule.evidence.checked) == (("S1",), date(2026, 1, 2))


def test_own_evidence_wins_and_takes_only_the_date(tmp_path: Path) -> None:
    own = RULE + "    evidence: {sources: [S2], sure: from_memory}\n"

    evidence = load(write_tree(tmp_path, precautions__rules=own)).precautions[0].evidence

    assert (evidence.sources, evidence.sure, evidence.checked) == (("S2",), "from_memory", date(2026, 1, 2))


def test_version_follows_every_byte_and_name(tmp_path: Path) -> None:
    first = version_of(write_tree(tmp_path))
    practice = tmp_path / "practice.yaml"
    practice.write_text(practice.read_text() + "# one more\n")
    second = version_of(tmp_path)
    (tmp_path / "precautions/rules.yaml").rename(tmp_path / "precautions/others.yaml")

    assert len({first, second, version_of(tmp_path)}) == 3
    assert len(first) == 16


def test_loading_twice_gives_the_same_object(tmp_path: Path) -> None:
    write_tree(tmp_path)

    assert load(tmp_path) is load(tmp_path)
    assert replace(load(tmp_path), version="x") != load(tmp_path)


def test_every_key_of_a_rule_is_documented() -> None:
    guide = Path(__file__).parents[2] / "docs/how-to/add-knowledge.md"
    keys = {name for rule in get_args(Rule) for name in get_type_hints(rule)}

    assert [key for key in sorted(keys) if f"`{key}" not in guide.read_text(encoding="utf-8")] == []
