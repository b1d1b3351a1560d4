"""Requests in words."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

from masseter.core.reading import InvalidObservation, read_observation
from masseter.core.screen.self_check import questions_for, red_flag_codes
from masseter.journey.people.duplicates import Likeness
from masseter.journey.screen.models import Referral
from masseter.journey.screen.queries import GET_HELP_NOW
from masseter.knowledge.load import load
from masseter.knowledge.model import ObservationType
from masseter.ui.observations import value_words
from masseter.ui.words import OPEN_FLAG_LOOK, OPEN_FLAG_WORDS, VERDICTS

LAST = 10**6  # after every question that has a place
YES = "yes"
NOT_ANSWERED = "not answered"


def referral_row(one: Referral, zone: str, today: date) -> dict[str, object]:
    """One request as the list and its own page show it."""
    asked = one.created_at.astimezone(ZoneInfo(zone))
    known = load().conditions.get(one.condition)
    checked = load().conditions.get(one.checked_condition)
    outcome = VERDICTS.get(one.outcome)
    title = OPEN_FLAG_WORDS.get(one.outcome, "") if one.red_flags_open else ""
    return {
        "id": one.pk,
        "name": one.name,
        "asked": asked,
        "days": (today - asked.date()).days,
        "condition": known.name if known else "",
        "checked_condition": checked.name if checked else "",
        "is_urgent": one.outcome == GET_HELP_NOW,
        "has_open_flags": bool(one.red_flags_open),
        "outcome": OPEN_FLAG_LOOK if title else one.outcome,
        "outcome_title": title,
        "outcome_words": title or (outcome.words if outcome else ""),
        "outcome_tone": "caution" if title else outcome.tone if outcome else "plain",
        "state": one.state,
        "state_words": one.get_state_display(),
        "patient": one.patient,
        "answered_by": one.answered_by_name,
        "answered_at": one.answered_at.astimezone(ZoneInfo(zone)) if one.answered_at else None,
    }


def answers_in_words(one: Referral, today: date) -> list[dict[str, object]]:
    """The self-check question by question: warning signs that are there, those left open, then the rest."""
    types = load().observations
    alarms = _flags()
    told = {**dict.fromkeys(_asked_of(one)), **dict.fromkeys(one.red_flags_open), **one.answers}
    rows = []
    for code in sorted(told, key=lambda code: types[code].order if code in types else LAST):
        words = _in_words(types.get(code), told[code], today) if code in one.answers else NOT_ANSWERED
        is_alarm = code in alarms and words == YES
        rows.append(
            {
                "label": types[code].label if code in types else code,
                "words": words,
                "is_alarm": is_alarm,
                "is_open_flag": code in one.red_flags_open and not is_alarm,
            }
        )
    return sorted(rows, key=lambda row: (not row["is_alarm"], not row["is_open_flag"]))


def _asked_of(one: Referral) -> list[str]:
    """What the self-check of this condition asks, where one was sent along."""
    condition = load().conditions.get(one.checked_condition)
    return [type_.code for type_ in questions_for(condition, load())] if condition else []


def _in_words(type_: ObservationType | None, raw: object, today: date) -> str:
    if type_ is None:
        return str(raw)
    try:
        return value_words(type_, read_observation(type_, raw, today=today, reported_by="patient").value)
    except InvalidObservation:
        return str(raw)


def alike_choices(found: tuple[Likeness, ...]) -> list[tuple[str, str]]:
    """Records that might be the person who asked."""
    return [
        (
            str(one.patient.pk),
            f"{one.patient}, {_born(one.patient.birth_date)}, {one.patient.number}: {one.why}",
        )
        for one in found
    ]


def _born(day: date | None) -> str:
    return f"born {day.day} {day:%B %Y}" if day else "date of birth not known"


def split_name(name: str) -> tuple[str, str]:
    """Given names and family name, as a first guess that is shown and can be changed."""
    given, _, family = name.strip().rpartition(" ")
    return (given, family) if given else (family, "")


def _flags() -> frozenset[str]:
    known = load()
    own = [rule for one in known.conditions.values() for rule in one.findings]
    return red_flag_codes([*known.precautions, *own])
