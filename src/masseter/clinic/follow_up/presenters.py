"""Reviews and recalls in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from masseter.core.facts import NOT_APPLICABLE, Facts, NoLessThan, Observation
from masseter.core.follow_up.recommend import Recommendation
from masseter.core.results.forecast import Days, WearOff
from masseter.journey.follow_up.due_days import RecallDay
from masseter.journey.follow_up.models import Recall
from masseter.knowledge.load import load
from masseter.knowledge.model import ObservationType, Source
from masseter.ui.observations import value_words
from masseter.ui.symptoms import sources_of
from masseter.ui.wear_offs import since_words
from masseter.ui.words import VERDICTS

TITLES = {
    "ask": "Ask first",
    "discuss": "No published rule decides: talk it through",
}
# Nobody can be asked for these: they come from scores, from the diary, or from the answers above.
FROM_SCORES = frozenset(
    {
        "fall_percent",
        "last_fall_percent",
        "cycles_without_response",
        "lost_response",
        "effect_lasted_days",
        "pain_free_cycles",
    }
)
FROM_DIARY = frozenset({"months_under_15_headache_days", "months_under_10_headache_days"})
COUNTED = ("cycles", "months", "days")
SHOWN_FACTS = (
    "days_since_treatment",
    "cycles_given",
    "fall_percent",
    "last_fall_percent",
    "effect_lasted_days",
    "cycles_without_response",
    "lost_response",
    "months_under_15_headache_days",
    "months_under_10_headache_days",
    "pain_free_cycles",
    "had_adverse_event",
    "serious_adverse_event",
)


@dataclass(frozen=True, kw_only=True)
class AdviceReason:
    """One reason of a recommendation."""

    severity: str
    word: str
    sentence: str
    sources: list[Source]
    sure: str


@dataclass(frozen=True, kw_only=True)
class Advice:
    """A recommendation as the page shows it."""

    code: str
    title: str
    so_far: str
    reasons: list[AdviceReason]
    questions: list[str]


def _asked(type_: ObservationType) -> str:
    """What has to be entered so that an observation becomes known."""
    if type_.code in FROM_SCORES:
        return "a score of the main measure before and since the treatment"
    if type_.code in FROM_DIARY:
        return "the headache days of the last months"
    return type_.label


def advice_of(recommendation: Recommendation) -> Advice:
    """A recommendation in words."""
    return _advice(
        recommends=recommendation.recommends,
        so_far=recommendation.so_far or "",
        reasons=[vars(reason) for reason in recommendation.reasons],
        questions=recommendation.questions,
    )


def kept_advice(kept: Mapping[str, Any]) -> Advice:  # Any: as it was kept in JSON
    """A recommendation as it was shown at a review."""
    return _advice(
        recommends=kept["recommends"],
        so_far=kept["so_far"] or "",
        reasons=kept["reasons"],
        questions=kept["questions"],
    )


def fact_rows(facts: Facts) -> list[tuple[str, str]]:
    """What the record says about the cycles, in words."""
    types = load().observations
    return [
        (types[code].label, _fact_words(facts[code]))
        for code in SHOWN_FACTS
        if code in types and code in facts and facts[code].value is not NOT_APPLICABLE
    ]


def kept_fact_rows(facts: Mapping[str, str]) -> list[tuple[str, str]]:
    """The same as it was kept."""
    types = load().observations
    words = {"True": "yes", "False": "no"}
    return [
        (
            types[code].label,
            f"{words.get(facts[code], facts[code])} {_unit(types[code].unit, facts[code])}".strip(),
        )
        for code in SHOWN_FACTS
        if code in types and code in facts and facts[code] != "does not apply"
    ]


@dataclass(frozen=True, kw_only=True)
class RecallRow:
    """One line of the recall list."""

    pk: int
    name: str
    number: str
    condition: str
    due_on: date
    days: int
    state: str
    tone: str
    words: str
    note: str
    phone: str
    case_id: int
    patient_id: int
    is_look: bool
    moved: str
    wear_off: str = ""
    is_population: bool = False
    is_uncertain: bool = False


def recall_rows(
    recalls: Iterable[RecallDay], today: date, wear_offs: Mapping[int, WearOff] | None = None
) -> list[RecallRow]:
    """Recalls that wait in words, in the order given; `wear_offs` by case."""
    known = wear_offs or {}
    return [
        _with_wear_off(_recall_row(one.recall, one.due_on, today, _moved(one)), known.get(one.recall.case_id))
        for one in recalls
    ]


def _with_wear_off(row: RecallRow, wear_off: WearOff | None) -> RecallRow:
    if wear_off is None or row.is_look:
        return row
    days = wear_off.days
    words = _short_span(days)
    if wear_off.told_on is not None:
        words = f"since {since_words(days.first, wear_off.told_on, _short)}, by own word"
    return replace(
        row, wear_off=words, is_population=wear_off.is_population, is_uncertain=wear_off.is_uncertain
    )


def closed_rows(recalls: Iterable[Recall], today: date) -> list[RecallRow]:
    """Recalls that are done or dropped in words, in the order given."""
    return [_recall_row(recall, recall.due_on, today) for recall in recalls]


def _moved(one: RecallDay) -> str:
    """Why the day is later than the review set it."""
    if one.moved_by is None:
        return ""
    return f"Set for {_day(one.recall.due_on)}; toxin of {_day(one.moved_by.given_on)} moves it."


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _short_span(days: Days) -> str:
    """'25 Oct to 24 Nov 2026': the list is narrow, and no day is parted from its month."""
    first, last = _short(days.first), _short(days.last)
    return f"{first.removesuffix(last[-5:])} to {last}"


def _short(day: date) -> str:
    return f"{day.day}\u00a0{day:%b}\u00a0{day.year}"


def _recall_row(recall: Recall, due_on: date, today: date, moved: str = "") -> RecallRow:
    days = (today - due_on).days
    tone, words = _when(days) if recall.is_running else ("plain", recall.get_state_display())
    return RecallRow(
        pk=recall.pk,
        name=str(recall.patient),
        number=recall.patient.number,
        condition=load().conditions[recall.case.condition].name,
        due_on=due_on,
        days=days,
        state=recall.state,
        tone=tone,
        words=words,
        note=recall.note,
        phone=recall.patient.phone,
        case_id=recall.case_id,
        patient_id=recall.patient_id,
        is_look=recall.review is not None and recall.review.decision == "pause",
        moved=moved,
    )


def _when(days: int) -> tuple[str, str]:
    if days > 0:
        return "stop", f"{days} day{'s' if days > 1 else ''} overdue"
    if days == 0:
        return "caution", "due today"
    return "plain", f"in {-days} day{'s' if days < -1 else ''}"


def _fact_words(fact: Observation) -> str:
    type_ = load().observations[fact.code]
    if isinstance(fact.value, NoLessThan):
        return f"{fact.value} {_unit(type_.unit, str(fact.value.number))}".strip()
    if fact.value == 1 and not isinstance(fact.value, bool):
        return f"1 {_unit(type_.unit, '1')}".strip()
    return value_words(type_, fact.value)


def _unit(unit: str, number: str) -> str:
    """The unit that goes with a number: '1 cycle', 'at least 1 day', '2 months'."""
    is_one = number.removeprefix("at least ") in ("1", "1.0")
    return unit.removesuffix("s") if is_one and unit in COUNTED else unit


SEVERITIES = {"refer": "stop", "stop": "stop", "pause": "caution", "adjust": "caution", "repeat": "note"}


def _advice(
    *,
    recommends: str,
    so_far: str,
    reasons: Iterable[Mapping[str, Any]],  # Any: a reason's fields
    questions: Iterable[str],
) -> Advice:
    types = load().observations
    return Advice(
        code="needs_information" if recommends in TITLES else recommends,
        title=TITLES.get(recommends, VERDICTS[recommends].words if recommends in VERDICTS else recommends),
        so_far=VERDICTS[so_far].words if so_far and so_far != recommends else "",
        reasons=[_reason(reason) for reason in reasons],
        questions=list(dict.fromkeys(_asked(types[code]) for code in questions if code in types)),
    )


def _reason(reason: Mapping[str, Any]) -> AdviceReason:  # Any: a reason's fields
    recommends = str(reason["recommends"])
    return AdviceReason(
        severity=SEVERITIES[recommends],
        word=VERDICTS[recommends].words,
        sentence=str(reason["sentence"]),
        sources=sources_of(reason["sources"]),
        sure=str(reason["sure"]),
    )
