"""What an unwanted effect tells the record, so that the next plan goes by it."""

from __future__ import annotations

from masseter.core.facts import EFFECTS_FELT, fact
from masseter.core.recover.felt import felt_with
from masseter.journey.audit.trail import record
from masseter.journey.consult.actions.telling import write_patients_words
from masseter.journey.consult.models import Observation
from masseter.journey.consult.queries import standings_of
from masseter.journey.consult.rows import PATIENT, to_row
from masseter.journey.ground import clock
from masseter.journey.ground.actor import Actor
from masseter.journey.recover.models import AdverseEvent
from masseter.knowledge.load import load
from masseter.knowledge.model import EventSeverity

CLINICIAN = "clinician"
_SEVERITIES: dict[str, EventSeverity] = {"mild": "mild", "moderate": "moderate", "severe": "severe"}


def tell_effect(*, by: Actor, event: AdverseEvent) -> None:
    """Add the effect to those felt so far: a patient's report waits for a clinician's look."""
    standing = standings_of(event.patient, None).get(EFFECTS_FELT)
    known = None if standing is None else standing.waits or standing.stands
    severity = _SEVERITIES[event.severity]
    felt = felt_with(known, effect=event.effect, severity=severity, knowledge=load())
    is_said = standing is not None and standing.waits is None and standing.fact.value == felt
    if felt is None or is_said:
        return
    who = PATIENT if by.is_patient else CLINICIAN
    told = fact(EFFECTS_FELT, felt, observed_on=clock.today(by.zone), reported_by=who)
    if by.is_patient:
        rows = write_patients_words(by, event.patient, event.case, {EFFECTS_FELT: told})
    else:
        rows = [to_row(by, event.patient, event.case, told, confirmed=True)]
        Observation.objects.bulk_create(rows)
    if rows:
        data = {"codes": [EFFECTS_FELT], "from": event.effect}
        record(by=by, what="observations.recorded", on=event.case, patient_id=event.patient_id, data=data)
