"""Every finding code, rule, criterion and limit is reached by a test, or listed here with the reason.

Reached are the codes of the worked cases' answers, those of the tables of rules and limits and of the
findings that are held word for word (all of them computed), and those that another test names in a string.
That is weaker, read and not run; but the line that gives such a finding is run, or `make coverage` fails.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from ruamel.yaml import YAML

from masseter.cli.answers.shape import AssessOut, CheckOut, FollowUpOut, PlanOut, SymptomOut
from masseter.cli.worked.asking import ask
from masseter.cli.worked.reading import read_worked, worked_files
from masseter.core.inject.codes import TREATMENT_CODES
from masseter.core.plan.codes import PLAN_CODES
from masseter.knowledge.load import load
from tests.spec.rules import rule_rows
from tests.spec.test_limits import TABLE

KNOWN = load()
TESTS = Path(__file__).resolve().parents[1]
# Codes that no test reaches yet, each with its reason. The list may only shrink.
NOT_YET: dict[str, str] = {}


@cache
def of_worked_cases() -> frozenset[str]:
    """The codes in the answers of all worked cases."""
    worked = [read_worked(path) for path in worked_files()]
    return frozenset(
        code for each in worked for asked in each.told.answers for code in codes(ask(asked.verb, each.case))
    )


def codes(answer: object) -> Iterator[str]:
    match answer:
        case AssessOut():
            yield from (found.code for verdict in answer.verdicts for found in verdict.findings)
        case PlanOut() | CheckOut():
            yield from (found.code for found in answer.findings)
        case SymptomOut() | FollowUpOut():
            yield from (reason.code for reason in answer.reasons)


@cache
def of_tables() -> frozenset[str]:
    """The codes of the tables of rules and limits; their own tests prove both sides of each."""
    limits = {f"over-limit-{row.limit}" for row in TABLE.limits}
    return frozenset(limits | {row.code for row in rule_rows() if row.kind != "criterion"})


@cache
def of_words() -> frozenset[str]:
    """The codes of the findings that a room's own tests hold word for word, as `severity code subject …`."""
    told = [YAML(typ="safe").load(path) for path in sorted((TESTS / "core").glob("*/findings.yaml"))]
    held = [one for each in told for found in each.values() for one in found]
    lines = [one["finding"] if isinstance(one, dict) else one for one in held]
    return frozenset(line.split()[1] for line in lines)


@cache
def named_elsewhere() -> frozenset[str]:
    """Every string in a test outside this folder."""
    files = [path for path in TESTS.rglob("*.py") if Path(__file__).parent not in path.parents]
    return frozenset(
        node.value
        for path in files
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    )


def findings_wanted() -> set[str]:
    rules = {rule.code for rule in KNOWN.precautions}
    rules |= {rule.code for told in KNOWN.conditions.values() for rule in told.findings}
    limits = {f"over-limit-{limit.code}" for told in KNOWN.products.values() for limit in told.limits}
    return {*PLAN_CODES, *TREATMENT_CODES, *rules, *limits}


def rules_wanted() -> set[str]:
    follow_up = {rule.code for told in KNOWN.conditions.values() for rule in told.follow_up}
    return follow_up | {rule.code for rule in KNOWN.symptom_rules}


def test_every_finding_is_reached_or_listed() -> None:
    reached = of_worked_cases() | of_tables() | of_words() | named_elsewhere()

    assert findings_wanted() - reached == {code for code in NOT_YET if code in findings_wanted()}


def test_every_rule_of_follow_up_and_symptoms_is_run() -> None:
    assert rules_wanted() - of_worked_cases() - of_tables() == set()


def test_every_rule_of_knowledge_is_run_and_not_only_named() -> None:
    own = findings_wanted() - set(PLAN_CODES) - set(TREATMENT_CODES)

    assert own - of_worked_cases() - of_tables() == {code for code in NOT_YET if code in own}


def test_every_criterion_is_met_once_and_not_met_once() -> None:
    wanted = {
        (told.code, f"{diagnosis.code}.{each.code}")
        for told in KNOWN.conditions.values()
        for diagnosis in told.diagnoses
        for each in diagnosis.criteria
    }

    assert wanted - {(row.of, row.code) for row in rule_rows() if row.kind == "criterion"} == set()


def test_list_of_what_is_not_reached_holds_reasons_and_living_codes() -> None:
    assert [code for code, reason in NOT_YET.items() if not reason.strip()] == []
    assert set(NOT_YET) <= findings_wanted()
