"""What a prescriber reads when one thing is not by the book: every finding as the tables have it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from masseter.core.plan.codes import PLAN_CODES
from tests.core.plan.builders import plan
from tests.core.plan.findings import drawing, limits, person, points, scheme
from tests.core.plan.findings.ground import place
from tests.core.plan.test_check import checked
from tests.core.told import told

TOPICS = {
    each.__name__.rpartition(".")[2]: each.SITUATIONS for each in (person, points, limits, scheme, drawing)
}
TABLES = Path(__file__).with_name("findings")
EXPECTED: dict[str, dict[str, list[str]]] = {
    topic: YAML(typ="safe").load(TABLES / f"{topic}.yaml") for topic in TOPICS
}
BY_THE_BOOK = "note use-licensed (LICENCE, from_memory): Licensed."
Loose = Any  # whichever argument of the check a situation changes


def found(changed: dict[str, Loose]) -> list[str]:
    """What is found beside what a plan by the book has, and whether that is missing."""
    rest = {"known": place(), **changed}
    lines = told(checked(rest.pop("draft", plan()), *rest.pop("earlier", ()), **rest))
    if BY_THE_BOOK not in lines:
        return [*lines, "not that the use is licensed"]
    return [line for line in lines if line != BY_THE_BOOK]


def test_plan_by_the_book_is_told_that_its_use_is_licensed_and_nothing_else() -> None:
    assert found({}) == []


@pytest.mark.parametrize("topic", TOPICS)
def test_every_situation_has_its_findings_and_no_other(topic: str) -> None:
    assert list(TOPICS[topic]) == list(EXPECTED[topic])


def test_every_code_of_the_check_is_read_at_least_once() -> None:
    read = {line.split()[1] for table in EXPECTED.values() for lines in table.values() for line in lines}

    assert set(PLAN_CODES) <= {*read, "use-licensed"}


@pytest.mark.parametrize(
    ("topic", "situation"), [(topic, situation) for topic, told in TOPICS.items() for situation in told]
)
def test_situation_is_told_as_written(topic: str, situation: str) -> None:
    assert found(TOPICS[topic][situation]) == EXPECTED[topic][situation]
