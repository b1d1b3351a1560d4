"""QuestionnaireResponse, Observation, AdverseEvent, ClinicalImpression, Task: what came after."""

from __future__ import annotations

from masseter.fhir.care import site
from masseter.fhir.parts import (
    OWN,
    Resource,
    Told,
    answer,
    concept,
    day,
    identity,
    identity_of,
    link,
    links,
    note,
    number,
    reference,
    resource,
)
from masseter.fhir.values import answered, anything
from masseter.journey.consult.models import Case
from masseter.journey.follow_up.models import Recall, Review
from masseter.journey.inject.models import Treatment
from masseter.journey.recover.models import AdverseEvent, FeltMark, SymptomCheck
from masseter.journey.results.diary import FIELDS
from masseter.journey.results.models import DiaryEntry, Score
from masseter.journey.screen.models import Referral
from masseter.knowledge.load import load
from masseter.knowledge.model import Code
from masseter.ui.felt import felt_words
from masseter.ui.symptoms import event_name
from masseter.ui.words import VERDICTS

TASKS = {"open": "requested", "booked": "accepted", "done": "completed", "dropped": "cancelled"}
OUTCOMES = {"ongoing": "ongoing", "resolved": "resolved", "unknown": "unknown"}


def symptoms(told: Told, row: SymptomCheck) -> Resource:
    """A symptom check as it was answered, with the answer that it got."""
    types = load().observations
    items = [
        answer(code, types[code].label if code in types else code, answered(types.get(code), code, value))
        for code, value in row.answers.items()
    ]
    verdict = VERDICTS.get(row.grade)
    graded = [{"valueString": verdict.words if verdict else row.grade}]
    return resource(
        "QuestionnaireResponse",
        identity(row),
        questionnaire=f"{OWN}:questionnaire:symptom-check",
        partOf=links("Procedure", Treatment, row.treatment_id),
        status="completed",
        subject=told.patient,
        authored=told.at(row.at),
        author=told.author(row.by_name),
        source=told.patient if row.reported_by == "patient" else None,
        item=[*items, answer("grade", "Answer to the symptom check", graded)],
    )


def adverse(told: Told, row: AdverseEvent) -> Resource:
    """An unwanted effect after a treatment."""
    detected = told.at(row.created_at)
    return resource(
        "AdverseEvent",
        identity(row),
        actuality="actual",
        event=concept(
            "effect", row.effect or "told-in-words", " ".join([event_name(row), row.words]).strip()
        ),
        subject=told.patient,
        date=day(row.started_on),
        detected=detected,
        recordedDate=detected,
        seriousness=_of("adverse-event-seriousness", "serious" if row.is_serious else "non-serious"),
        severity=_of("adverse-event-severity", row.severity),
        outcome=_of("adverse-event-outcome", OUTCOMES[row.outcome]),
        recorder=told.author(row.by_name),
        suspectEntity=[{"instance": reference("Procedure", identity_of(Treatment, row.treatment_id))}],
    )


def _of(system: str, code: str) -> dict[str, object]:
    return {"coding": [{"system": f"http://terminology.hl7.org/CodeSystem/{system}", "code": code}]}


def felt(told: Told, row: FeltMark) -> Resource:
    """What was felt after a treatment, at one place of the face map."""
    return resource(
        "Observation",
        identity(row),
        partOf=links("Procedure", Treatment, row.treatment_id),
        status="cancelled" if row.taken_back_at else "final",
        code=concept("felt", row.kind, felt_words(row.kind)),
        subject=told.patient,
        effectiveDateTime=day(row.marked_on),
        performer=[told.author(row.by_name)],
        valueString=felt_words(row.kind),
        bodySite=site(row.site, row.side),
        note=note(row.words),
    )


def diary(told: Told, row: DiaryEntry) -> Resource:
    """One day of the diary, or the seven days that end with it."""
    items = [
        answer(code, FIELDS[code].label if code in FIELDS else code, anything(value))
        for code, value in row.values.items()
    ]
    remarks = [answer("note", "Note", anything(row.note))] if row.note else []
    spans = [answer("covers-days", "Days that this tells of", anything(row.covers_days))]
    return resource(
        "QuestionnaireResponse",
        identity(row),
        questionnaire=f"{OWN}:questionnaire:diary",
        status="completed",
        subject=told.patient,
        authored=day(row.day),
        author=told.author(row.by_name),
        source=told.patient if row.entered_by == "patient" else None,
        item=[*items, *spans, *remarks],
    )


def score(told: Told, row: Score) -> list[Resource]:
    """One result of a questionnaire, and the answers that it was made of."""
    known = load().instruments.get(row.instrument)
    labels = {item.code: item.label for item in known.items} if known else {}
    items = [answer(code, labels.get(code, code), anything(value)) for code, value in row.items.items()]
    status = "entered-in-error" if row.withdrawn_at else "completed"
    response = resource(
        "QuestionnaireResponse",
        identity(row, "answers"),
        questionnaire=f"{OWN}:questionnaire:{row.instrument}",
        status=status,
        subject=told.patient,
        authored=day(row.day),
        author=told.author(row.by_name),
        item=items,
    )
    unit = known.unit if known else ""
    total = resource(
        "Observation",
        identity(row),
        status="entered-in-error" if row.withdrawn_at else "final",
        code=concept("instrument", row.instrument, known.name if known else row.instrument, _codes(row)),
        subject=told.patient,
        focus=links("Condition", Case, row.case_id),
        effectiveDateTime=day(row.day),
        performer=[told.author(row.by_name)],
        valueQuantity={"value": number(row.value), **({"unit": unit} if unit else {})},
        derivedFrom=[link("QuestionnaireResponse", Score, row.pk, "answers")] if items else [],
        note=note(row.note, row.withdrawn_reason, "Before the treatment." if row.is_baseline else ""),
    )
    return [total, response] if items else [total]


def _codes(row: Score) -> tuple[Code, ...]:
    known = load().instruments.get(row.instrument)
    return known.codes if known else ()


def review(told: Told, row: Review) -> Resource:
    """A review visit: what was found and decided."""
    advised = VERDICTS.get(str(row.recommendation.get("recommendation", "")))
    return resource(
        "ClinicalImpression",
        identity(row),
        status="completed",
        code=concept("review", row.decision, row.get_decision_display()),
        subject=told.patient,
        effectiveDateTime=day(row.held_on),
        date=day(row.held_on),
        assessor=told.practitioner(row.by_name),
        problem=links("Condition", Case, row.case_id),
        summary=row.get_decision_display(),
        note=note(
            row.effect,
            row.adverse,
            row.reason,
            f"Advice of the rules: {advised.words}." if advised else "",
            f"Wish to go on: {row.get_wish_display()}.",
            f"Next due on {row.next_due_on}." if row.next_due_on else "",
        ),
    )


def recall(told: Told, row: Recall) -> Resource:
    """The day on which the patient should be asked to come again."""
    return resource(
        "Task",
        identity(row),
        status=TASKS[row.state],
        intent="plan",
        code=concept("task", "recall", "Ask the patient to come again"),
        focus=link("Condition", Case, row.case_id),
        for_=told.patient,
        authoredOn=told.at(row.created_at),
        owner=told.organization,
        restriction={"period": {"start": day(row.due_on)}},
        note=note(row.note),
    )


def referral(told: Told, row: Referral) -> list[Resource]:
    """A request for an appointment, and the self-check that was sent along."""
    types = load().observations
    states = {"new": "active", "accepted": "completed", "declined": "revoked"}
    asked = resource(
        "ServiceRequest",
        identity(row),
        status=states[row.state],
        intent="proposal",
        code=concept("request", "appointment", "Appointment"),
        subject=told.patient,
        authoredOn=told.at(row.created_at),
        requester=told.patient,
        performer=[told.organization],
        reasonCode=[concept("condition", row.condition)] if row.condition else [],
        note=note(row.name, row.email, row.phone, row.message, row.preferred_times, row.reason),
    )
    if not row.answers:
        return [asked]
    items = [
        answer(code, types[code].label if code in types else code, answered(types.get(code), code, value))
        for code, value in row.answers.items()
    ]
    check = resource(
        "QuestionnaireResponse",
        identity(row, "answers"),
        questionnaire=f"{OWN}:questionnaire:self-check",
        basedOn=[reference("ServiceRequest", identity(row))],
        status="completed",
        subject=told.patient,
        authored=told.at(row.created_at),
        item=[*items, answer("outcome", "Result of the self-check", anything(row.outcome))],
    )
    return [asked, check]
