"""Checking symptoms after a treatment, answering the checks, recording adverse events."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date

from masseter.core.facts import Observation as Fact
from masseter.core.recover.grade import SymptomResult, grade_of_effect, grade_symptoms, gravest_of
from masseter.journey.audit.trail import record
from masseter.journey.consult.rows import to_json
from masseter.journey.ground import clock
from masseter.journey.ground.action import action, check_own
from masseter.journey.ground.actor import Actor
from masseter.journey.ground.refusals import Refused
from masseter.journey.ground.rights import Right
from masseter.journey.inject.models import Treatment
from masseter.journey.recover.alarm import tell_clinic
from masseter.journey.recover.models import AdverseEvent, SymptomCheck
from masseter.journey.recover.queries import given_on
from masseter.journey.recover.telling import tell_effect
from masseter.knowledge.load import load
from masseter.knowledge.model import SymptomGrade


@action(Right.OWN_CARE, Right.RECORD_SYMPTOMS)
def check_symptoms(
    *, by: Actor, treatment: Treatment, facts: Mapping[str, Fact], also: Sequence[Treatment] = ()
) -> SymptomCheck:
    """Grade the symptoms after a treatment and keep the answer with its reasons.

    `also`: other treatments that may be behind them; the gravest answer counts and is kept.
    Raises: Refused for a treatment that is not signed yet.
    """
    graded = [(one, *_graded(by, one, facts)) for one in (treatment, *also)]
    gravest = gravest_of([result for _, _, result in graded])
    treatment, day, result = next(one for one in graded if one[2] is gravest)
    knowledge = load()
    check = SymptomCheck.objects.create(
        clinic_id=by.clinic_id,
        treatment=treatment,
        case_id=treatment.case_id,
        patient_id=treatment.patient_id,
        day=day,
        answers={code: to_json(one.value) for code, one in facts.items()},
        grade=result.grade,
        reasons=[asdict(reason) for reason in result.reasons],
        unanswered=list(result.unanswered),
        knowledge_version=knowledge.version,
        reported_by=_reporter(by),
        by_name=by.name,
        at=clock.now(),
    )
    record(by=by, what="symptoms.checked", on=check, data={"day": day, "grade": result.grade})
    if by.is_patient and result.grade != "expected":
        tell_clinic(by, check)
    return check


def _graded(by: Actor, treatment: Treatment, facts: Mapping[str, Fact]) -> tuple[int, SymptomResult]:
    check_own(by, treatment)
    if treatment.signed_at is None:
        raise Refused("This treatment is not signed yet.")
    knowledge = load()
    day = max((clock.today(by.zone) - given_on(by, treatment)).days, 0)
    condition = knowledge.conditions[treatment.case.condition]
    return day, grade_symptoms(knowledge=knowledge, condition=condition, facts=facts, day=day)


@action(Right.RECORD_SYMPTOMS)
def answer_check(*, by: Actor, check: SymptomCheck, note: str) -> SymptomCheck:
    """Say that a symptom check was seen, and what was done.

    Raises: Refused without a note, or when somebody answered it already.
    """
    if not note.strip():
        raise Refused("Write what was said or done.", field="note")
    current = SymptomCheck.objects.select_for_update().get(pk=check.pk)
    if current.seen_at is not None:
        raise Refused(f"{current.seen_by_name} has answered this check already.")
    check.seen_at, check.seen_by_name, check.seen_note = clock.now(), by.name, note.strip()
    check.save(update_fields=["seen_at", "seen_by_name", "seen_note"])
    record(by=by, what="symptoms.answered", on=check, why=check.seen_note)
    return check


@action(Right.OWN_CARE, Right.RECORD_SYMPTOMS)
def add_adverse_event(
    *,
    by: Actor,
    treatment: Treatment,
    started_on: date,
    severity: str,
    effect: str = "",
    words: str = "",
    side: str = AdverseEvent.Side.UNKNOWN,
    is_serious: bool = False,
    outcome: str = "ongoing",
    resolved_on: date | None = None,
    action_taken: str = "",
) -> AdverseEvent:
    """Record an unwanted effect after a treatment.

    Raises: Refused where nothing says what it was, or for a date that cannot be.
    """
    event = AdverseEvent(
        clinic_id=by.clinic_id,
        treatment=treatment,
        case_id=treatment.case_id,
        patient_id=treatment.patient_id,
        started_on=started_on,
        severity=severity,
        effect=effect,
        words=words.strip(),
        side=side,
        is_serious=is_serious,
        outcome=outcome,
        resolved_on=resolved_on,
        action_taken=action_taken.strip(),
        reported_by=_reporter(by),
        by_name=by.name,
    )
    return _keep_new(by, event)


@action(Right.RECORD_SYMPTOMS)
def change_adverse_event(
    *,
    by: Actor,
    event: AdverseEvent,
    started_on: date,
    severity: str,
    effect: str = "",
    words: str = "",
    side: str = AdverseEvent.Side.UNKNOWN,
    is_serious: bool = False,
    outcome: str = "ongoing",
    resolved_on: date | None = None,
    action_taken: str = "",
) -> AdverseEvent:
    """Change an adverse event; the trail keeps what was there before.

    Raises: Refused as when adding.
    """
    new = {
        "started_on": started_on,
        "severity": severity,
        "effect": effect,
        "words": words.strip(),
        "side": side,
        "is_serious": is_serious,
        "outcome": outcome,
        "resolved_on": resolved_on,
        "action_taken": action_taken.strip(),
    }
    before = {name: getattr(event, name) for name in new if getattr(event, name) != new[name]}
    for name, value in new.items():
        setattr(event, name, value)
    _check_event(by, event)
    event.save(update_fields=list(new))
    after = {name: new[name] for name in before}
    record(by=by, what="adverse_event.changed", on=event, data={"before": before, "after": after})
    tell_effect(by=by, event=event)
    return event


@action(Right.RECORD_SYMPTOMS)
def see_adverse_event(*, by: Actor, event: AdverseEvent) -> AdverseEvent:
    """Say that an unwanted effect which a patient reported was looked at.

    Raises: Refused for one that the clinic recorded itself, or that somebody has looked at already.
    """
    current = AdverseEvent.objects.select_for_update().get(pk=event.pk)
    if current.reported_by != "patient":
        raise Refused("The clinic recorded this itself: there is nothing to mark.")
    if current.seen_at is not None:
        raise Refused(f"{current.seen_by_name} has looked at this already.")
    event.seen_at, event.seen_by_name = clock.now(), by.name
    event.save(update_fields=["seen_at", "seen_by_name"])
    record(by=by, what="adverse_event.seen", on=event)
    tell_effect(by=by, event=event)
    return event


def _keep_new(by: Actor, event: AdverseEvent) -> AdverseEvent:
    _check_event(by, event)
    event.save()
    told = ("effect", "side", "severity", "is_serious", "outcome")
    record(by=by, what="adverse_event.added", on=event, data={name: getattr(event, name) for name in told})
    tell_effect(by=by, event=event)
    if by.is_patient and (event.needs_a_call or grade_of_event(by, event) == "emergency"):
        tell_clinic(by, event)
    return event


def grade_of_event(by: Actor, event: AdverseEvent) -> SymptomGrade:
    """What an unwanted effect asks for by its name, today; one that is over asks for nothing more."""
    if event.outcome == AdverseEvent.Outcome.RESOLVED:
        return "expected"
    knowledge = load()
    condition = knowledge.conditions[event.case.condition]
    day = max((clock.today(by.zone) - given_on(by, event.treatment)).days, 0)
    return grade_of_effect(knowledge=knowledge, condition=condition, effect=event.effect, day=day)


def _check_event(by: Actor, event: AdverseEvent) -> None:
    if event.effect and event.effect not in load().effects:
        raise Refused("Choose one of the effects, or describe it in words.", field="effect")
    if not event.effect and not event.words:
        raise Refused("Choose what happened, or describe it in words.", field="effect")
    if event.side not in AdverseEvent.Side.values:
        raise Refused("Choose the side, or say that it is not known.", field="side")
    if event.severity not in AdverseEvent.Severity.values:
        raise Refused("Choose how bad it is or was.", field="severity")
    if event.outcome not in AdverseEvent.Outcome.values:
        raise Refused("Choose whether it is over.", field="outcome")
    _check_days(by, event)


def _check_days(by: Actor, event: AdverseEvent) -> None:
    today = clock.today(by.zone)
    if event.started_on > today:
        raise Refused("This date lies in the future.", field="started_on")
    if event.started_on < given_on(by, event.treatment):
        raise Refused("This date lies before the treatment.", field="started_on")
    if event.outcome == AdverseEvent.Outcome.RESOLVED and event.resolved_on is None:
        raise Refused("Enter the day on which it was over.", field="resolved_on")
    if event.resolved_on is None:
        return
    if event.outcome != AdverseEvent.Outcome.RESOLVED:
        raise Refused("Leave this date empty as long as it is not over.", field="resolved_on")
    if event.resolved_on > today:
        raise Refused("This date lies in the future.", field="resolved_on")
    if event.resolved_on < event.started_on:
        raise Refused("This date lies before the day on which it began.", field="resolved_on")


def _reporter(by: Actor) -> str:
    return "patient" if by.is_patient else "staff"
