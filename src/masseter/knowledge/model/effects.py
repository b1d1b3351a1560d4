"""After an injection: unwanted effects, the symptom check, aftercare, the published course."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from masseter.knowledge.model.grounds import EventSeverity, Evidence, Range, SymptomGrade, Text
from masseter.knowledge.model.rules import Rule


@dataclass(frozen=True, kw_only=True)
class Rate:
    """How often an effect was counted, and in whom; empty `conditions` means whatever is treated."""

    percent: Decimal
    population: str
    evidence: Evidence
    conditions: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class SiteCause:
    """Muscles and areas that can bring an effect about, and how."""

    sites: tuple[str, ...]
    how: str
    evidence: Evidence


@dataclass(frozen=True, kw_only=True)
class Effect:
    """An unwanted effect: when it starts, how long it lasts, what to do, which regions can cause it.

    `counts_from`: how bad it has to be on record to count as felt for the next plan. `from_sites`: the
    muscles and areas that can bring it about; none where any treated place can, as a bruise.
    """

    code: str
    name: str
    plain_name: str
    onset_days: Range
    lasts_days: Range | None
    regions: tuple[str, ...]
    conditions: tuple[str, ...]
    management: Text
    rates: tuple[Rate, ...]
    evidence: Evidence
    cause: Text | None = None
    prevent: Text | None = None
    counts_from: EventSeverity = "mild"
    from_sites: tuple[SiteCause, ...] = ()


@dataclass(frozen=True, kw_only=True)
class OverallRate:
    """How many had any, a serious or a treatment-ending unwanted effect; `against`: with placebo."""

    code: str
    condition: str
    what: str
    percent: Decimal
    population: str
    evidence: Evidence
    against: Decimal | None = None


@dataclass(frozen=True, kw_only=True)
class SymptomRule:
    """One rule of the symptom check. `from_day`/`to_day` count from the treatment; None is open."""

    code: str
    when: Rule
    grade: SymptomGrade
    sentence: str
    plain: str
    evidence: Evidence
    from_day: int | None = None
    to_day: int | None = None
    effect: str = ""


@dataclass(frozen=True, kw_only=True)
class Aftercare:
    """One piece of advice, from one day after the treatment to another (0 is the day itself)."""

    code: str
    from_day: int
    to_day: int
    title: str
    text: str
    conditions: tuple[str, ...]
    evidence: Evidence


@dataclass(frozen=True, kw_only=True)
class ResponsePoint:
    """Percent of the baseline score that is left on a day: middle, and the edges of the band."""

    day: int
    low: Decimal
    middle: Decimal
    high: Decimal


@dataclass(frozen=True, kw_only=True)
class ResponseBand:
    """A published time course of one measure of one condition, drawn as a reference band."""

    key: str
    condition: str
    measure: str
    title: str
    points: tuple[ResponsePoint, ...]
    onset_days: Range
    peak_days: Range
    wear_off_days: Range
    words: Text
    evidence: Evidence
