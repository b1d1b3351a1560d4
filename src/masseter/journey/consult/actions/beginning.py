"""A case that the patient begins: so that the diary before a treatment starts at once, before any visit."""

from __future__ import annotations

from django.utils.translation import gettext as _

from masseter.journey.audit.trail import record
from masseter.journey.consult.actions.receiving import write_checks_of_case
from masseter.journey.consult.models import Case
from masseter.journey.consult.queries import cases_of, open_case_of
from masseter.journey.ground import clock
from masseter.journey.ground.action import action
from masseter.journey.ground.actor import Actor
from masseter.journey.ground.refusals import Refused
from masseter.journey.ground.rights import Right
from masseter.journey.people.models import Patient
from masseter.knowledge.load import load

MOST_BEGUN = 2  # somebody who does not know what they have may try; more is a slip


@action(Right.OWN_CARE)
def begin_diary(*, by: Actor, patient: Patient, condition: str) -> Case:
    """Begin the diary of a condition before a visit: opens a case that the clinic sees and takes over.

    It says what the person complains of and nothing of a diagnosis. One that is open is answered as it is.
    Raises: Refused for a condition without a diary, or where two were begun already.
    """
    found = load().conditions.get(condition)
    if found is None or not found.diary:
        raise Refused(_("Choose what it is about."), field="condition")
    Patient.objects.select_for_update().get(pk=patient.pk)
    case = open_case_of(by, patient, condition)
    if case is None:
        begun = [
            one for one in cases_of(by, patient) if one.state == Case.State.OPEN and one.begun_by_patient
        ]
        if len(begun) >= MOST_BEGUN:
            raise Refused(_("You keep two diaries already. Please call your clinic."), field="condition")
        case = Case.objects.create(
            clinic_id=by.clinic_id,
            patient=patient,
            condition=condition,
            opened_at=clock.now(),
            opened_by_name=by.name,
            begun_by_patient=True,
        )
        write_checks_of_case(by, case)
    record(by=by, what="diary.begun", on=case, data={"condition": condition})
    return case
