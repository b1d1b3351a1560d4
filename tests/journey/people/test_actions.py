"""Adding, changing and merging patients."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction

from masseter.journey.accounts.models import Clinic
from masseter.journey.audit.models import Event
from masseter.journey.consult.actions import add_elsewhere_treatment, open_case
from masseter.journey.consult.models import Case, ElsewhereTreatment, Observation
from masseter.journey.ground import clock
from masseter.journey.ground.action import ACTIONS
from masseter.journey.ground.actor import Actor
from masseter.journey.ground.refusals import NotHere, NotPermitted, Refused
from masseter.journey.ground.rights import Role
from masseter.journey.people.actions import (
    MightBeKnown,
    add_patient,
    change_patient,
    merge_patients,
    open_portal,
)
from masseter.journey.people.models import Patient
from tests.conftest import ActorMaker
from tests.factories import BORN, make_case, make_patient, make_portal_patient, observe


@pytest.fixture
def manager(actor: ActorMaker) -> Actor:
    return actor(Role.MANAGER, Role.INJECTOR)


def changed(patient: Patient, **values: object) -> dict[str, object]:
    """All arguments of a change, with some of them new."""
    names = (
        "family_name given_names birth_date sex phone email language needs_interpreter access_needs weight_kg"
    )
    return {name: getattr(patient, name) for name in names.split()} | values


def test_adding_without_the_right_is_refused(actor: ActorMaker) -> None:
    with pytest.raises(NotPermitted):
        make_patient(actor(Role.ADMINISTRATOR))

    assert not Patient.objects.exists()


@pytest.mark.parametrize("days", [1, 400])
def test_birth_after_today_is_refused_at_its_field(manager: Actor, days: int) -> None:
    tomorrow = clock.today(manager.zone) + timedelta(days=days)

    with pytest.raises(Refused, match="future") as refusal:
        make_patient(manager, birth_date=tomorrow)

    assert refusal.value.field == "birth_date"


def test_birth_in_another_century_is_refused(manager: Actor) -> None:
    with pytest.raises(Refused, match="Check the year"):
        make_patient(manager, birth_date=date(1870, 1, 1))


def test_a_name_of_spaces_is_refused(manager: Actor) -> None:
    with pytest.raises(Refused, match="Enter a name"):
        make_patient(manager, family_name="   ")


def test_somebody_alike_is_held_back_until_it_is_another_person(manager: Actor) -> None:
    make_patient(manager, family_name="Müller", given_names="Anna")
    same = {"family_name": "Mueller", "given_names": "anna", "birth_date": BORN}

    with pytest.raises(MightBeKnown):
        add_patient(by=manager, **same)
    added = add_patient(by=manager, **same, is_another_person=True)

    assert added.number == "M-000002"
    assert Event.objects.filter(what="patient.added", patient_id=added.pk).exists()


def test_numbers_count_up_in_each_clinic(manager: Actor, actor: ActorMaker, other_clinic: Clinic) -> None:
    first, second = make_patient(manager), make_patient(manager)

    assert (first.number, second.number) == ("M-000001", "M-000002")


def test_a_date_of_birth_may_stay_unknown(manager: Actor) -> None:
    patient = make_patient(manager, birth_date=None)

    assert patient.birth_date is None


def test_change_keeps_what_was_before_in_the_trail(manager: Actor) -> None:
    patient = make_patient(manager, family_name="Before")

    change_patient(by=manager, patient=patient, **changed(patient, family_name="After"))

    event = Event.objects.get(what="patient.changed")
    assert event.data == {"before": {"family_name": "Before"}}
    assert str(Patient.objects.get(pk=patient.pk)) == "Ada AFTER"


def test_portal_without_an_address_is_refused(manager: Actor) -> None:
    patient = make_patient(manager)

    with pytest.raises(Refused, match="e-mail"):
        open_portal(by=manager, patient=patient)


def test_portal_with_an_address_of_staff_is_refused(manager: Actor) -> None:
    patient = make_patient(manager, email="manager-injector@north.example")

    with pytest.raises(Refused, match="already used"):
        open_portal(by=manager, patient=patient)


def test_merging_one_record_with_itself_is_refused(manager: Actor) -> None:
    patient = make_patient(manager)

    with pytest.raises(Refused, match="two different"):
        merge_patients(by=manager, keep=patient, duplicate=patient, reason="Same person.")


def test_merging_without_a_reason_is_refused_and_changes_nothing(manager: Actor) -> None:
    keep, duplicate = make_patient(manager), make_patient(manager)

    with pytest.raises(Refused, match="how you know"):
        merge_patients(by=manager, keep=keep, duplicate=duplicate, reason=" ")

    assert Patient.objects.get(pk=duplicate.pk).merged_into is None


def test_merging_two_open_cases_of_one_condition_is_refused_whole(manager: Actor) -> None:
    keep, duplicate = make_patient(manager), make_patient(manager)
    make_case(manager, keep)
    case = make_case(manager, duplicate)

    with pytest.raises(Refused, match="Close one"):
        merge_patients(by=manager, keep=keep, duplicate=duplicate, reason="Same person.")

    assert Case.objects.get(pk=case.pk).patient == duplicate


def test_merging_a_merged_record_again_is_refused(manager: Actor) -> None:
    keep, duplicate, third = make_patient(manager), make_patient(manager), make_patient(manager)
    merge_patients(by=manager, keep=keep, duplicate=duplicate, reason="Same person.")

    with pytest.raises(Refused, match="merged already"):
        merge_patients(by=manager, keep=third, duplicate=duplicate, reason="Same person.")


def test_merging_another_clinics_record_is_refused_as_if_not_there(
    manager: Actor, actor: ActorMaker, other_clinic: Clinic
) -> None:
    keep = make_patient(manager)
    theirs = Patient(pk=999, clinic=other_clinic, number="M-000009")

    with pytest.raises(NotHere):
        merge_patients(by=manager, keep=keep, duplicate=theirs, reason="Same person.")


def test_merging_brings_everything_to_the_kept_record(manager: Actor) -> None:
    keep, duplicate = make_patient(manager), make_patient(manager)
    case = make_case(manager, duplicate)
    observe(manager, case, allergies=("human_albumin",))
    add_elsewhere_treatment(by=manager, patient=duplicate, given_on=date(2026, 1, 5))

    merge_patients(by=manager, keep=keep, duplicate=duplicate, reason="Same address and phone.")

    assert Case.objects.get(pk=case.pk).patient == keep
    assert Observation.objects.get(code="allergies").patient == keep
    assert ElsewhereTreatment.objects.get().patient == keep
    assert Event.objects.filter(what="patient.merged", why="Same address and phone.").count() == 2


def test_merging_keeps_the_sign_in(manager: Actor) -> None:
    keep, duplicate = make_patient(manager), make_portal_patient(manager)
    user = duplicate.user

    merge_patients(by=manager, keep=keep, duplicate=duplicate, reason="Same person.")

    assert Patient.objects.get(pk=keep.pk).user == user


def test_an_observation_follows_no_merge_that_is_not_recorded(manager: Actor) -> None:
    case = make_case(manager)
    observe(manager, case, allergies=("none",))
    other = make_patient(manager)

    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        Observation.objects.update(patient=other)


def test_every_action_of_people_has_a_sentence() -> None:
    mine = [entry for name, entry in ACTIONS.items() if name.startswith("people.")]

    assert len(mine) == 14
    assert all(entry.sentence.endswith(".") for entry in mine)


def test_opening_a_second_case_of_a_condition_is_refused(manager: Actor) -> None:
    patient = make_patient(manager)
    make_case(manager, patient)

    with pytest.raises(Refused, match="open case"):
        open_case(by=manager, patient=patient, condition="tmd")
