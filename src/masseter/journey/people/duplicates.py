"""Which records might be the same person: compared in plain rules, so that the reason can be said."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher

from masseter.journey.people.models import Patient
from masseter.journey.people.names import names_key, plain

ALIKE = 0.8  # share of letters in common from which two names may be two spellings of one


@dataclass(frozen=True, kw_only=True)
class Likeness:
    """One record that might be the same person, and why."""

    patient: Patient
    why: str
    is_strong: bool


def likenesses(
    patients: Iterable[Patient], *, family_name: str, given_names: str, birth_date: date | None
) -> tuple[Likeness, ...]:
    """The records that might be the same person, the likeliest first."""
    found = []
    for patient in patients:
        why = _why(patient, family_name, given_names, birth_date)
        if why:
            found.append(Likeness(patient=patient, why=why[0], is_strong=why[1]))
    return tuple(sorted(found, key=lambda one: (not one.is_strong, one.patient.number)))


def _why(
    patient: Patient, family_name: str, given_names: str, birth_date: date | None
) -> tuple[str, bool] | None:
    here, there = names_key(given_names, family_name), patient.names_key
    same_words = set(here.split()) == set(there.split())
    same_day = birth_date is not None and patient.birth_date == birth_date
    if same_words and same_day:
        return "same name and date of birth", True
    if same_words:
        return _same_name(patient.birth_date, birth_date)
    if same_day and _alike(here, there):
        return "similar name, same date of birth", True
    if same_day and set(here.split()) & set(there.split()):
        return "one name in common, same date of birth", False
    if _turned(patient.birth_date, birth_date) and plain(family_name) == plain(patient.family_name):
        return "same family name, day and month of birth the other way round", False
    return None


def _same_name(there: date | None, here: date | None) -> tuple[str, bool]:
    if there is None or here is None:
        return "same name, one date of birth not known", False
    if _turned(there, here):
        return "same name, day and month of birth the other way round", True
    return "same name, another date of birth", False


def _alike(here: str, there: str) -> bool:
    turned = " ".join(sorted(there.split()))
    together = SequenceMatcher(None, " ".join(sorted(here.split())), turned).ratio()
    return together >= ALIKE


def _turned(there: date | None, here: date | None) -> bool:
    if there is None or here is None or there == here:
        return False
    return (there.year, there.month, there.day) == (here.year, here.day, here.month)
