"""Concluding, deciding and consenting."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, transaction

from masseter.journey.audit.models import Event
from masseter.journey.consult.actions import (
    assess,
    choose_diagnosis,
    close_case,
    decide_together,
    give_reason,
    take_consent,
    withdraw_consent,
)
from masseter.journey.consult.models import Assessment, Case, Consent
from masseter.journey.consult.queries import (
    valid_consent,
    working_diagnosis,
)
from masseter.journey.consult.verdicts import candidacy_of
from masseter.journey.ground import clock
from masseter.journey.ground.actor import Actor
from masseter.journey.ground.refusals import NotPermitted, Refused
from masseter.journey.ground.rights import Role
from tests.conftest import ActorMaker
from tests.factories import (
    make_case,
    make_consent,
    observe,
)


@pytest.fixture
def injector(actor: ActorMaker) -> Actor:
    return actor(Role.INJECTOR)


@pytest.fixture
def case(injector: Actor) -> Case:
    return make_case(injector)


def test_a_diagnosis_without_its_criteria_needs_a_reason(injector: Actor, case: Case) -> None:
    with pytest.raises(Refused) as refusal:
        choose_diagnosis(by=injector, case=case, diagnosis="myalgia")

    assert refusal.value.field == "reason"
    choose_diagnosis(by=injector, case=case, diagnosis="myalgia", reason="Examined elsewhere.")
    assert working_diagnosis(case) == "myalgia"


def test_a_saved_verdict_holds_all_that_it_rests_on(injector: Actor, case: Case) -> None:
    choose_diagnosis(by=injector, case=case, diagnosis="myalgia", reason="Examined elsewhere.")

    saved = assess(by=injector, case=case, note="First visit.")

    assert saved.verdict == "needs_information"
    assert saved.diagnosis == "myalgia"
    assert len(saved.knowledge_version) == 16
    assert saved.result["findings"]
    with pytest.raises(DatabaseError), transaction.atomic():
        Assessment.objects.update(verdict="candidate")


def test_a_stop_cannot_be_overruled(injector: Actor, case: Case) -> None:
    observe(injector, case, allergies=("any_botulinum_toxin",))
    candidacy = candidacy_of(injector, case, today=clock.today(injector.zone))
    stop = next(one for one in candidacy.findings if one.severity == "stop" and not one.is_open)

    with pytest.raises(Refused, match="cannot be overruled"):
        give_reason(by=injector, case=case, finding_code=stop.code, subject=stop.subject, reason="I want to.")


def test_a_caution_needs_a_reason_and_keeps_it(injector: Actor, case: Case) -> None:
    candidacy = candidacy_of(injector, case, today=clock.today(injector.zone))
    caution = next(one for one in candidacy.findings if one.severity == "caution")

    with pytest.raises(Refused) as refusal:
        give_reason(by=injector, case=case, finding_code=caution.code, subject=caution.subject, reason=" ")
    row = give_reason(
        by=injector, case=case, finding_code=caution.code, subject=caution.subject, reason="Weighed up."
    )

    assert refusal.value.field == "reason"
    assert Event.objects.get(what="caution.overruled").why == "Weighed up."
    assert row.by_name == injector.name


def test_a_finding_that_is_not_there_is_refused(injector: Actor, case: Case) -> None:
    with pytest.raises(Refused, match="no longer"):
        give_reason(by=injector, case=case, finding_code="made-up", reason="None.")


def test_a_decision_of_none_of_the_four_is_refused(injector: Actor, case: Case) -> None:
    with pytest.raises(Refused, match="what was decided"):
        decide_together(by=injector, case=case, decided="perhaps")


@pytest.mark.parametrize("role", [Role.FRONT_DESK, Role.MANAGER, Role.ADMINISTRATOR])
def test_consent_without_the_right_is_refused(actor: ActorMaker, case: Case, role: Role) -> None:
    with pytest.raises(NotPermitted):
        make_consent(actor(role), case)


def test_consent_to_a_text_that_has_changed_is_refused(injector: Actor, case: Case) -> None:
    with pytest.raises(Refused, match="changed"):
        take_consent(by=injector, case=case, signer_name="Ada", text_version="0123456789abcdef")


@pytest.mark.parametrize("name", ["", "  "])
def test_consent_without_a_signer_is_refused(injector: Actor, case: Case, name: str) -> None:
    version = make_consent(injector, case).text_version

    with pytest.raises(Refused) as refusal:
        take_consent(by=injector, case=case, signer_name=name, text_version=version)

    assert refusal.value.field == "signer_name"


def test_a_signed_text_never_changes(injector: Actor, case: Case) -> None:
    make_consent(injector, case)

    with pytest.raises(DatabaseError, match="never changes"), transaction.atomic():
        Consent.objects.update(body=[])
    with pytest.raises(DatabaseError, match="never changes"), transaction.atomic():
        Consent.objects.update(signer_name="Somebody else")


def test_a_withdrawn_consent_is_not_valid(injector: Actor, case: Case) -> None:
    consent = make_consent(injector, case)
    assert valid_consent(case) == consent

    with pytest.raises(Refused, match="why"):
        withdraw_consent(by=injector, consent=consent, reason="")
    withdraw_consent(by=injector, consent=consent, reason="Changed her mind.")

    assert valid_consent(case) is None
    with pytest.raises(Refused, match="already"):
        withdraw_consent(by=injector, consent=consent, reason="Again.")


def test_a_consent_for_one_product_speaks_for_no_other(injector: Actor, case: Case) -> None:
    make_consent(injector, case, product="xeomin")

    assert valid_consent(case, "botox") is None
    assert valid_consent(case, "xeomin") is not None


def test_a_closed_case_takes_no_consent_and_no_verdict(injector: Actor, case: Case) -> None:
    close_case(by=injector, case=case, reason="Moved away.")

    with pytest.raises(Refused, match="closed"):
        assess(by=injector, case=case)
    with pytest.raises(Refused, match="closed"):
        make_consent(injector, case)
    with pytest.raises(Refused, match="closed already"):
        close_case(by=injector, case=case, reason="Again.")
