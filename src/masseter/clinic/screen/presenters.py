"""Requests in words."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from masseter.core.questions import UnknownObservation
from masseter.core.reading import InvalidObservation, read_observation
from masseter.core.screen.self_check import red_flag_codes
from masseter.journey.people.duplicates import Likeness
from masseter.journey.screen.models import Referral
from masseter.knowledge.load import load
from masseter.ui.observations import value_words
from masseter.ui.words import VERDICTS

LAST = 10**6  # after every question that has a place


def referral_row(one: Referral, zone: str, today: date) -> dict[str, object]:
    """One request as the list and its own page show it."""
    asked = one.created_at.astimezone(ZoneInfo(zone))
    known = load().conditions.get(one.condition)
    outcome = VERDICTS.get(one.outcome)
    return {
        "id": one.pk,
        "name": one.name,
        "asked": asked,
        "days": (today - asked.date()).days,
        "condition": known.name if known else "",
        "outcome": one.outcome,
        "outcome_words": outcome.words if outcome else "",
        "outcome_tone": outcome.tone if outcome else "plain",
        "state": one.state,
        "state_words": one.get_state_display(),
        "patient": one.patient,
        "answered_by": one.answered_by_name,
        "answered_at": one.answered_at.astimezone(ZoneInfo(zone)) if one.answered_at else None,
    }


def answers_in_words(answers: Mapping[str, Any], today: date) -> list[dict[str, object]]:  # Any: JSON
    """What the person answered in the self-check, question by question."""
    rows: list[dict[str, object]] = []
    alarms = _flags()
    types = load().observations
    in_order = sorted(answers.items(), key=lambda pair: types[pair[0]].order if pair[0] in types else LAST)
    for code, raw in in_order:
        type_ = types.get(code)
        if type_ is None:
            rows.append({"label": code, "words": str(raw), "is_alarm": False})
            continue
        try:
            value = read_observation(type_, raw, today=today, reported_by="patient").value
            words = value_words(type_, value)
        except (InvalidObservation, UnknownObservation):
            value, words = None, str(raw)
        rows.append(
            {"label": type_.label, "words": words, "is_alarm": type_.code in alarms and value is True}
        )
    return sorted(rows, key=lambda row: not row["is_alarm"])


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
