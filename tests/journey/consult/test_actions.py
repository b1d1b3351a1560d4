"""Recording, concluding, deciding and consenting."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import DatabaseError, transaction

from masseter.journey.consult.actions import (
    add_elsewhere_treatment,
    answer_intake,
    record_observations,
    withdraw_elsewhere_treatment,
)
from masseter.journey.consult.models import Case, Observation
from masseter.journey.consult.queries import (
    facts_of,
    standings_of,
    toxin_dates,
)
from masseter.journey.ground import clock
from masseter.journey.ground.actor import Actor
from masseter.journey.ground.refusals import NotHere, NotPermitted, Refused, Stale
from masseter.journey.ground.rights import Role
from tests.conftest import ActorMaker
from tests.days import days_back
from tests.factories import (
    actor_of_patient,
    make_case,
    make_patient,
    make_portal_patient,
    observe,
    read,
)


@pytest.fixture
def injector(actor: ActorMaker) -> Actor:
    return actor(Role.INJECTOR)


@pytest.fixture
def case(injector: Actor) -> Case:
    return make_case(injector)


def facts(injector: Actor, case: Case) -> dict[str, object]:
    found = facts_of(case, today=clock.today(injector.zone))
    return {code: one.value for code, one in found.items()}


def test_recording_without_the_right_is_refused(actor: ActorMaker, case: Case) -> None:
    with pytest.raises(NotPermitted):
        observe(actor(Role.FRONT_DESK), case, jaw_pain=True)


def test_an_observation_can_be_neither_changed_nor_deleted(injector: Actor, case: Case) -> None:
    observe(injector, case, jaw_pain=True)

    with pytest.raises(DatabaseError), transaction.atomic():
        Observation.objects.update(value=False)
    with pytest.raises(DatabaseError), transaction.atomic():
        Observation.objects.all().delete()


def test_what_was_not_asked_is_not_among_the_facts(injector: Actor, case: Case) -> None:
    assert "jaw_pain" not in facts(injector, case)
    assert "days_since_last_toxin" not in facts(injector, case)


def test_facts_keep_their_kind(injector: Actor, case: Case) -> None:
    observe(
        injector,
        case,
        jaw_pain=True,
        pain_average=7,
        weight_kg="61,5",
        allergies=("human_albumin", "latex"),
        joint_noise="click",
        last_toxin_on=date(2026, 3, 1),
        had_toxin_before=True,
    )

    found = facts(injector, case)

    assert found["jaw_pain"] is True
    assert found["pain_average"] == 7
    assert found["weight_kg"] == Decimal("61.5")
    assert found["allergies"] == ("human_albumin", "latex")
    assert found["joint_noise"] == "click"
    assert found["last_toxin_on"] == date(2026, 3, 1)


def test_what_holds_for_the_person_counts_in_every_case(injector: Actor, case: Case) -> None:
    observe(injector, case, allergies=("latex",), jaw_pain=True)

    other = make_case(injector, case.patient, "chronic_migraine")

    assert facts(injector, other)["allergies"] == ("latex",)
    assert "jaw_pain" not in facts(injector, other)


def test_the_same_answer_is_not_written_twice(injector: Actor, case: Case) -> None:
    observe(injector, case, jaw_pain=True)
    observe(injector, case, jaw_pain=True)

    assert Observation.objects.count() == 1


def test_the_same_answer_is_written_again_once_the_old_one_is_too_old(injector: Actor, case: Case) -> None:
    with clock.travel(days_back(61)):
        observe(injector, case, flag_growth=False, age_at_onset=30)
    assert facts_of(case, today=clock.today(injector.zone))["flag_growth"].is_stale

    observe(injector, case, flag_growth=False, age_at_onset=30)

    assert not facts_of(case, today=clock.today(injector.zone))["flag_growth"].is_stale
    assert Observation.objects.filter(code="flag_growth").count() == 2
    assert Observation.objects.filter(code="age_at_onset").count() == 1


def test_age_and_sex_come_from_the_record(injector: Actor, case: Case) -> None:
    found = facts(injector, case)

    assert found["sex"] == "female"
    assert found["age_years"] == clock.today(injector.zone).year - 1980 - (
        (clock.today(injector.zone).month, clock.today(injector.zone).day) < (5, 17)
    )


def test_an_unknown_date_of_birth_leaves_the_age_unknown(injector: Actor) -> None:
    case = make_case(injector, make_patient(injector, birth_date=None))

    assert "age_years" not in facts(injector, case)


def test_no_toxin_before_is_known_once_it_is_said(injector: Actor, case: Case) -> None:
    observe(injector, case, had_toxin_before=False)

    assert "days_since_last_toxin" in facts(injector, case)
    assert toxin_dates(case.patient) == []


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"days": 1}, "given_on"),
        ({"days": -40000}, "given_on"),
        ({"product": "botulox"}, "product"),
        ({"units": Decimal(50)}, "product"),
        ({"product": "botox", "units": Decimal(0)}, "units"),
    ],
)
def test_an_impossible_treatment_elsewhere_is_refused(
    injector: Actor, case: Case, values: dict[str, object], field: str
) -> None:
    day = clock.today(injector.zone) + timedelta(days=int(str(values.pop("days", -100))))

    with pytest.raises(Refused) as refusal:
        add_elsewhere_treatment(by=injector, patient=case.patient, given_on=day, **values)  # type: ignore[arg-type]  # wrong on purpose

    assert refusal.value.field == field


def test_a_treatment_elsewhere_counts_until_it_is_taken_back(injector: Actor, case: Case) -> None:
    day = clock.today(injector.zone) - timedelta(days=30)
    row = add_elsewhere_treatment(by=injector, patient=case.patient, given_on=day, product="dysport")

    assert facts(injector, case)["days_since_last_toxin"] == 30
    withdraw_elsewhere_treatment(by=injector, elsewhere=row, reason="Another person.")

    assert "days_since_last_toxin" not in facts(injector, case)
    with pytest.raises(Refused, match="already"):
        withdraw_elsewhere_treatment(by=injector, elsewhere=row, reason="Again.")


def test_a_patients_answers_wait_and_contradictions_count_as_unknown(injector: Actor) -> None:
    patient = make_portal_patient(injector)
    case = make_case(injector, patient)
    observe(injector, case, allergies=("human_albumin",))
    by = actor_of_patient(patient)

    today = clock.today(by.zone)
    answers = read({"allergies": ("none",), "jaw_pain": "yes"}, today=today, reported_by="patient")
    answer_intake(by=by, patient=patient, case=case, facts=answers)

    found = facts(injector, case)
    assert found["allergies"] is None
    assert found["jaw_pain"] is True
    assert standings_of(patient, case)["allergies"].differs


def test_confirming_keeps_who_said_it(injector: Actor) -> None:
    patient = make_portal_patient(injector)
    case = make_case(injector, patient)
    today = clock.today(injector.zone)
    by = actor_of_patient(patient)
    answer_intake(
        by=by, patient=patient, case=case, facts=read({"jaw_pain": "yes"}, today=today, reported_by="patient")
    )

    observe(injector, case, jaw_pain=True)

    row = Observation.objects.get(confirmed=True)
    assert (row.reported_by, row.recorded_by_name) == ("patient", injector.name)


def test_a_patients_new_answers_make_an_open_form_stale(injector: Actor) -> None:
    patient = make_portal_patient(injector)
    case = make_case(injector, patient)
    seen = case.version
    today = clock.today(injector.zone)
    answers = read({"jaw_pain": "yes"}, today=today, reported_by="patient")

    answer_intake(by=actor_of_patient(patient), patient=patient, case=case, facts=answers)

    with pytest.raises(Stale), transaction.atomic():
        Case.objects.get(pk=case.pk).claim(seen)


def test_a_patient_cannot_answer_for_somebody_else(injector: Actor, case: Case) -> None:
    by = actor_of_patient(make_portal_patient(injector))

    with pytest.raises(NotHere):
        answer_intake(by=by, patient=case.patient, case=case, facts={})


def test_a_patient_cannot_record_findings(injector: Actor) -> None:
    patient = make_portal_patient(injector)

    with pytest.raises(NotPermitted):
        record_observations(by=actor_of_patient(patient), patient=patient, case=None, facts={})


def test_a_toxin_without_a_licence_can_be_put_on_record_as_given_elsewhere(
    injector: Actor, case: Case
) -> None:
    day = clock.today(injector.zone) - timedelta(days=30)

    row = add_elsewhere_treatment(by=injector, patient=case.patient, given_on=day, product="innotox")

    assert row.product == "innotox"
    assert facts(injector, case)["days_since_last_toxin"] == 30
