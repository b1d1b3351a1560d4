"""A patient's own words as rows: not confirmed, and written only where they say something new."""

from __future__ import annotations

from collections.abc import Mapping

from masseter.core.consult.clearance import signs_of
from masseter.core.facts import Observation as Fact
from masseter.journey.consult.models import Case, Observation
from masseter.journey.consult.queries import rules_of, standings_of
from masseter.journey.consult.rows import to_row
from masseter.journey.ground.actor import Actor
from masseter.journey.people.models import Patient


def write_patients_words(
    by: Actor, patient: Patient, case: Case | None, facts: Mapping[str, Fact], *, note: str = ""
) -> list[Observation]:
    """Write the facts that are not on record yet.

    A warning sign that is reported again on another day is written again: no older work-up settles it.
    """
    standing, signs = standings_of(patient, case), signs_of(rules_of(case))
    rows = []
    for code, fact in facts.items():
        known = standing.get(code)
        newest = (known.waits or known.stands) if known is not None else None
        if newest is not None and newest.value == fact.value and not _is_sign_again(newest, fact, signs):
            continue
        rows.append(to_row(by, patient, case, fact, confirmed=False, note=note))
    Observation.objects.bulk_create(rows)
    return rows


def _is_sign_again(before: Fact, now: Fact, signs: frozenset[str]) -> bool:
    return now.code in signs and now.value is True and before.observed_on != now.observed_on
