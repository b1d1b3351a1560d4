"""Condition, Observation, ClinicalImpression, DetectedIssue: what is known and what was concluded."""

from __future__ import annotations

import json

from masseter.fhir.parts import (
    Part,
    Resource,
    Told,
    concept,
    day,
    filled,
    identity,
    links,
    note,
    of_hl7,
    resource,
)
from masseter.fhir.values import observed
from masseter.journey.consult.models import (
    Assessment,
    Case,
    Decision,
    Observation,
    OverrideReason,
    PainDrawing,
)
from masseter.journey.consult.pain import strokes_of
from masseter.journey.plan.models import PlanOverride
from masseter.knowledge.load import load
from masseter.ui.pain import drawn_words
from masseter.ui.words import VERDICTS


def condition(told: Told, row: Case) -> Resource:
    """What is treated, with the diagnosis that the newest assessment chose."""
    known = load().conditions.get(row.condition)
    made = next((one for one in reversed(told.record.of(Assessment)) if one.case_id == row.pk), None)
    named = {each.code: each for each in known.diagnoses} if known else {}
    diagnosis = named.get(made.diagnosis) if made else None
    coded = concept("condition", row.condition, known.name if known else row.condition)
    if diagnosis is not None:
        exact = concept("diagnosis", diagnosis.code, diagnosis.name, diagnosis.codes)
        coded = {"coding": [*exact["coding"], *coded["coding"]], "text": diagnosis.name}
    return resource(
        "Condition",
        identity(row),
        clinicalStatus=of_hl7("condition-clinical", "active" if row.state == "open" else "inactive"),
        verificationStatus=of_hl7("condition-ver-status", "confirmed" if diagnosis else "provisional"),
        code=coded,
        subject=told.patient,
        recordedDate=told.at(row.opened_at),
        recorder=told.practitioner(row.opened_by_name),
        note=note(row.closed_reason),
    )


def observation(told: Told, row: Observation) -> Resource:
    """One answer or finding; one that was asked and is not known says so."""
    type_ = load().observations.get(row.code)
    return resource(
        "Observation",
        identity(row),
        status="final" if row.confirmed or row.reported_by != "patient" else "preliminary",
        code=concept("observation", row.code, type_.label if type_ else row.code),
        subject=told.patient,
        focus=links("Condition", Case, row.case_id),
        effectiveDateTime=day(row.observed_on),
        issued=told.at(row.recorded_at),
        performer=[told.author(row.recorded_by_name)],
        note=note(row.note),
        **observed(type_, row.code, row.value),
    )


def pain_drawing(told: Told, row: PainDrawing) -> Resource:
    """Where it hurt: each stroke in words and as it was drawn."""
    strokes = zip(strokes_of(row), row.strokes, strict=True)
    return resource(
        "Observation",
        identity(row),
        status="final",
        code=concept("drawing", "pain", "Where it hurt"),
        subject=told.patient,
        focus=links("Condition", Case, row.case_id),
        effectiveDateTime=day(row.drawn_on),
        performer=[told.author(row.by_name)],
        component=[_stroke(drawn_words(drawn, plain=True), kept) for drawn, kept in strokes],
        note=note(row.words, f"Edition of the face map: {row.map_version}."),
    )


def _stroke(words: str, kept: object) -> Part:
    return {
        "code": concept("drawing", "stroke", words),
        "valueString": json.dumps(kept),
    }


def assessment(told: Told, row: Assessment) -> Resource:
    """A verdict with all its findings, as it was shown."""
    verdict = VERDICTS.get(row.verdict)
    found = [
        {"itemCodeableConcept": concept("finding", str(each.get("code", "")), str(each.get("sentence", "")))}
        for each in row.result.get("findings", [])
    ]
    return resource(
        "ClinicalImpression",
        identity(row),
        status="completed",
        code=concept("verdict", row.verdict, verdict.words if verdict else row.verdict),
        subject=told.patient,
        effectiveDateTime=told.at(row.made_at),
        date=told.at(row.made_at),
        assessor=told.practitioner(row.made_by_name),
        problem=links("Condition", Case, row.case_id),
        summary=verdict.words if verdict else row.verdict,
        finding=found,
        note=note(row.diagnosis_reason, row.note, f"Knowledge version {row.knowledge_version}."),
    )


def decision(told: Told, row: Decision) -> Resource:
    """What was decided together."""
    return resource(
        "ClinicalImpression",
        identity(row),
        status="completed",
        code=concept("decision", row.decided, row.get_decided_display()),
        subject=told.patient,
        effectiveDateTime=told.at(row.at),
        date=told.at(row.at),
        assessor=told.practitioner(row.by_name),
        problem=links("Condition", Case, row.case_id),
        summary=row.get_decided_display(),
        note=note(row.wish, row.words, *(str(each) for each in row.options)),
    )


def overruled(told: Told, row: OverrideReason | PlanOverride) -> Resource:
    """A caution, and the reason that was written for going on."""
    action = filled(action={"text": row.reason}, date=told.at(row.at), author=told.practitioner(row.by_name))
    return resource(
        "DetectedIssue",
        identity(row),
        status="final",
        code=concept("finding", row.finding_code, row.sentence),
        patient=told.patient,
        identifiedDateTime=told.at(row.at),
        author=told.practitioner(row.by_name),
        detail=" ".join([row.sentence, row.subject]).strip(),
        mitigation=[action],
    )
