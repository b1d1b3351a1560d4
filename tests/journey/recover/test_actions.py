"""Symptom checks and adverse events: refusals first."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from masseter.core.recover.grade import symptom_questions
from masseter.journey.audit.models import Event
from masseter.journey.consult.queries import facts_of, standings_of
from masseter.journey.ground import clock
from masseter.journey.ground.actor import Actor
from masseter.journey.ground.refusals import NotHere, Refused
from masseter.journey.ground.rights import Role
from masseter.journey.inject.models import Treatment
from masseter.journey.people.actions import open_portal
from masseter.journey.recover.actions import (
    add_adverse_event,
    answer_check,
    change_adverse_event,
    check_symptoms,
    see_adverse_event,
)
from masseter.journey.recover.models import AdverseEvent, SymptomCheck
from masseter.journey.recover.queries import check_of, checks_of, checks_waiting, events_to_look_at
from masseter.knowledge.load import load
from tests.conftest import ActorMaker
from tests.factories import actor_of_patient, make_portal_patient, read
from tests.journey.given import DOCTOR, make_treatment
from tests.journey.treated import treated


@pytest.fixture
def by(actor: ActorMaker) -> Actor:
    return actor(*DOCTOR)


@pytest.fixture
def treatment(by: Actor) -> Treatment:
    return make_treatment(by)


def check(by: Actor, treatment: Treatment, **raw: object) -> SymptomCheck:
    """All questions answered with no, but for those that are named."""
    condition = load().conditions[treatment.case.condition]
    asked = symptom_questions(knowledge=load(), condition=condition)
    no = {type_.code: False for type_ in asked if type_.kind == "boolean"}
    facts = read({**no, **raw}, today=clock.today(by.zone))
    return check_symptoms(by=by, treatment=treatment, facts=facts)


def test_adverse_event_without_a_word_of_what_it_was_is_refused(by: Actor, treatment: Treatment) -> None:
    with pytest.raises(Refused) as refusal:
        add_adverse_event(by=by, treatment=treatment, started_on=clock.today(by.zone), severity="mild")

    assert refusal.value.field == "effect"


@pytest.mark.parametrize(
    ("shift", "sentence"), [(1, "in the future"), (-1, "before the treatment")], ids=["future", "before"]
)
def test_adverse_event_on_a_day_that_cannot_be_is_refused(
    by: Actor, treatment: Treatment, shift: int, sentence: str
) -> None:
    day = clock.today(by.zone) + timedelta(days=shift)

    with pytest.raises(Refused, match=sentence) as refusal:
        add_adverse_event(by=by, treatment=treatment, started_on=day, severity="mild", effect="bruise")

    assert refusal.value.field == "started_on"


@pytest.mark.parametrize(
    ("outcome", "shift", "sentence"),
    [
        ("resolved", None, "Enter the day"),
        ("ongoing", 0, "Leave this date empty"),
        ("resolved", 1, "in the future"),
        ("resolved", -1, "before the day on which it began"),
    ],
)
def test_adverse_event_whose_end_does_not_fit_is_refused(
    by: Actor, treatment: Treatment, outcome: str, shift: int | None, sentence: str
) -> None:
    today = clock.today(by.zone)
    resolved_on = None if shift is None else today + timedelta(days=shift)

    with pytest.raises(Refused, match=sentence):
        add_adverse_event(
            by=by,
            treatment=treatment,
            started_on=today,
            severity="mild",
            effect="bruise",
            outcome=outcome,
            resolved_on=resolved_on,
        )


def test_adverse_event_on_a_side_that_is_none_is_refused(by: Actor, treatment: Treatment) -> None:
    today = clock.today(by.zone)
    with pytest.raises(Refused, match="Choose the side") as refusal:
        add_adverse_event(
            by=by, treatment=treatment, started_on=today, severity="mild", effect="bruise", side="port"
        )

    assert refusal.value.field == "side"


def test_adverse_event_keeps_its_side_and_the_trail_the_one_before(by: Actor, treatment: Treatment) -> None:
    told: dict[str, Any] = {"started_on": clock.today(by.zone), "severity": "mild", "effect": "bruise"}
    event = add_adverse_event(by=by, treatment=treatment, **told)
    assert event.side == "unknown"

    change_adverse_event(by=by, event=event, **told, side="left")

    changed = Event.objects.get(what="adverse_event.changed")
    assert AdverseEvent.objects.get().side == "left"
    assert changed.data == {"before": {"side": "unknown"}, "after": {"side": "left"}}


def test_adverse_event_changed_keeps_what_was_there_in_the_trail(by: Actor, treatment: Treatment) -> None:
    today = clock.today(by.zone)
    event = add_adverse_event(by=by, treatment=treatment, started_on=today, severity="mild", effect="bruise")

    change_adverse_event(by=by, event=event, started_on=today, severity="severe", effect="bruise")

    assert AdverseEvent.objects.get(pk=event.pk).severity == "severe"


def test_symptom_check_of_another_clinics_treatment_is_not_here(
    by: Actor, treatment: Treatment, other_clinic: Any, actor: ActorMaker
) -> None:
    stranger = actor(Role.INJECTOR, of=other_clinic)

    with pytest.raises(NotHere):
        check(stranger, treatment)


def test_unwanted_effect_of_the_clinic_is_nothing_to_mark(by: Actor, treatment: Treatment) -> None:
    event = add_adverse_event(
        by=by, treatment=treatment, started_on=clock.today(by.zone), severity="mild", effect="bruise"
    )

    with pytest.raises(Refused, match="nothing to mark"):
        see_adverse_event(by=by, event=event)


def test_unwanted_effect_that_a_patient_reports_waits_until_it_is_seen_once(by: Actor) -> None:
    patient = make_portal_patient(by)
    treatment = treated(by, days_ago=3, patient=patient)
    event = add_adverse_event(
        by=actor_of_patient(patient),
        treatment=treatment,
        started_on=clock.today(by.zone),
        severity="mild",
        words="A blue spot.",
    )
    assert events_to_look_at(by) == [event]

    see_adverse_event(by=by, event=event)

    assert events_to_look_at(by) == []
    assert Event.objects.filter(what="adverse_event.seen").count() == 1
    with pytest.raises(Refused, match="already"):
        see_adverse_event(by=by, event=event)


@pytest.mark.parametrize(("outcome", "waits"), [("ongoing", True), ("unknown", True), ("resolved", False)])
def test_serious_unwanted_effect_waits_until_it_is_over(
    by: Actor, treatment: Treatment, outcome: str, waits: bool
) -> None:
    today = clock.today(by.zone)
    add_adverse_event(
        by=by,
        treatment=treatment,
        started_on=today,
        severity="severe",
        effect="dysphagia",
        is_serious=True,
        outcome=outcome,
        resolved_on=today if outcome == "resolved" else None,
    )

    assert bool(events_to_look_at(by)) is waits


def test_symptom_check_over_another_patients_treatment_is_not_here(by: Actor, treatment: Treatment) -> None:
    patient = make_portal_patient(by)
    own = treated(by, days_ago=3, patient=patient)

    with pytest.raises(NotHere):
        check_symptoms(by=actor_of_patient(patient), treatment=own, facts={}, also=[treatment])


def test_symptom_check_with_all_answers_no_is_expected_and_waits_for_nobody(
    by: Actor, treatment: Treatment
) -> None:
    kept = check(by, treatment)

    assert (kept.grade, kept.day, kept.unanswered) == ("expected", 0, [])
    assert checks_waiting(by) == []


def test_symptom_check_left_open_asks_for_a_call(by: Actor, treatment: Treatment) -> None:
    kept = check(by, treatment, breathing_trouble="unknown")

    assert kept.grade == "call"
    assert "breathing_trouble" in kept.unanswered


def test_symptom_check_with_trouble_breathing_is_an_emergency_with_its_reason(
    by: Actor, treatment: Treatment
) -> None:
    call = check(by, treatment, droopy_eyelid=True)
    emergency = check(by, treatment, breathing_trouble=True)

    assert emergency.grade == "emergency"
    assert emergency.reasons[0]["grade"] == "emergency"
    assert emergency.reasons[0]["sources"]
    assert checks_waiting(by)[0] == emergency
    assert call in checks_of(by, treatment)


def test_symptom_check_answered_without_a_note_is_refused(by: Actor, treatment: Treatment) -> None:
    kept = check(by, treatment, breathing_trouble=True)

    with pytest.raises(Refused) as refusal:
        answer_check(by=by, check=kept, note=" ")

    assert refusal.value.field == "note"


def test_symptom_check_answered_waits_no_more_and_not_twice(by: Actor, treatment: Treatment) -> None:
    kept = check(by, treatment, breathing_trouble=True)

    answer_check(by=by, check=kept, note="Sent to hospital by ambulance.")

    assert checks_waiting(by) == []
    with pytest.raises(Refused, match="already"):
        answer_check(by=by, check=kept, note="Again.")


def test_symptom_check_kept_cannot_be_changed_even_by_raw_sql(by: Actor, treatment: Treatment) -> None:
    kept = check(by, treatment, breathing_trouble=True)

    with pytest.raises(DatabaseError, match="never changes"), transaction.atomic():
        SymptomCheck.objects.filter(pk=kept.pk).update(grade="expected")


def test_patient_sees_own_checks_only(by: Actor, treatment: Treatment, actor: ActorMaker) -> None:
    kept = check(by, treatment)
    stranger = actor_of_patient(make_portal_patient(by))

    with pytest.raises(NotHere):
        check_of(stranger, kept.pk)


def felt(by: Actor, treatment: Treatment) -> object:
    """What the next plan would read of effects felt before."""
    known = facts_of(treatment.case, today=clock.today(by.zone)).get("effects_felt")
    return known.value if known else None


def test_adverse_event_goes_on_record_as_felt_for_the_next_plan(by: Actor, treatment: Treatment) -> None:
    today = clock.today(by.zone)

    add_adverse_event(
        by=by, treatment=treatment, started_on=today, severity="mild", effect="chewing_weakness"
    )
    assert felt(by, treatment) is None

    add_adverse_event(by=by, treatment=treatment, started_on=today, severity="mild", effect="brow_ptosis")
    event = add_adverse_event(
        by=by, treatment=treatment, started_on=today, severity="mild", effect="neck_pain"
    )
    change_adverse_event(by=by, event=event, started_on=today, severity="moderate", effect="neck_pain")

    assert felt(by, treatment) == ("brow_ptosis", "neck_pain")


def test_patients_report_of_an_effect_is_confirmed_once_the_clinic_has_looked(
    by: Actor, treatment: Treatment
) -> None:
    treatment.patient.email = "ada@patients.example"
    treatment.patient.save(update_fields=["email"])
    patient = actor_of_patient(open_portal(by=by, patient=treatment.patient))
    today = clock.today(by.zone)
    event = add_adverse_event(
        by=patient, treatment=treatment, started_on=today, severity="severe", effect="brow_ptosis"
    )
    waiting = standings_of(treatment.patient, None)["effects_felt"]

    see_adverse_event(by=by, event=event)

    assert waiting.waits is not None
    assert waiting.stands is None
    stands = standings_of(treatment.patient, None)["effects_felt"]
    assert stands.waits is None
    assert stands.fact.value == ("brow_ptosis",)
