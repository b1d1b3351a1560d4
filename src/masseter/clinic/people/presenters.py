"""Patients in words: the banner of every page, the line of the seven steps, who looked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from masseter.core.facts import age_in_years
from masseter.journey.consult.models import Case
from masseter.journey.consult.queries import standings_of
from masseter.journey.ground import clock
from masseter.journey.ground.actor import Actor
from masseter.journey.ground.rights import ROLE_NAMES, Right, Role
from masseter.journey.people.models import Patient
from masseter.journey.people.queries import Look
from masseter.knowledge.load import load
from masseter.ui.observations import value_words

NONE = ("none",)


@dataclass(frozen=True, kw_only=True)
class Banner:
    """Who a page is about, with what must never be overlooked."""

    name: str
    born: date | None
    age: int | None
    number: str
    sex: str
    allergies: str
    allergies_known: bool
    flags: list[dict[str, str]]


def banner(by: Actor, patient: Patient) -> Banner:
    """The banner of a patient; allergies and warning signs only for those who may open the chart."""
    today = clock.today(by.zone)
    allergies, known = "", True
    flags: list[dict[str, str]] = []
    if by.may(Right.SEE_CHART):
        allergies, known, flags = _safety(patient)
    if patient.needs_interpreter:
        flags.append({"label": "Interpreter needed", "tone": "note", "icon": "language"})
    if patient.is_published_case:
        flags.append({"label": "Published case", "tone": "plain", "icon": "book"})
    return Banner(
        name=str(patient),
        born=patient.birth_date,
        age=age_in_years(patient.birth_date, today) if patient.birth_date else None,
        number=patient.number,
        sex=patient.get_sex_display() if patient.sex != Patient.Sex.UNKNOWN else "",
        allergies=allergies,
        allergies_known=known,
        flags=flags,
    )


def condition_name(case: Case) -> str:
    """The name of a case's condition."""
    return load().conditions[case.condition].name


@dataclass(frozen=True, kw_only=True)
class LookRow:
    """One line of who looked at a chart."""

    at: datetime
    name: str
    roles: str
    what: str


def look_rows(looks: Iterable[Look]) -> list[LookRow]:
    """Who looked or wrote, in words."""
    return [
        LookRow(at=look.at, name=look.name, roles=_role_words(look.roles), what=_what_words(look))
        for look in looks
    ]


def _safety(patient: Patient) -> tuple[str, bool, list[dict[str, str]]]:
    types = load().observations
    facts = {code: one.fact for code, one in standings_of(patient, None).items()}
    allergies = facts.get("allergies")
    known = allergies is not None and allergies.value is not None
    words = ""
    if allergies is not None and known and allergies.value != NONE:
        words = value_words(types["allergies"], allergies.value)
    raised = [code for code, one in facts.items() if code.startswith("flag_") and one.value is True]
    flags = [{"label": "Warning sign", "tone": "stop", "icon": "alert-octagon"}] if raised else []
    pregnancy = facts.get("pregnancy")
    if pregnancy is not None and isinstance(pregnancy.value, tuple) and pregnancy.value != NONE:
        label = value_words(types["pregnancy"], pregnancy.value)
        flags.append({"label": label, "tone": "caution", "icon": "heart"})
    return words, known, flags


def _role_words(roles: str) -> str:
    names = [ROLE_NAMES[Role(role)] for role in roles.split(",") if role in {each.value for each in Role}]
    return ", ".join(names)


def _what_words(look: Look) -> str:
    if look.what == "chart.opened":
        return f"Looked at: {look.page}" if look.page else "Looked at the chart"
    words = look.what.replace(".", " ").replace("_", " ").capitalize()
    return f"{words}. {look.why}" if look.why else words
