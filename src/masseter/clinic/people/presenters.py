"""Patients in words: the banner of every page, the line of the seven steps, who looked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from masseter.core.consult.flags import open_red_flags
from masseter.core.consult.standing import Standing
from masseter.core.facts import Observation, age_in_years
from masseter.journey.audit.models import OPENED
from masseter.journey.consult.models import Case
from masseter.journey.consult.queries import standings_of
from masseter.journey.ground import clock
from masseter.journey.ground.actor import Actor
from masseter.journey.ground.rights import ROLE_NAMES, Right, Role
from masseter.journey.people.models import Patient
from masseter.journey.people.queries import Look
from masseter.knowledge.load import load
from masseter.knowledge.model import ObservationType
from masseter.ui.observations import value_words

NONE = ("none",)
WARNING = "Warning sign"


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
        allergies, known, flags = _safety(by, patient)
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


def standing_words(type_: ObservationType, one: Standing) -> str:
    """What stands for a question, and beside it what the patient said since, where that differs."""
    if one.stands is not None and one.waits is not None and one.differs:
        stands, waits = value_words(type_, one.stands.value), value_words(type_, one.waits.value)
        return f"{stands} (the patient now says: {waits}; not confirmed)"
    return value_words(type_, one.fact.value)


def _safety(by: Actor, patient: Patient) -> tuple[str, bool, list[dict[str, str]]]:
    knowledge = load()
    standing = standings_of(patient, None)
    allergies, pregnancy = standing.get("allergies"), standing.get("pregnancy")
    flags = [{"label": WARNING, "tone": "stop", "icon": "alert-octagon"}] if _has_flag(by, standing) else []
    if pregnancy is not None and _says_something(pregnancy):
        label = standing_words(knowledge.observations["pregnancy"], pregnancy)
        flags.append({"label": label, "tone": "caution", "icon": "heart"})
    if allergies is None:
        return "", False, flags
    if _says_something(allergies):
        return standing_words(knowledge.observations["allergies"], allergies), True, flags
    return "", allergies.fact.value is not None, flags


def _says_something(one: Standing) -> bool:
    """Somebody named at least one, now or before; a later 'none' that nobody confirmed takes nothing away."""
    values = [said.value for said in (one.stands, one.waits) if said is not None]
    return any(isinstance(value, tuple) and value != NONE for value in values)


def _has_flag(by: Actor, standing: Mapping[str, Standing]) -> bool:
    """A warning sign was named by the patient or a clinician, and is not worked up."""
    said = {code: _graver(one) for code, one in standing.items()}
    jurisdiction = by.jurisdiction
    return bool(open_red_flags(knowledge=load(), facts=said, condition=None, jurisdiction=jurisdiction))


def _graver(one: Standing) -> Observation:
    return next(
        (said for said in (one.stands, one.waits) if said is not None and said.value is True), one.fact
    )


def _role_words(roles: str) -> str:
    names = [ROLE_NAMES[Role(role)] for role in roles.split(",") if role in {each.value for each in Role}]
    return ", ".join(names)


def _what_words(look: Look) -> str:
    if look.what == OPENED:
        return f"Looked at: {look.page}" if look.page else "Looked at the chart"
    words = look.what.replace(".", " ").replace("_", " ").capitalize()
    return f"{words}. {look.why}" if look.why else words
