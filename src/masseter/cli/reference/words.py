"""Markdown from the shapes of knowledge."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from masseter.knowledge.model import (
    AllOf,
    AnyOf,
    AtLeast,
    AtMost,
    CountAtLeast,
    Evidence,
    Is,
    Not,
    NumberOf,
    OneOf,
    Range,
    Rule,
    Value,
)

GENERATED = "<!-- Written by `make docs` from what runs. Change the source, not this page. -->\n\n"


def number(value: Decimal) -> str:
    """A number without trailing zeros and never in exponent form."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def amount(value: Value | Range | None) -> str:
    """A value or range with its unit."""
    if value is None:
        return ""
    if isinstance(value, Value):
        return f"{number(value.value)} {value.unit}".strip()
    low, high = number(value.low), number(value.high)
    span = low if low == high else f"{low}–{high}"
    return f"{span} {value.unit}".strip()


def proof(evidence: Evidence) -> str:
    """Sources, grade and how sure we are, in a few words."""
    sources = ", ".join(f"[{key}](sources.md#{key.lower()})" for key in evidence.sources)
    sure = evidence.sure.replace("_", " ")
    grade = "" if evidence.grade == "ungraded" else f", {evidence.grade.replace('_', ' ')}"
    note = f" {evidence.note}" if evidence.note else ""
    return f"{sources or 'no source'} ({sure}{grade}, {evidence.checked.isoformat()}){note}"


def places(jurisdictions: Iterable[str]) -> str:
    """Where something holds; naming none means everywhere."""
    return ", ".join(jurisdictions) or "all"


def table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A Markdown table; pipes and line breaks inside cells are made harmless."""
    heads = list(head)
    lines = [f"| {' | '.join(heads)} |", f"|{'---|' * len(heads)}"]
    for row in rows:
        cells = [cell.replace("|", "\\|").replace("\n", " ") for cell in row]
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines) + "\n\n"


def rule(told: Rule) -> str:
    """A rule as a clinician would say it, with the observations in code type."""
    match told:
        case Is():
            return f"`{told.observation}` is {'yes' if told.equals else 'no'}"
        case AtLeast():
            return f"`{told.observation}` ≥ {number(told.at_least)}"
        case AtMost():
            return f"`{told.observation}` ≤ {number(told.at_most)}"
        case OneOf():
            return f"`{told.observation}` is one of {', '.join(told.one_of)}"
        case CountAtLeast():
            of = f" of {', '.join(told.of)}" if told.of else ""
            return f"at least {told.count_at_least}{of} in `{told.observation}`"
        case AllOf():
            return "(" + " and ".join(rule(part) for part in told.all) + ")"
        case AnyOf():
            return "(" + " or ".join(rule(part) for part in told.any) + ")"
        case NumberOf():
            return f"at least {told.count} of (" + "; ".join(rule(part) for part in told.of_rules) + ")"
        case Not():
            return f"not {rule(told.negate)}"
