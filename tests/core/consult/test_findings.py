"""What is found when one thing is otherwise, for clinician and patient, as `findings.yaml` has it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from tests.core.consult.situations import SITUATIONS
from tests.core.told import told_in_full

EXPECTED: dict[str, Any] = YAML(typ="safe").load(Path(__file__).with_name("findings.yaml"))


def test_every_situation_has_its_findings_and_no_other() -> None:
    assert list(SITUATIONS) == list(EXPECTED)


@pytest.mark.parametrize("situation", SITUATIONS)
def test_situation_is_told_as_written(situation: str) -> None:
    assert told_in_full(SITUATIONS[situation]()) == EXPECTED[situation]
