"""What every fact says of itself: where from, how sure; and the words that many shapes share."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

Sureness = Literal["verified", "from_memory", "design"]
Grade = Literal["high", "moderate", "low", "very_low", "expert", "label", "ungraded"]
Status = Literal["licensed", "off_label", "research"]
Jurisdiction = Literal["US", "EU", "UK"]
Severity = Literal["stop", "caution", "note"]
Leads = Literal[
    "refer_urgently",
    "not_a_candidate",
    "something_else_first",
    "needs_information",
    "candidate",
]
ObservationKind = Literal["boolean", "integer", "decimal", "choice", "choices", "text", "date"]
AskedIn = Literal["self_check", "intake", "examination", "symptom_check", "derived"]
Side = Literal["left", "right", "midline"]
View = Literal["front", "left", "right", "back", "mouth"]
Route = Literal["intramuscular", "subcutaneous", "intradermal", "submucosal"]
Recommends = Literal["repeat", "adjust", "pause", "stop", "refer"]
SourceOfScore = Literal["entered", "diary_days_per_28", "diary_mean", "entered_or_diary_mean"]
EventSeverity = Literal["mild", "moderate", "severe"]
SymptomGrade = Literal["expected", "call", "emergency"]
Position = Literal["for", "conditional_for", "none", "conditional_against", "against", "unread"]


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """Where a value or a rule comes from and how sure we are of it.

    `sources` are keys of `sources.yaml`; only `verified` evidence may drive a stop.
    """

    sources: tuple[str, ...]
    sure: Sureness
    checked: date
    grade: Grade = "ungraded"
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Source:
    """One entry of the register of sources."""

    key: str
    title: str
    locator: str
    sure: Sureness

    @property
    def is_none(self) -> bool:
        """Whether it stands for what no source was read for: said in the reader's language, no citation."""
        return self.key in ("DESIGN", "RECALL")


@dataclass(frozen=True, kw_only=True)
class Value:
    """One number with its unit and its evidence."""

    value: Decimal
    unit: str
    evidence: Evidence


@dataclass(frozen=True, kw_only=True)
class Range:
    """A published range, both ends included."""

    low: Decimal
    high: Decimal
    unit: str
    evidence: Evidence


@dataclass(frozen=True, kw_only=True)
class Text:
    """A sentence or paragraph of our own, with the evidence that it rests on."""

    text: str
    evidence: Evidence


@dataclass(frozen=True, kw_only=True)
class Code:
    """A code of a terminology, e.g. ICD-10-CM G43.709.

    The codes of one system are a choice by side, cause or course: one of them fits a patient, never all.
    One that ends in a dash is a family.
    """

    system: str
    code: str
    display: str
    evidence: Evidence
