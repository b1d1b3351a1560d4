"""The consent that a treatment rests on: for this diagnosis, with true words on the licence."""

from __future__ import annotations

import pytest

from masseter.journey.accounts.models import Clinic
from masseter.journey.consult.actions import withdraw_consent
from masseter.journey.consult.models import Case, Consent
from masseter.journey.consult.queries import valid_consent
from masseter.journey.ground import clock
from masseter.journey.ground.actor import Actor
from masseter.journey.ground.refusals import Refused
from masseter.journey.inject.actions import sign_treatment
from tests.conftest import ActorMaker
from tests.factories import make_consent
from tests.journey.given import (
    DOCTOR,
    approved_plan,
    make_lot,
    migraine_case,
    session_for,
    vials_of,
)


def sign_anew(by: Actor, case: Case, **fields: object) -> None:
    """In place of the signed consent one with these fields; a signed row cannot be changed."""
    old = Consent.objects.get(case=case)
    kept = {
        name: getattr(old, name)
        for name in ("text_version", "is_off_label", "body", "signer_name", "signed_at")
    }
    withdraw_consent(by=by, consent=old, reason="As the test asks.")
    Consent.objects.create(
        clinic_id=by.clinic_id,
        case=case,
        patient=case.patient,
        taken_by_name=by.name,
        **{**kept, **fields},
    )


def test_consent_signed_for_another_diagnosis_stops_the_signature(clinic: Clinic, actor: ActorMaker) -> None:
    by = actor(*DOCTOR)
    case = migraine_case(by)
    sign_anew(by, case, diagnosis="something_else", licensed=["botox"])
    plan, vials = approved_plan(by, case), vials_of(make_lot(by))[:1]

    with pytest.raises(Refused, match="another diagnosis"):
        sign_treatment(by=by, plan=plan, session=session_for(by, plan, vials))


def test_consent_that_says_off_label_does_not_serve_the_licensed_use(
    clinic: Clinic, actor: ActorMaker
) -> None:
    by = actor(*DOCTOR)
    case = migraine_case(by)
    # As texts for any product were kept before each product's status was told.
    sign_anew(by, case, diagnosis="", licensed=None, is_off_label=True)
    plan, vials = approved_plan(by, case), vials_of(make_lot(by))[:1]

    with pytest.raises(Refused, match="says that this use is off-label"):
        sign_treatment(by=by, plan=plan, session=session_for(by, plan, vials))


def test_consent_for_the_diagnosis_goes_before_a_newer_one_for_another(
    clinic: Clinic, actor: ActorMaker
) -> None:
    by = actor(*DOCTOR)
    case = migraine_case(by)
    sign_anew(by, case, diagnosis="something_else", licensed=["botox"], signed_at=clock.now())
    fitting = make_consent(by, case)

    assert valid_consent(case, "botox", "chronic_migraine") == fitting
    assert valid_consent(case, "botox", "something_else") != fitting


def test_consent_keeps_diagnosis_and_what_it_said_of_each_product(clinic: Clinic, actor: ActorMaker) -> None:
    by = actor(*DOCTOR)

    consent = Consent.objects.get(case=migraine_case(by))

    assert (consent.diagnosis, consent.licensed, consent.is_off_label) == (
        "chronic_migraine",
        ["botox"],
        True,
    )
    assert consent.says_licensed("botox")
    assert not consent.says_licensed("xeomin")
