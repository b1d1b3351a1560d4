"""What can be written into a day of the diary: the fields, their words and their limits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from masseter.core.results.score import InvalidAnswer, check_number
from masseter.knowledge.load import load
from masseter.knowledge.model import Condition, Instrument

DiaryKind = Literal["yes_no", "scale", "number"]
Value = bool | int | str | None

WEEK = 7  # the days that a weekly entry speaks of
# Which instrument says how far the numbers of a field go.
SCALE_OF = {"pain": "nrs_pain", "spasm": "spasm_bother", "attacks": "tn_attacks"}


@dataclass(frozen=True, kw_only=True)
class DiaryField:
    """One field of the diary. `plain` asks of a day, `weekly` of seven; `label` names it in a table."""

    code: str
    kind: DiaryKind
    label: str
    plain: str
    weekly: str = ""
    low_words: str = ""
    high_words: str = ""


FIELDS = {
    field.code: field
    for field in (
        DiaryField(
            code="pain",
            kind="scale",
            label="Pain",
            plain="How bad was your pain?",
            weekly="How bad was your pain on average in the last 7 days?",
            low_words="No pain",
            high_words="Worst pain imaginable",
        ),
        DiaryField(
            code="spasm",
            kind="scale",
            label="Spasm",
            plain="How much did the spasm bother you?",
            weekly="How much did the spasm bother you on average in the last 7 days?",
            low_words="Not at all",
            high_words="As much as can be",
        ),
        DiaryField(code="headache", kind="yes_no", label="Headache", plain="Did you have a headache?"),
        DiaryField(code="migraine", kind="yes_no", label="Migraine", plain="Was it a migraine?"),
        DiaryField(
            code="clenching",
            kind="yes_no",
            label="Clenching",
            plain="Did you notice clenching or grinding?",
            weekly="Did you notice clenching or grinding on any of these days?",
        ),
        DiaryField(code="attacks", kind="number", label="Attacks", plain="How many attacks did you have?"),
        DiaryField(
            code="medicine",
            kind="yes_no",
            label="Medicine",
            plain="Did you take a medicine against it, such as a painkiller?",
            weekly="Did you take a medicine against it on any of these days?",
        ),
    )
}


def fields_of(condition: Condition) -> list[DiaryField]:
    """The fields of a condition's diary, in the order asked."""
    return [FIELDS[code] for code in condition.diary]


def may_be_weekly(condition: Condition) -> bool:
    """A weekly entry is enough: no measure of the condition counts single days of the diary."""
    known = load().instruments
    counted = any(known[code].only_from_diary for code in condition.instruments)
    return bool(condition.diary) and not counted


def limits_of(field: DiaryField) -> Instrument:
    """The instrument whose ends are the ends of a number in the diary."""
    return load().instruments[SCALE_OF.get(field.code, SCALE_OF["pain"])]


def check_values(condition: Condition, values: Mapping[str, Value]) -> dict[str, Value]:
    """The values of one day as they are kept; fields left open are left out.

    Raises: InvalidAnswer for an unknown field or a value that cannot be.
    """
    fields = {field.code: field for field in fields_of(condition)}
    kept: dict[str, Value] = {}
    for code, value in values.items():
        if code not in fields:
            raise InvalidAnswer(code, "This does not belong to this diary.")
        if value is not None and value != "":
            kept[code] = _checked(fields[code], value)
    if kept.get("migraine") is True and kept.get("headache") is False:
        raise InvalidAnswer("headache", "A day with migraine is a day with headache.")
    return kept


def as_core(field: DiaryField, value: Value) -> bool | Decimal | None:
    """A kept value as core reads it."""
    if value is None or isinstance(value, bool):
        return value
    return Decimal(str(value))


def _checked(field: DiaryField, value: bool | int | str) -> bool | int:
    if field.kind == "yes_no":
        if not isinstance(value, bool):
            raise InvalidAnswer(field.code, "Choose yes or no.")
        return value
    if isinstance(value, bool) or not isinstance(value, int):
        raise InvalidAnswer(field.code, "Enter a whole number.")
    limits = limits_of(field)
    check_number(field.code, Decimal(value), low=limits.low, high=limits.high)
    return value
