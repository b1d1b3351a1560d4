"""What a questionnaire tells the record beside its score: a warning sign, or an observation for the rules."""

from __future__ import annotations

from collections.abc import Mapping

from masseter.core.facts import Observation as Fact
from masseter.core.facts import fact
from masseter.core.results.parts import raised_alarms
from masseter.core.results.score import AnswerValue
from masseter.journey.audit.trail import record
from masseter.journey.consult.actions.telling import write_patients_words
from masseter.journey.consult.models import Case, Observation
from masseter.journey.consult.rows import PATIENT, to_row
from masseter.journey.ground import clock
from masseter.journey.ground.actor import Actor
from masseter.journey.results.models import Score
from masseter.knowledge.load import load
from masseter.knowledge.model import Instrument

CLINICIAN = "clinician"


def tell_record(
    *, by: Actor, case: Case, instrument: Instrument, answers: Mapping[str, AnswerValue], score: Score
) -> Score:
    """Write what the answers say: a patient's own wait for a clinician's look, staff's are confirmed.

    A warning sign counts from today, whatever day the answers are of: somebody has to look at it now, and
    no older work-up settles it.
    """
    today = clock.today(by.zone)
    who = PATIENT if by.is_patient else CLINICIAN
    raised = dict.fromkeys(alarm.observation for alarm in raised_alarms(instrument, answers))
    facts = {code: fact(code, True, observed_on=today, reported_by=who) for code in raised}
    if instrument.tells:
        facts[instrument.tells] = _of_total(instrument.tells, score, who)
    if by.is_patient:
        rows = write_patients_words(by, case.patient, case, facts)
    else:
        rows = [to_row(by, case.patient, case, each, confirmed=True) for each in facts.values()]
        Observation.objects.bulk_create(rows)
    if rows:
        data = {"codes": [row.code for row in rows], "from": instrument.code}
        record(by=by, what="observations.recorded", on=case, patient_id=case.patient_id, data=data)
    return score


def _of_total(code: str, score: Score, who: str) -> Fact:
    """The observation that takes the total, as of the day of the answers."""
    type_, value = load().observations[code], int(score.value)
    said = str(value) if type_.kind == "choice" else value
    return fact(code, said, observed_on=score.day, reported_by=who, unit=type_.unit)
