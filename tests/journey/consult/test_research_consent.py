"""The consent to the registry: signed once, withdrawn by either side, and the later word counts."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db.utils import DatabaseError

from masseter.core.consult.research import research_consent_version
from masseter.journey.audit.models import Event
from masseter.journey.consult.actions import take_research_consent, withdraw_research_consent
from masseter.journey.consult.standing_consents import patients_in_the_registry
from masseter.journey.ground import clock
from masseter.journey.ground.actor import Actor
from masseter.journey.ground.refusals import Refused
from masseter.journey.ground.rights import Role
from masseter.journey.people.actions import merge_patients
from tests.conftest import ActorMaker
from tests.factories import make_patient, make_research_consent
from tests.journey.ground.test_raw_sql import run


@pytest.fixture
def by(actor: ActorMaker) -> Actor:
    return actor(Role.INJECTOR, Role.PRESCRIBER, Role.MANAGER)


def test_nobody_is_in_the_registry_who_did_not_sign_or_who_withdrew(by: Actor) -> None:
    asked, unasked = make_patient(by), make_patient(by)
    consent = make_research_consent(by, asked)

    before = patients_in_the_registry(by.clinic_id)
    withdraw_research_consent(by=by, research_consent=consent, reason="Changed her mind.")

    assert asked.pk in before
    assert unasked.pk not in before
    assert asked.pk not in patients_in_the_registry(by.clinic_id)
    said = list(Event.objects.filter(patient_id=asked.pk, what__startswith="research_consent"))
    assert [event.what for event in said] == ["research_consent.signed", "research_consent.withdrawn"]


def test_signing_again_after_withdrawing_counts(by: Actor) -> None:
    patient = make_patient(by)
    withdraw_research_consent(by=by, research_consent=make_research_consent(by, patient), reason="No.")

    with clock.travel(clock.now() + timedelta(days=1)):
        make_research_consent(by, patient)

    assert patient.pk in patients_in_the_registry(by.clinic_id)


def test_of_two_merged_records_the_later_no_counts(by: Actor) -> None:
    keep, duplicate = make_patient(by), make_patient(by)
    make_research_consent(by, keep)
    other = make_research_consent(by, duplicate)
    with clock.travel(clock.now() + timedelta(days=1)):
        withdraw_research_consent(by=by, research_consent=other, reason="No more.")

    merge_patients(by=by, keep=keep, duplicate=duplicate, reason="The same person.")

    assert keep.pk not in patients_in_the_registry(by.clinic_id)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"text_version": "old"}, "text has changed"),
        ({"signer_name": " "}, "name of the person who signs"),
        ({"has_read": False}, "Tick the box"),
    ],
)
def test_consent_that_is_not_whole_is_refused(by: Actor, change: dict[str, object], said: str) -> None:
    asked = {"signer_name": "Ada", "text_version": research_consent_version(), **change}

    with pytest.raises(Refused, match=said):
        take_research_consent(by=by, patient=make_patient(by), **asked)  # type: ignore[arg-type]


def test_signed_text_never_changes_even_in_the_database(by: Actor) -> None:
    consent = make_research_consent(by, make_patient(by))

    with pytest.raises(Refused, match="in force already"):
        make_research_consent(by, consent.patient)
    with pytest.raises(DatabaseError, match="never changes"):
        run("UPDATE consult_researchconsent SET signer_name = 'x' WHERE id = %s", consent.pk)
