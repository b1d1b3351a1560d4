"""A whole record as one FHIR R4 Bundle (collection)."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

from django.db.models import Model

from masseter.fhir import care, course, known, papers, people
from masseter.fhir.parts import OWN, Resource, Told
from masseter.journey.accounts.models import Clinic
from masseter.journey.inject.models import Sitting, Treatment
from masseter.journey.record.whole import WholeRecord
from masseter.journey.results.models import Photograph
from masseter.journey.results.photographs.queries import shown

# How the rows of each table become resources. Any: each mapper takes the rows of its own table.
MAPPERS: dict[str, Callable[[Told, Any], Resource | list[Resource]]] = {
    "calendar.appointment": papers.appointment,
    "calendar.waiting": papers.waiting,
    "consult.assessment": known.assessment,
    "consult.case": known.condition,
    "consult.consent": care.consent,
    "consult.consentquestion": papers.consent_question,
    "consult.consentrelease": papers.consent_release,
    "consult.decision": known.decision,
    "consult.elsewheretreatment": care.elsewhere,
    "consult.observation": known.observation,
    "consult.overridereason": known.overruled,
    "consult.paindrawing": known.pain_drawing,
    "consult.photographconsent": care.consent,
    "consult.researchconsent": care.consent,
    "follow_up.payerletter": papers.letter,
    "follow_up.recall": course.recall,
    "follow_up.review": course.review,
    "inject.givenpoint": care.given,
    "inject.sitting": care.sitting,
    "inject.treatment": care.treatment,
    "inject.vialuse": care.vial,
    "people.proxy": people.carer,
    "plan.plan": care.plan,
    "plan.planoverride": known.overruled,
    "recover.adverseevent": course.adverse,
    "recover.feltmark": course.felt,
    "recover.symptomcheck": course.symptoms,
    "record.asked": papers.asked,
    "record.statement": papers.statement,
    "results.diaryentry": course.diary,
    "results.score": course.score,
    "screen.referral": course.referral,
    "stock.alertcontact": papers.warning,
}
PHOTOGRAPHS = "results.photograph"
# Tables that give no resource of their own, each with the reason.
LEFT_OUT = {
    "consult.partread": "a mark that a part of a consent was opened at home; the signed consent tells it",
    "plan.planpoint": "a dosage instruction of its plan",
    "inject.chairtap": "single presses at the chair; the signed treatment tells what they came to",
    "recover.putaside": "the clinic's mark that it looked at what was felt, which is there itself",
    "results.diarysent": "the key of one sending from a device; the diary entry is there itself",
    "stock.vial": "the vial that was opened for the patient; its lot is the batch of the Medication",
}


def record_bundle(record: WholeRecord, clinic: Clinic, now: datetime) -> Resource:
    """The bundle: every row of the patient's but those left out, who wrote them, and who looked."""
    told = Told(record=record, clinic=clinic)
    found = list(_resources(told))
    names = _names(found)
    everything = [
        people.patient(told),
        people.organization(told),
        *people.particulars(told),
        *(people.practitioner(told, name) for name in names),
        *found,
    ]
    return {
        "resourceType": "Bundle",
        "identifier": {"system": f"{OWN}:record-number", "value": record.patient.number},
        "type": "collection",
        "timestamp": told.at(now),
        "entry": [{"fullUrl": f"urn:uuid:{one['id']}", "resource": one} for one in everything],
    }


def as_json(bundle: Resource) -> bytes:
    """The bundle as a file."""
    return json.dumps(bundle, ensure_ascii=False, indent=1).encode()


def _resources(told: Told) -> Iterator[Resource]:
    for label in sorted(set(told.record.rows) - set(LEFT_OUT) - {PHOTOGRAPHS}):
        # A table that nobody has mapped yet goes along field by field, rather than not at all.
        mapper = MAPPERS.get(label, papers.plainly)
        for row in told.record.rows[label]:
            if not _is_told_elsewhere(row):
                made = mapper(told, row)
                yield from made if isinstance(made, list) else [made]
    seen = set(shown().filter(patient_id=told.record.patient.pk).values_list("pk", flat=True))
    for photograph in told.record.of(Photograph):
        yield papers.photograph(told, photograph, is_shown=photograph.pk in seen)
    for treatment in told.record.of(Treatment):
        signed = papers.signature(told, treatment)
        if signed is not None:
            yield signed
    for number, look in enumerate(reversed(told.record.looks)):
        yield papers.look(told, number, look)


def _is_told_elsewhere(row: Model) -> bool:
    """A sitting that ended in a treatment is told by the treatment."""
    return isinstance(row, Sitting) and row.outcome == Sitting.Outcome.SIGNED


def _names(found: list[Resource]) -> list[str]:
    """The names of everybody who is referred to as a Practitioner."""
    names: dict[str, None] = {}

    def walk(value: object) -> None:
        if isinstance(value, dict):
            if value.get("type") == "Practitioner" and "reference" in value:
                names[value["display"]] = None
            for each in value.values():
                walk(each)
        elif isinstance(value, list):
            for each in value:
                walk(each)

    walk(found)
    return list(names)
