"""A patient names the medicines; the clinician sees which of them matter, and why."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from masseter.journey.consult.models import Case
from masseter.journey.consult.queries import standings_of
from masseter.journey.ground import clock
from masseter.journey.ground.actor import Actor
from masseter.journey.ground.rights import Role
from masseter.journey.people.models import Patient
from tests.clinic.pages import queries_of, send, words
from tests.conftest import ActorMaker
from tests.factories import observe

URL = "/my/medicines/"


@pytest.fixture
def by(actor: ActorMaker) -> Actor:
    return actor(Role.INJECTOR)


def newest(patient: Patient, case: Case | None, code: str) -> object:
    one = standings_of(patient, case)[code]
    told = one.waits or one.stands
    assert told is not None
    return told.value


def test_medicine_is_found_added_and_marked_for_the_clinician(
    own: Client, patient: Patient, case: Case, signed_in: Callable[..., Client]
) -> None:
    assert "Warfarin" in words(own.get(URL, {"q": "warfrin"}))

    send(own, URL, {"name": "Warfarin"})
    send(own, URL, {"own": "Grandmother’s <b>herbs</b>"})

    assert newest(patient, case, "medicines") == "Warfarin\nGrandmother’s <b>herbs</b>"
    assert newest(patient, case, "medicine_classes") == ("vitamin_k_antagonist",)
    mine = own.get(URL).content.decode()
    assert "&lt;b&gt;herbs" in mine
    assert "Vitamin K antagonist" not in mine  # what matters is told to the clinician; nobody is scared here
    seen = words(signed_in(Role.INJECTOR).get(reverse("intake", args=[case.pk])))
    assert "Vitamin K antagonist (warfarin" in seen
    assert "Needle of 27G or finer" in seen
    assert "not in the list: judge it yourself" in seen


def test_what_the_clinician_confirmed_waits_beside_what_is_named_now(
    own: Client, by: Actor, patient: Patient, case: Case
) -> None:
    observe(by, case, medicine_classes=("none",))

    send(own, URL, {"name": "Gentamicin"})

    one = standings_of(patient, case)["medicine_classes"]
    assert one.differs
    assert one.fact.value is None


def test_taken_off_is_gone_from_the_list_and_stays_ticked(own: Client, patient: Patient, case: Case) -> None:
    send(own, URL, {"name": "Warfarin"})
    send(own, URL, {"name": "Ramipril"})

    send(own, URL, {"remove": "Warfarin"})

    assert newest(patient, case, "medicines") == "Ramipril"
    assert newest(patient, case, "medicine_classes") == ("vitamin_k_antagonist",)


def test_person_without_a_case_names_medicines_too(own: Client, patient: Patient) -> None:
    send(own, URL, {"name": "Aspirin"})

    assert newest(patient, None, "medicine_classes") == ("antiplatelet",)


@pytest.mark.parametrize("data", [{"own": "x" * 201}, {"name": "x" * 201}])
def test_too_long_a_name_is_refused_and_stays(own: Client, case: Case, data: dict[str, str]) -> None:
    answer = send(own, URL, data)

    assert answer.status_code == 422
    assert "x" * 201 in answer.content.decode()


def test_nothing_added_changes_nothing(own: Client, patient: Patient, case: Case) -> None:
    send(own, URL, {"name": "Warfarin"})
    count = patient.observations.count()  # type: ignore[attr-defined]  # the reverse of an observation's patient

    for data in ({}, {"name": "  "}, {"name": "Warfarin"}, {"remove": "Never there"}):
        send(own, URL, data)

    assert patient.observations.count() == count  # type: ignore[attr-defined]  # the reverse of a patient


def test_hits_for_the_script_name_medicines_alone(own: Client, case: Case) -> None:
    hits = own.get(f"{URL}hits/", {"q": "coum"}).json()["hits"]

    assert hits[0] == {"name": "Warfarin", "also": "Coumadin"}
    assert own.get(f"{URL}hits/").json() == {"hits": []}
    assert own.get(f"{URL}hits/", {"q": "x" * 9999}).json() == {"hits": []}


def test_page_asks_few_questions_and_the_intake_leads_there(own: Client, by: Actor, case: Case) -> None:
    assert clock.today(by.zone)
    assert queries_of(own, URL) <= 25
    assert f"{URL}?case={case.pk}" in own.get(reverse("my_intake")).content.decode()
