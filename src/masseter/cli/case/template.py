"""A commented case file to start from: every fact of a condition, not known until it is written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from masseter.knowledge.model import Condition, Instrument, Jurisdiction, Knowledge, ObservationType, Protocol

_INDENT = "  "
_PAIRS = 4  # so many choices are named on the line; more go under it


def template(condition: Condition, knowledge: Knowledge, *, jurisdiction: Jurisdiction, today: date) -> str:
    """The text of a new case file; it reads as it stands, with everything unknown."""
    lines = [
        "# A case for Masseter. What is left out or unknown is not taken for no.",
        "# Take out what you do not need; `masseter assess`, `plan`, `check` and the others read this file.",
        "case: 1",
        f"today: {today}  # the day on which everything is judged",
        f"jurisdiction: {jurisdiction}  # US, EU or UK",
        f"condition: {condition.code}  # {condition.name}; without it all conditions are assessed",
        "patient:",
        "  birth_date: null  # year-month-day",
        "earlier: null  # every toxin treatment, anywhere; [] when there was none",
        "# earlier:",
        f"#   - {{given_on: {today.replace(day=1)}, product: botox, units: 155, where: another clinic}}",
        "facts:",
        *_facts(condition, knowledge),
        *_plan(condition, knowledge),
        *_questionnaire(condition, knowledge),
        *_after(condition, knowledge),
    ]
    return "\n".join(lines) + "\n"


def _facts(condition: Condition, knowledge: Knowledge) -> Iterator[str]:
    group = ""
    for type_ in _asked(condition, knowledge):
        if type_.group != group:
            group = type_.group
            yield f"{_INDENT}# --- {group} ---"
        yield from _fact(type_, _INDENT)


def _asked(condition: Condition, knowledge: Knowledge) -> list[ObservationType]:
    asked = [
        type_
        for type_ in knowledge.observations.values()
        if (not type_.conditions or condition.code in type_.conditions)
        and set(type_.asked_in) - {"derived", "symptom_check"}
    ]
    return sorted(asked, key=lambda type_: (type_.group, type_.order, type_.code))


def _fact(type_: ObservationType, indent: str) -> Iterator[str]:
    yield f"{indent}# {_one_line(type_.question or type_.label)}"
    codes = [choice.code for choice in type_.choices]
    if len(codes) > _PAIRS:
        yield f"{indent}#   {', '.join(codes)}"
    yield f"{indent}{type_.code}: unknown  # {_kind(type_, codes)}"


def _kind(type_: ObservationType, codes: list[str]) -> str:
    named = f": {', '.join(codes)}" if codes and len(codes) <= _PAIRS else ""
    unit = f" {type_.unit}" if type_.unit else ""
    span = f", {type_.low} to {type_.high}" if type_.low is not None and type_.high is not None else ""
    words = {
        "boolean": "true or false",
        "integer": f"a whole number{unit}{span}",
        "decimal": f"a number{unit}{span}",
        "choice": f"one of the codes{named}",
        "choices": f"a list of codes, [none] for none{named}",
        "text": "a text",
        "date": "year-month-day",
    }
    return words[type_.kind]


def _plan(condition: Condition, knowledge: Knowledge) -> Iterator[str]:
    schemes = [each for each in knowledge.protocols.values() if each.condition == condition.code]
    if not schemes:
        return
    first = schemes[0]
    size = knowledge.products[first.product].presentations[0]
    yield "# plan:  # take away the marks to plan; without points those of the protocol are proposed"
    yield f"#   product: {first.product}"
    yield f"#   protocol: {first.key}  # or: {_others(schemes)}"
    yield f"#   diagnosis: {first.diagnoses[0] if first.diagnoses else ''}"
    yield f"#   presentation: {size.key}"
    yield "#   diluent_ml: 2"
    yield "#   affected_side: left  # left, right or both, where the protocol treats one side"
    yield "#   points:"
    yield "#     - {point: MASS-L-1, units: 5}"
    yield f"# stock: [{{presentation: {size.key}, count: 2}}]"


def _others(schemes: list[Protocol]) -> str:
    return ", ".join(each.key for each in schemes[1:]) or "none other is known"


def _questionnaire(condition: Condition, knowledge: Knowledge) -> Iterator[str]:
    instrument = knowledge.instruments[condition.main_measure]
    yield "# questionnaire:  # for `masseter score`"
    yield f"#   instrument: {instrument.code}  # or: {', '.join(condition.instruments)}"
    yield f"#   answers: {{{_items(instrument)}}}"
    yield "#   baseline: null"


def _items(instrument: Instrument) -> str:
    codes: Iterable[str] = [item.code for item in instrument.items] or ["total"]
    return ", ".join(f"{code}: {instrument.low}" for code in codes)


def _after(condition: Condition, knowledge: Knowledge) -> Iterator[str]:
    measure = knowledge.instruments[condition.main_measure]
    yield f"# course:  # for `masseter follow-up`; totals of {measure.name}"
    yield "#   baseline: null"
    yield "#   cycles:"
    yield "#     - {given_on: 2026-01-12, scores: [{day: 28, total: 3}, {day: 84, total: 5}]}"
    yield "#   wants_more: unsure  # yes, no or unsure"
    yield "# symptoms:  # for `masseter symptom`"
    yield "#   day: 3"
    yield "#   answers:"
    for type_ in knowledge.observations.values():
        if "symptom_check" in type_.asked_in and (not type_.conditions or condition.code in type_.conditions):
            yield f"#     {type_.code}: unknown"


def _one_line(words: str) -> str:
    return " ".join(words.split())
