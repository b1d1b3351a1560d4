"""The whole tree of reasons as it is read: verdict, diagnosis, findings, guidelines, what to ask next."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from masseter.core.consult.candidacy import assess_candidacy
from masseter.core.consult.why import explain_candidacy, guideline_words
from masseter.core.explain import Because
from masseter.core.facts import Observation
from masseter.knowledge.model import AllOf, Guideline, Is, Knowledge
from tests.core.builders import condition, diagnosis, facts, finding_rule, knowledge, red_flag, yes
from tests.core.builders import observation_type as type_of
from tests.core.consult.situations import from_source

Loose = Any  # whichever field a test wants different


def guideline(code: str, **fields: Loose) -> Guideline:
    return Guideline(
        **{
            "code": code,
            "title": code.capitalize(),
            "conditions": ("tmd",),
            "position": "for",
            "strength": "",
            "since": "2020",
            "text": "Try it.",
            "evidence": from_source(code.upper()),
            **fields,
        }
    )


MUSCLE = diagnosis("muscle", yes("pain"), AllOf(all=(yes("familiar"), yes("wide"))), name="Muscle pain")
DISC = diagnosis("disc", yes("lock"), treatable=False, evidence=from_source("DISC"))
TMD = condition(diagnoses=(replace(MUSCLE, evidence=from_source("MUSCLE")), DISC))
KNOWN: Knowledge = knowledge(
    type_of("wide"),
    type_of("lock"),
    type_of("weak"),
    type_of("after", only_if=yes("weak")),
    precautions=(
        red_flag("flag", yes("weak"), evidence=from_source("FLAG")),
        finding_rule("later", yes("after")),
        finding_rule("locked", yes("lock"), jurisdictions=("UK",)),
        finding_rule("elsewhere", yes("lock"), jurisdictions=("US",)),
    ),
    guidelines=(
        guideline("first"),
        guideline("old", until="2012", strength="strong", position="conditional_against"),
        guideline("of-disc", diagnoses=("disc",)),
        guideline("of-muscle", diagnoses=("muscle",)),
        guideline("elsewhere", jurisdictions=("US",)),
        guideline("of-another", conditions=("bruxism",)),
    ),
)


def lines(branch: Because, depth: int = 0) -> Iterator[str]:
    """The tree as text: what is said, the answer, the fact with its code, the sources."""
    known = f" [{branch.fact}]" if branch.fact else ""
    code = f" <{branch.observation}>" if branch.observation else ""
    sources = f" ({', '.join(branch.sources)})" if branch.sources else ""
    answer = f" = {branch.answer}" if branch.answer else ""
    yield f"{'  ' * depth}{branch.says}{answer}{known}{code}{sources}"
    for part in branch.parts:
        yield from lines(part, depth + 1)


def tree(**answers: Loose) -> list[str]:
    told: dict[str, Observation] = facts(**answers)
    candidacy = assess_candidacy(condition=TMD, knowledge=KNOWN, facts=told, jurisdiction="UK")
    return list(lines(explain_candidacy(candidacy, condition=TMD, knowledge=KNOWN, facts=told)))


def test_open_case_shows_what_is_met_what_is_open_and_what_to_ask() -> None:
    assert tree(pain=True, wide=True, lock=True) == [
        "Temporomandibular disorder: needs information",
        "  Diagnosis",
        "    Muscle pain = unknown (MUSCLE)",
        "      A = met (T1)",
        "        Pain: yes = met [yes] <pain>",
        "      B = unknown (T1)",
        "        All of these = unknown",
        "          Familiar: yes = unknown [not known] <familiar>",
        "          Wide: yes = met [yes] <wide>",
        "    Disc = met (DISC)",
        "      A = met (T1)",
        "        Lock: yes = met [yes] <lock>",
        "  Findings",
        "    stop: Not known yet whether this applies: flag found. (FLAG)",
        "      Weak: yes = unknown [not known] <weak>",
        "    caution: No diagnosis of Temporomandibular disorder is made yet; still possible: Muscle pain. "
        "(MUSCLE)",
        "    caution: Not known yet whether this applies: later found. (T1)",
        "      After: yes = unknown [not known] <after>",
        "    caution: locked found. (T1)",
        "      Lock: yes = met [yes] <lock>",
        "    note: Disc is met, for which botulinum toxin is not offered. (DISC)",
        "    note: Temporomandibular disorder: no licence for this use is on record (UK); it is off-label.",
        "  Guidelines",
        "    First: for it. Try it. (FIRST)",
        "    Old, no longer in force (2012): against it under conditions, strong. Try it. (OLD)",
        "    Of-disc: for it. Try it. (OF-DISC)",
        "  Ask next",
        "    Weak <weak>",
        "    Familiar <familiar>",
    ]


def test_question_that_does_not_apply_is_shown_as_such_and_empty_parts_are_left_out() -> None:
    found = tree(pain=True, wide=True, familiar=True, lock=False, weak=False)

    assert found[0] == "Temporomandibular disorder: candidate"
    assert [line.strip() for line in found if line.startswith("  ") and line[2] != " "] == [
        "Diagnosis",
        "Findings",
        "Guidelines",
    ]
    assert "    Of-muscle: for it. Try it. (OF-MUSCLE)" in found
    assert not any("Of-disc" in line for line in found)


def test_guidelines_of_every_diagnosis_are_shown_while_none_is_made() -> None:
    found = tree(pain=True, lock=False)

    assert "    Of-disc: for it. Try it. (OF-DISC)" in found
    assert "    Of-muscle: for it. Try it. (OF-MUSCLE)" in found


def test_answer_that_does_not_apply_is_read_as_such_in_a_finding() -> None:
    told = facts(pain=True, weak=False)
    rule = finding_rule(
        "either", AllOf(all=(yes("pain"), yes("familiar"), Is(observation="after", equals=False)))
    )
    known = replace(KNOWN, precautions=(rule,))
    candidacy = assess_candidacy(condition=TMD, knowledge=known, facts=told, jurisdiction="UK")

    found = list(lines(explain_candidacy(candidacy, condition=TMD, knowledge=known, facts=told)))

    assert "        After: no = met [does not apply] <after>" in found


@pytest.mark.parametrize(
    ("position", "words"),
    [
        ("for", "for it"),
        ("conditional_for", "for it under conditions"),
        ("none", "takes no position"),
        ("against", "against it"),
        ("unread", "not read"),
    ],
)
def test_position_of_a_guideline_is_told_in_words(position: str, words: str) -> None:
    assert guideline_words(guideline("one", position=position)) == f"One: {words}. Try it."
