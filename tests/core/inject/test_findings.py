"""What a clinician reads when one thing is not by the book: every finding as `findings.yaml` has it."""

from __future__ import annotations

from pathlib import Path

import pytest
from ruamel.yaml import YAML

from tests.core.inject.situations import SITUATIONS, place
from tests.core.inject.test_check import treated
from tests.core.told import told

EXPECTED: dict[str, list[str]] = YAML(typ="safe").load(Path(__file__).with_name("findings.yaml"))


def test_every_situation_has_its_findings_and_no_other() -> None:
    assert list(SITUATIONS) == list(EXPECTED)


@pytest.mark.parametrize("situation", SITUATIONS)
def test_situation_is_told_as_written(situation: str) -> None:
    findings = treated(**{"knowledge": place(), **SITUATIONS[situation]})

    assert told(findings) == EXPECTED[situation]
