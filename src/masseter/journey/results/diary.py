"""What can be written into a day of the diary: the fields, their words and their limits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as later

from masseter.core.results.score import InvalidAnswer, check_number
from masseter.core.sentences import said
from masseter.knowledge.load import load
from masseter.knowledge.model import Condition, DiaryRules, Instrument

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
            label=later("Pain"),
            plain=later("How bad was your pain?"),
            weekly=later("How bad was your pain on average in the last 7 days?"),
            low_words=later("No pain"),
            high_words=later("Worst pain imaginable"),
        ),
        DiaryField(
            code="spasm",
            kind="scale",
            label=later("Spasm"),
            plain=later("How much did the spasm bother you?"),
            weekly=later("How much did the spasm bother you on average in the last 7 days?"),
            low_words=later("Not at all"),
            high_words=later("As much as can be"),
        ),
        DiaryField(
            code="headache", kind="yes_no", label=later("Headache"), plain=later("Did you have a headache?")
        ),
        DiaryField(
            code="migraine", kind="yes_no", label=later("Migraine"), plain=later("Was it a migraine?")
        ),
        DiaryField(
            code="clenching",
            kind="yes_no",
            label=later("Clenching"),
            plain=later("Did you notice clenching or grinding?"),
            weekly=later("Did you notice clenching or grinding on any of these days?"),
        ),
        DiaryField(
            code="attacks",
            kind="number",
            label=later("Attacks"),
            plain=later("How many attacks did you have?"),
        ),
        DiaryField(
            code="medicine",
            kind="yes_no",
            label=later("Medicine"),
            plain=later("Did you take a medicine against it, such as a painkiller?"),
            weekly=later("Did you take a medicine against it on any of these days?"),
        ),
    )
}


# What is asked with the symptoms and is none itself.
MEDICINE = "medicine"


def fields_of(condition: Condition, chosen: Sequence[str] | None = None) -> list[DiaryField]:
    """The fields of a diary, in the order asked: those that the person chose, else the condition's own."""
    if chosen is None:
        return [FIELDS[code] for code in condition.diary]
    wanted = {*chosen, *([MEDICINE] if MEDICINE in condition.diary else [])}
    return [field for code, field in FIELDS.items() if code in wanted]


def symptoms_of(condition: Condition) -> list[str]:
    """The symptoms of the condition's own diary."""
    return [code for code in condition.diary if code != MEDICINE]


def needed_symptoms(condition: Condition) -> list[str]:
    """The symptoms that cannot be left out: a measure of the condition is counted from them.

    A day with migraine is a day with headache, so the two are asked together.
    """
    known = load().instruments
    counted = {
        known[code].diary_field
        for code in condition.instruments
        if known[code].only_from_diary or code == condition.main_measure
    }
    return [code for code in condition.diary if code in counted and code != MEDICINE]


def check_symptoms_chosen(condition: Condition, chosen: Sequence[str]) -> list[str]:
    """The chosen symptoms as they are kept.

    Raises: InvalidAnswer for one that there is not, too many, or one left out that a measure needs.
    """
    found = [code for code in FIELDS if code in chosen and code != MEDICINE]
    if len(found) != len(set(chosen)):
        raise InvalidAnswer("symptoms", _("Choose from the list."))
    missing = [_(FIELDS[code].label) for code in needed_symptoms(condition) if code not in found]
    if missing:
        raise InvalidAnswer(
            "symptoms", _("%(names)s has to stay: your results are counted from it.") % {"names": missing[0]}
        )
    if "migraine" in found and "headache" not in found:
        raise InvalidAnswer("symptoms", _("Migraine is asked together with headache: choose both."))
    most = int(diary_rules().most_symptoms.value)
    if len(found) > most:
        raise InvalidAnswer("symptoms", _("Choose at most %(most)d.") % {"most": most})
    if not found:
        raise InvalidAnswer("symptoms", _("Choose at least one."))
    return found


def diary_rules() -> DiaryRules:
    """The house numbers of the diary.

    Raises: LookupError where knowledge has none.
    """
    rules = load().practice.diary
    if rules is None:
        raise LookupError("knowledge has no rules of the diary")
    return rules


def may_be_weekly(condition: Condition) -> bool:
    """A weekly entry is enough: no measure of the condition counts single days of the diary."""
    known = load().instruments
    counted = any(known[code].only_from_diary for code in condition.instruments)
    return bool(condition.diary) and not counted


def limits_of(field: DiaryField) -> Instrument:
    """The instrument whose ends are the ends of a number in the diary."""
    return load().instruments[SCALE_OF.get(field.code, SCALE_OF["pain"])]


def check_values(
    condition: Condition, values: Mapping[str, Value], chosen: Sequence[str] = ()
) -> dict[str, Value]:
    """The values of one day as they are kept; fields left open are left out.

    `chosen`: the person's own symptoms. What the condition's diary asks is taken too: it was asked before
    they chose, or by staff.
    Raises: InvalidAnswer for an unknown field or a value that cannot be.
    """
    asked = [*fields_of(condition), *fields_of(condition, chosen)]
    fields = {field.code: field for field in asked}
    kept: dict[str, Value] = {}
    for code, value in values.items():
        if code not in fields:
            raise InvalidAnswer(code, said("This does not belong to this diary."))
        if value is not None and value != "":
            kept[code] = _checked(fields[code], value)
    if kept.get("migraine") is True and kept.get("headache") is False:
        raise InvalidAnswer("headache", said("A day with migraine is a day with headache."))
    return kept


def as_core(field: DiaryField, value: Value) -> bool | Decimal | None:
    """A kept value as core reads it."""
    if value is None or isinstance(value, bool):
        return value
    return Decimal(str(value))


def _checked(field: DiaryField, value: bool | int | str) -> bool | int:
    if field.kind == "yes_no":
        if not isinstance(value, bool):
            raise InvalidAnswer(field.code, said("Choose yes or no."))
        return value
    if isinstance(value, bool) or not isinstance(value, int):
        raise InvalidAnswer(field.code, said("Enter a whole number."))
    limits = limits_of(field)
    check_number(field.code, Decimal(value), low=limits.low, high=limits.high)
    return value
