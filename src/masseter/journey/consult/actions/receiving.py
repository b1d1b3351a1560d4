"""The self-check that came with a request, in the patient's record: their own word, not confirmed."""

from __future__ import annotations

from collections.abc import Mapping
from zoneinfo import ZoneInfo

from masseter.core.facts import Observation as Fact
from masseter.core.reading import read_facts
from masseter.journey.audit.trail import record
from masseter.journey.consult.actions.telling import write_patients_words
from masseter.journey.consult.models import Case, Observation
from masseter.journey.consult.queries import open_case_of
from masseter.journey.consult.rows import PATIENT
from masseter.journey.ground.action import action
from masseter.journey.ground.actor import Actor
from masseter.journey.ground.refusals import Refused
from masseter.journey.ground.rights import Right
from masseter.journey.people.models import Patient
from masseter.journey.screen.models import Referral
from masseter.knowledge.load import load


@action(Right.KEEP_REFERRALS)
def receive_self_check(*, by: Actor, referral: Referral) -> list[Observation]:
    """Write the self-check of an accepted request into the patient's record, for a clinician to confirm.

    Warning signs and all that holds whatever the condition are there at once; answers about one
    condition wait for its case. A warning sign that was left open is written as not known.

    Raises: Refused where the request is not accepted.
    """
    patient = referral.patient
    if referral.state != Referral.State.ACCEPTED or patient is None:
        raise Refused("Accept the request first.")
    case = open_case_of(by, patient, referral.checked_condition)
    return write_self_check(by, patient, case, referral)


def write_self_check(by: Actor, patient: Patient, case: Case | None, referral: Referral) -> list[Observation]:
    """Write what is not on record yet: without a case, only what holds whatever the condition."""
    types = load().observations
    facts, unread = _told(referral)
    fitting = {code: fact for code, fact in facts.items() if case is not None or not types[code].conditions}
    rows = write_patients_words(by, patient, case, fitting, note=_note(by, referral))
    data = {"codes": [row.code for row in rows], "referral": referral.pk, "unread": unread}
    record(by=by, what="self_check.received", on=case or patient, patient_id=patient.pk, data=data)
    return rows


def write_checks_of_case(by: Actor, case: Case) -> None:
    """Write the answers that waited for this case, from the requests that became this patient's."""
    waiting = Referral.objects.filter(
        patient=case.patient, state=Referral.State.ACCEPTED, checked_condition=case.condition
    )
    for referral in waiting.order_by("created_at", "id"):
        write_self_check(by, case.patient, case, referral)


def _told(referral: Referral) -> tuple[Mapping[str, Fact], list[str]]:
    """The facts of a self-check on the day of the request, and the codes that cannot be read any more."""
    types = load().observations
    told = {**dict.fromkeys(referral.red_flags_open), **referral.answers}
    day = referral.created_at.astimezone(ZoneInfo(referral.clinic.zone)).date()
    raw = {
        code: _typed(value)
        for code, value in told.items()
        if code in types and "intake" in types[code].asked_in
    }
    reading = read_facts(raw, types=types, today=day, reported_by=PATIENT, observed_on=day)
    return reading.facts, [code for code in told if code not in types or code in reading.problems]


def _typed(value: object) -> object:
    return "unknown" if value is None else value


def _note(by: Actor, referral: Referral) -> str:
    day = referral.created_at.astimezone(ZoneInfo(by.zone))
    return f"Self-check on the public pages, sent on {day.day} {day:%B %Y}."
