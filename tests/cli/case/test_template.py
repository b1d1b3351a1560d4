"""A new case file reads as it stands, with everything unknown."""

from __future__ import annotations

from datetime import date

import pytest

from masseter.cli.case.reading import read_case
from masseter.cli.case.source import read_yaml
from masseter.cli.case.template import template
from masseter.core.consult.candidacy import assess_candidacy
from masseter.knowledge.load import load

KNOWN = load()


@pytest.mark.parametrize("code", sorted(KNOWN.conditions))
def test_new_case_reads_as_it_stands_and_knows_nothing(code: str) -> None:
    text = template(KNOWN.conditions[code], KNOWN, jurisdiction="UK", today=date(2026, 11, 25))

    case = read_case(read_yaml(text, "new.yaml"), KNOWN)

    assert {found.value for found in case.facts.values()} == {None}
    verdict = assess_candidacy(
        condition=KNOWN.conditions[code], knowledge=KNOWN, facts=case.facts, jurisdiction="UK"
    )
    assert verdict.verdict == "needs_information"


@pytest.mark.parametrize("code", sorted(KNOWN.conditions))
def test_marks_can_be_taken_away_one_block_after_another(code: str) -> None:
    text = template(KNOWN.conditions[code], KNOWN, jurisdiction="UK", today=date(2026, 11, 25))
    head, _, rest = text.partition("# plan:")

    without = "\n".join(line.removeprefix("# ") for line in f"# plan:{rest}".splitlines())

    case = read_case(read_yaml(head + without, "new.yaml"), KNOWN)
    assert case.file.plan is not None
    assert case.file.questionnaire is not None
    assert case.file.symptoms is not None
