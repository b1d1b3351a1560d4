"""What to watch for after a treatment, taken from the rules of the symptom check."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import get_language

from masseter.knowledge.load import load
from masseter.knowledge.model import (
    AllOf,
    AnyOf,
    Is,
    NumberOf,
    ObservationType,
    Rule,
    SymptomGrade,
    SymptomRule,
)
from masseter.knowledge.translations import LANGUAGES
from masseter.ui.languages.told import told as knowledge_told


def signs(condition: str) -> dict[str, object]:
    """The signs of an emergency, those to call for, and those that are expected, each named once."""
    told: set[str] = set()
    return {
        "emergency": _signs("emergency", condition, told),
        "call": _signs("call", condition, told),
        "expected": _signs("expected", condition, told),
    }


def _signs(grade: SymptomGrade, condition: str, told: set[str]) -> list[str]:
    """The signs of a grade that no graver one has named; what is graded by day is named where it begins."""
    types = load().observations
    found: list[str] = []
    for rule in load().symptom_rules:
        if rule.grade != grade:
            continue
        for code in _named(rule):
            type_ = types.get(code)
            fits = type_ is not None and (not type_.conditions or condition in type_.conditions)
            if type_ is not None and fits and type_.kind == "boolean" and code not in told:
                told.add(code)
                found.append(_sign(type_))
    return found


def _sign(type_: ObservationType) -> str:
    """The sign by its name; in another language as the patient is asked for it."""
    return knowledge_told(type_.question) if get_language() in LANGUAGES and type_.question else type_.label


def _named(rule: SymptomRule) -> Iterator[str]:
    # A rule that begins later speaks of something that is expected until then.
    if not rule.from_day:
        yield from _codes(rule.when)


def _codes(rule: Rule) -> Iterator[str]:
    """The observations that meet a rule alone; a sign that needs others beside it is not named."""
    match rule:
        case AnyOf(any=parts) | AllOf(all=(_,) as parts) | NumberOf(count=1, of_rules=parts):
            for part in parts:
                yield from _codes(part)
        case Is(equals=True):
            yield rule.observation
