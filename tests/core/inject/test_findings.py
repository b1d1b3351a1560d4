"""What a clinician reads when one thing is not by the book: every finding as `findings.yaml` has it."""

from __future__ import annotations

from pathlib import Path

import pytest
from ruamel.yaml import YAML

from masseter.core.inject.codes import TREATMENT_CODES
from masseter.core.plan.codes import PLAN_CODES
from tests.core.inject.situations import SITUATIONS, place
from tests.core.inject.test_check import treated
from tests.core.told import told

EXPECTED: dict[str, list[str]] = YAML(typ="safe").load(Path(__file__).with_name("findings.yaml"))


def test_every_situation_has_its_findings_and_no_other() -> None:
    assert list(SITUATIONS) == list(EXPECTED)


def test_every_code_of_the_check_is_read_at_least_once() -> None:
    read = {line.split()[1] for lines in EXPECTED.values() for line in lines}

    assert set(TREATMENT_CODES) <= read
    assert read <= {*TREATMENT_CODES, *PLAN_CODES}


@pytest.mark.parametrize("situation", SITUATIONS)
def test_situation_is_told_as_written(situation: str) -> None:
    findings = treated(**{"knowledge": place(), **SITUATIONS[situation]})

    assert told(findings) == EXPECTED[situation]
