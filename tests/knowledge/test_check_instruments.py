"""The checks of questionnaires: each spoils a shipped one in one place and must be told so."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from masseter.knowledge.check import check_knowledge
from masseter.knowledge.load import load

KNOWN = load()
GCPS, PHQ9, PHQ4 = (KNOWN.instruments[code] for code in ("gcps", "phq9", "phq4"))
GRADING, ALARM, PART = GCPS.grading, PHQ9.alarms[0], PHQ4.parts[0]
assert GRADING is not None


def sentences(code: str, **fields: Any) -> list[str]:  # whichever fields a test wants different
    spoiled = {**KNOWN.instruments, code: replace(KNOWN.instruments[code], **fields)}
    return [found.sentence for found in check_knowledge(replace(KNOWN, instruments=spoiled))]


@pytest.mark.parametrize(
    ("code", "fields", "told"),
    [
        ("phq9", {"alarms": (replace(ALARM, item="gone"),)}, "there is no item gone"),
        (
            "phq9",
            {"alarms": (replace(ALARM, observation="gone"),)},
            "there is no yes-or-no observation gone",
        ),
        (
            "phq9",
            {"alarms": (replace(ALARM, observation="distress_score"),)},
            "there is no yes-or-no observation distress_score",
        ),
        ("phq4", {"parts": (replace(PART, items=("gone",)),)}, "there is no item gone"),
        ("phq4", {"tells": "gone"}, "there is no observation gone for a total"),
        ("phq4", {"tells": "flag_crisis"}, "there is no observation flag_crisis for a total"),
        ("phq4", {"method": "graded"}, "a graded scale needs its grading, and no other has one"),
        ("gcps", {"method": "sum"}, "a graded scale needs its grading, and no other has one"),
        ("gcps", {"grading": replace(GRADING, intensity="gone")}, "there is no part gone"),
        ("gcps", {"grading": replace(GRADING, days="gone")}, "there is no item gone"),
        ("gcps", {"max_missing": 1}, "a grade needs every answer"),
    ],
)
def test_questionnaire_that_contradicts_itself_is_told(code: str, fields: dict[str, Any], told: str) -> None:
    assert sentences(code, **fields) == [told]


def test_shipped_questionnaires_have_no_problem() -> None:
    assert check_knowledge(KNOWN) == []
