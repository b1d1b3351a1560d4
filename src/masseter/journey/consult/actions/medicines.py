"""Medicines that a patient names: kept in their own words, with what follows for the rules' questions."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext as _

from masseter.core.consult.medicines import answers_from
from masseter.core.facts import ObservationValue, fact
from masseter.journey.audit.trail import record
from masseter.journey.consult.actions.telling import write_patients_words
from masseter.journey.consult.models import Case, Observation
from masseter.journey.consult.queries import standings_of
from masseter.journey.consult.rows import PATIENT
from masseter.journey.ground import clock
from masseter.journey.ground.action import action
from masseter.journey.ground.actor import Actor
from masseter.journey.ground.refusals import Refused
from masseter.journey.ground.rights import Right
from masseter.journey.people.models import Patient
from masseter.knowledge.load import load

MEDICINES = "medicines"
MOST, LONGEST = 60, 200


@action(Right.OWN_CARE)
def tell_medicines(
    *, by: Actor, patient: Patient, case: Case | None, lines: Sequence[str]
) -> list[Observation]:
    """Keep the medicines that a patient names, one on a line; a clinician looks at them and confirms.

    One that is in the list ticks the kinds that the safety rules ask for; what was ticked stays ticked.
    Raises: Refused for too many, or one that is too long.
    """
    if len(lines) > MOST:
        raise Refused(_("These are very many. Please bring your list to the visit."))
    if any(len(line) > LONGEST for line in lines):
        raise Refused(_("This is too long for one medicine."), field="own")
    if case is not None:
        case.claim(None)
    today, knowledge = clock.today(by.zone), load()
    standing = standings_of(patient, case)
    known = {code: newest for code, one in standing.items() if (newest := one.waits or one.stands)}
    answers = answers_from(
        lines, knowledge.medicines, knowledge.medicine_groups, knowledge.observations, known
    )
    told: dict[str, ObservationValue] = {MEDICINES: "\n".join(lines), **answers}
    facts = {code: fact(code, value, observed_on=today, reported_by=PATIENT) for code, value in told.items()}
    rows = write_patients_words(by, patient, case, facts)
    data = {"codes": [row.code for row in rows]}
    record(by=by, what="medicines.told", on=case or patient, patient_id=patient.pk, data=data)
    return rows
