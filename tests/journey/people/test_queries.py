"""Finding patients."""

from __future__ import annotations

from datetime import date

import pytest

from masseter.journey.accounts.models import Clinic
from masseter.journey.audit.actions import log_opening
from masseter.journey.ground.actor import Actor
from masseter.journey.ground.refusals import NotHere
from masseter.journey.ground.rights import Role
from masseter.journey.people.actions import merge_patients
from masseter.journey.people.models import Patient
from masseter.journey.people.queries import find, looks_at, patient_of, possible_duplicates
from tests.conftest import ActorMaker
from tests.factories import make_patient


@pytest.fixture
def desk(actor: ActorMaker) -> Actor:
    return actor(Role.FRONT_DESK, Role.MANAGER)


@pytest.fixture
def jose(desk: Actor) -> Patient:
    return make_patient(
        desk,
        family_name="Núñez-O’Hara",
        given_names="José María",
        birth_date=date(1961, 3, 9),
        phone="020 7946 0991",
        email="jose@patients.example",
    )


def test_a_patient_of_another_clinic_is_not_there(
    desk: Actor, actor: ActorMaker, other_clinic: Clinic
) -> None:
    patient = make_patient(desk)
    stranger = actor(Role.FRONT_DESK, of=other_clinic)

    with pytest.raises(NotHere):
        patient_of(stranger, patient.pk)


@pytest.mark.parametrize(
    "text",
    [
        "nunez",
        "NÚÑEZ jose",
        "jose ohara",
        "maria, nun",
        "1961-03-09",
        "09/03/1961",
        "9.3.1961",
        "1961",
        "M-000001",
        "m-1",
        "000001",
        "0991",
        "jose@patients",
        "nunez 1961",
    ],
)
def test_a_patient_is_found_by(desk: Actor, jose: Patient, text: str) -> None:
    make_patient(desk, family_name="Other", given_names="Person", birth_date=date(1970, 1, 1))

    assert find(desk, text) == [jose]


@pytest.mark.parametrize(
    "text", ["nunez 1962", "smith", "1961-03-10", "M-999999", "%", "' OR 1=1 --", "nunez\x00x"]
)
def test_nobody_is_found_by(desk: Actor, jose: Patient, text: str) -> None:
    assert find(desk, text) == []


def test_a_merged_record_is_not_found_and_leads_to_the_kept_one(desk: Actor, jose: Patient) -> None:
    duplicate = make_patient(desk, family_name="Nunez", given_names="Jose")

    merge_patients(by=desk, keep=jose, duplicate=duplicate, reason="Same person.")

    assert find(desk, "nunez") == [jose]
    assert patient_of(desk, duplicate.pk) == jose


@pytest.mark.parametrize(
    ("family_name", "given_names", "birth_date", "why"),
    [
        ("Nunez O'Hara", "Jose Maria", date(1961, 3, 9), "same name and date of birth"),
        ("Jose Maria", "Nunez-O'Hara", date(1961, 3, 9), "same name and date of birth"),
        ("Nunes-Ohara", "José Maria", date(1961, 3, 9), "similar name, same date of birth"),
        (
            "Núñez-O’Hara",
            "José María",
            date(1961, 9, 3),
            "same name, day and month of birth the other way round",
        ),
        ("Núñez-O’Hara", "José María", None, "same name, one date of birth not known"),
        ("Núñez-O’Hara", "José María", date(1990, 1, 1), "same name, another date of birth"),
        ("Garcia", "Maria", date(1961, 3, 9), "one name in common, same date of birth"),
    ],
)
def test_a_likeness_says_why(
    desk: Actor, jose: Patient, family_name: str, given_names: str, birth_date: date | None, why: str
) -> None:
    found = possible_duplicates(desk, family_name, given_names, birth_date)

    assert [(one.patient, one.why) for one in found] == [(jose, why)]


def test_somebody_else_is_no_duplicate(desk: Actor, jose: Patient) -> None:
    assert possible_duplicates(desk, "Smith", "John", date(1961, 3, 9)) == ()


def test_looks_of_a_merged_record_are_kept(desk: Actor, jose: Patient) -> None:
    duplicate = make_patient(desk, family_name="Nunez", given_names="Jose")
    log_opening(by=desk, record=duplicate, page="Overview")
    merge_patients(by=desk, keep=jose, duplicate=duplicate, reason="Same person.")

    pages = [look.page for look in looks_at(desk, jose)]

    assert "Overview" in pages
