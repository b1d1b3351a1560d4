"""A consent signed at home: released after a talk, read, asked about, signed, confirmed at the visit."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction

from masseter.core.consult.at_home import FRESH_MINUTES, LONGEST_DAYS, ReleaseState, risk_parts
from masseter.core.consult.consent import version_of
from masseter.journey.accounts.models import Clinic
from masseter.journey.audit.models import Event
from masseter.journey.consult.actions import (
    answer_question,
    ask_about_consent,
    choose_diagnosis,
    close_case,
    confirm_consent,
    end_release,
    read_part,
    sign_at_home,
    withdraw_consent,
)
from masseter.journey.consult.models import Case, Consent, ConsentRelease, PartRead
from masseter.journey.consult.queries import valid_consent
from masseter.journey.consult.releases import standing_of, text_of
from masseter.journey.ground import clock
from masseter.journey.ground.actor import Actor
from masseter.journey.ground.refusals import NotHere, NotPermitted, Refused
from masseter.journey.ground.rights import Role
from masseter.journey.inject.models import Treatment
from masseter.journey.messaging.models import Kind, Message
from masseter.journey.people.actions import invite_carer
from masseter.journey.people.actions.proxies import accept_invitation
from masseter.journey.people.models import Patient
from masseter.journey.plan.actions import withdraw_plan
from tests.conftest import ActorMaker
from tests.factories import (
    actor_of_patient,
    make_case,
    make_patient,
    make_portal_patient,
    make_ready_case,
    read_risks,
    release_to,
)
from tests.journey.given import DOCTOR, MIGRAINE, approved_plan, healthy, make_plan, make_treatment

CONDITION = "chronic_migraine"


@pytest.fixture
def by(actor: ActorMaker) -> Actor:
    return actor(*DOCTOR)


@pytest.fixture
def patient(by: Actor) -> Patient:
    return make_portal_patient(by)


@pytest.fixture
def case(by: Actor, patient: Patient) -> Case:
    """Ready for a plan, but that its consent, signed at the clinic, was withdrawn."""
    known = {**healthy(), **MIGRAINE}
    made = make_ready_case(by, condition=CONDITION, diagnosis=CONDITION, patient=patient, **known)
    withdraw_consent(by=by, consent=Consent.objects.get(case=made), reason="As the test asks.")
    return made


@pytest.fixture
def own(patient: Patient) -> Actor:
    return actor_of_patient(patient)


def sign(own: Actor, one: ConsentRelease, **told: object) -> Consent:
    text = text_of(own, one)
    assert text is not None
    usual = {
        "signer_name": "Ada Sample",
        "shown": text.sections,
        "shown_version": version_of(text.sections),
        "shown_at": clock.now(),
    }
    return sign_at_home(by=own, release=one, **{**usual, **told})  # type: ignore[arg-type]


def signed(by: Actor, own: Actor, case: Case, **told: object) -> Consent:
    one = release_to(by, case, **told)
    read_risks(own, one)
    return sign(own, one)


def test_signed_at_home_and_confirmed_a_treatment_rests_on_it(by: Actor, own: Actor, case: Case) -> None:
    consent = signed(by, own, case, product="botox")
    plan = approved_plan(by, case)
    with pytest.raises(Refused, match="signed at home"):
        make_treatment(by, plan)
    assert not Treatment.objects.exists()

    confirm_consent(by=by, consent=consent, note="Told of the doses.")

    assert make_treatment(by, plan).signed_at is not None
    assert valid_consent(case, "botox", CONDITION) == consent
    assert consent.taken_by_name == by.name
    assert consent.shown_at is not None
    told = Event.objects.get(what="consent.signed_at_home")
    assert (told.roles, told.patient_id) == ("patient", case.patient_id)
    assert Event.objects.filter(what="consent.confirmed").exists()


def test_withdrawn_at_home_after_the_confirmation_nothing_is_given(by: Actor, own: Actor, case: Case) -> None:
    consent = signed(by, own, case)
    confirm_consent(by=by, consent=consent)
    plan = approved_plan(by, case)

    withdraw_consent(by=own, consent=consent, reason="I thought again.")

    with pytest.raises(Refused, match="withdrawn"):
        make_treatment(by, plan)


def test_released_and_unsigned_nothing_is_given(by: Actor, own: Actor, case: Case) -> None:
    read_risks(own, release_to(by, case))

    with pytest.raises(Refused, match=r"[Cc]onsent"):
        make_treatment(by, approved_plan(by, case))


def test_each_risk_is_opened_before_anybody_signs(by: Actor, own: Actor, case: Case) -> None:
    one = release_to(by, case)
    text = text_of(own, one)
    assert text is not None
    titles = risk_parts(text)
    assert "What can go wrong" in titles
    for title in titles:
        with pytest.raises(Refused, match="Open each part"):
            sign(own, one)
        read_part(by=own, release=one, title=title)
        read_part(by=own, release=one, title=title)  # a second look is no second row

    assert sign(own, one).release == one
    assert PartRead.objects.count() == len(titles)
    with pytest.raises(NotHere):
        read_part(by=own, release=release_to(by, case), title="No such part")


def test_question_stops_the_signature_until_it_is_answered_in_writing(
    by: Actor, own: Actor, case: Case
) -> None:
    one = release_to(by, case)
    read_risks(own, one)
    question = ask_about_consent(by=own, case=case, words="  Will I drool?  ")

    with pytest.raises(Refused, match="Wait for the answer"):
        sign(own, one)
    answer_question(by=by, question=question, answer="Seldom, and it passes.")

    assert sign(own, one).signer_name == "Ada Sample"
    told = Message.objects.get(kind=Kind.REPLY)
    assert (told.patient_id, told.state) == (case.patient_id, "waiting")
    with pytest.raises(Refused, match="answered already"):
        answer_question(by=by, question=question, answer="Another.")


@pytest.mark.parametrize("words", ["", " \n ", "x" * 4001])
def test_question_and_answer_without_words_or_with_too_many_are_refused(
    by: Actor, own: Actor, case: Case, words: str
) -> None:
    with pytest.raises(Refused) as refusal:
        ask_about_consent(by=own, case=case, words=words)
    assert refusal.value.field == "words"
    question = ask_about_consent(by=own, case=case, words="What?")

    with pytest.raises(Refused) as refusal:
        answer_question(by=by, question=question, answer=words)

    assert refusal.value.field == "answer"


@pytest.mark.parametrize("minutes", [-1, FRESH_MINUTES + 1, 60 * 24, None])
def test_signature_asks_for_a_fresh_sign_in(by: Actor, own: Actor, case: Case, minutes: int | None) -> None:
    one = release_to(by, case)
    read_risks(own, one)
    shown = None if minutes is None else clock.now() - timedelta(minutes=minutes)

    with pytest.raises(Refused, match="that it is you"):
        sign(own, one, shown_at=shown)


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"signer_name": "  "}, "name"),
        ({"has_read": False}, "Tick"),
        ({"shown_version": "old"}, "has changed"),
    ],
)
def test_nothing_is_signed_without_name_tick_or_the_words_that_were_shown(
    by: Actor, own: Actor, case: Case, told: dict[str, object], words: str
) -> None:
    one = release_to(by, case)
    read_risks(own, one)

    with pytest.raises(Refused, match=words):
        sign(own, one, **told)

    assert not Consent.objects.filter(release=one).exists()


def other_diagnosis(by: Actor, case: Case) -> None:
    choose_diagnosis(by=by, case=case, diagnosis="episodic_migraine", reason="As the test asks.")


def plan_gone(by: Actor, case: Case) -> None:
    plan = case.plans.get()  # type: ignore[attr-defined]  # the reverse of a plan's case
    withdraw_plan(by=by, plan=plan, reason="As the test asks.")


def plan_changed(by: Actor, case: Case) -> None:
    point = case.plans.get().points.first()  # type: ignore[attr-defined]  # the reverse of a plan's case
    point.units = 1
    point.save()


@pytest.mark.parametrize(
    ("change", "state"),
    [
        (lambda by, case: close_case(by=by, case=case, reason="Ended."), ReleaseState.CASE_CLOSED),
        (other_diagnosis, ReleaseState.TEXT_CHANGED),
        (plan_gone, ReleaseState.PLAN_CHANGED),
        (plan_changed, ReleaseState.PLAN_CHANGED),
    ],
)
def test_release_lapses_with_what_it_rests_on(
    by: Actor,
    own: Actor,
    case: Case,
    change: Callable[[Actor, Case], object],
    state: ReleaseState,
) -> None:
    make_plan(by, case)
    one = release_to(by, case)
    read_risks(own, one)

    change(by, case)

    one = ConsentRelease.objects.get(pk=one.pk)
    assert standing_of(by, one, text_of(by, one)) is state
    with pytest.raises(Refused, match="cannot be signed at home any more"):
        sign(own, one)
    with pytest.raises(Refused, match="any more"):
        read_part(by=own, release=one, title="What can go wrong")


def test_release_lapses_after_its_day_and_when_taken_back(by: Actor, own: Actor, case: Case) -> None:
    today = clock.today(by.zone)
    one = release_to(by, case, until=today + timedelta(days=2))
    read_risks(own, one)
    with clock.travel(clock.now() + timedelta(days=3)), pytest.raises(Refused, match="any more"):
        sign(own, one)

    end_release(by=by, release=one, reason="The patient asked to.")

    with pytest.raises(Refused, match="any more"):
        sign(own, one)
    with pytest.raises(Refused, match="ended already"):
        end_release(by=by, release=one, reason="Again.")


def test_plan_that_is_drawn_up_later_ends_no_release(by: Actor, own: Actor, case: Case) -> None:
    one = release_to(by, case)
    read_risks(own, one)

    make_plan(by, case)

    assert sign(own, one).release == one


def test_release_anew_ends_the_one_before(by: Actor, own: Actor, case: Case) -> None:
    first, second = release_to(by, case), release_to(by, case, product="botox")

    first.refresh_from_db()
    assert first.ended_reason == "Released anew."
    with pytest.raises(Refused, match="any more"):
        sign(own, first)
    read_risks(own, second)
    assert sign(own, second).product == "botox"


def test_changed_plan_is_confirmed_with_a_note_and_changed_text_not_at_all(
    by: Actor, own: Actor, case: Case
) -> None:
    make_plan(by, case)
    consent = signed(by, own, case)
    plan_changed(by, case)

    with pytest.raises(Refused, match="plan was changed") as refusal:
        confirm_consent(by=by, consent=consent)
    assert refusal.value.field == "note"
    other_diagnosis(by, case)
    with pytest.raises(Refused, match="Read and sign it again"):
        confirm_consent(by=by, consent=consent, note="Told.")

    consent.refresh_from_db()
    assert consent.waits_for_visit


def test_what_was_signed_at_home_never_changes(by: Actor, own: Actor, case: Case) -> None:
    consent = signed(by, own, case)
    confirm_consent(by=by, consent=consent)

    for table, change in (
        (Consent, {"signer_name": "Somebody else"}),
        (Consent, {"shown_at": None, "release": None}),
        (Consent, {"confirmed_by_name": "Somebody else"}),
        (ConsentRelease, {"text_version": "another"}),
        (PartRead, {"title": "another"}),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            table._default_manager.update(**change)


def test_carer_signs_for_nobody(clinic: Clinic, by: Actor, patient: Patient, case: Case) -> None:
    one = release_to(by, case)
    until = clock.today(by.zone) + timedelta(days=30)
    proxy, code = invite_carer(
        by=by,
        patient=patient,
        name="Bo",
        email="bo@carers.example",
        until=until,
        may_write=True,
        consent="Asked.",
    )
    assert proxy.user is not None
    carer = Actor(
        user_id=proxy.user_id,
        name="Bo",
        clinic_id=clinic.pk,
        clinic_name=clinic.name,
        zone=clinic.zone,
        jurisdiction=by.jurisdiction,
        roles=frozenset({Role.WRITING_CARER}),
        patient_id=patient.pk,
    )
    assert accept_invitation(
        by=Actor(**{**vars(carer), "roles": frozenset({Role.INVITED})}), proxy=proxy, code=code
    )

    for act in (
        lambda: read_part(by=carer, release=one, title="What can go wrong"),
        lambda: sign(carer, one),
        lambda: ask_about_consent(by=carer, case=case, words="What?"),
    ):
        with pytest.raises(NotPermitted):
            act()


def test_another_patient_finds_nothing_to_sign(by: Actor, case: Case) -> None:
    other = actor_of_patient(make_portal_patient(by, "other@patients.example"))
    one = release_to(by, case)

    with pytest.raises(NotHere):
        sign(other, one)


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"has_talked": False}, "has_talked"),
        ({"talked_on": date(2999, 1, 1)}, "talked_on"),
        ({"until": date(2001, 1, 1)}, "until"),
        ({"until": date(2999, 1, 1)}, "until"),
        ({"text_version": "old"}, None),
    ],
)
def test_release_without_a_talk_or_with_a_wrong_day_is_refused(
    by: Actor, case: Case, told: dict[str, object], field: str | None
) -> None:
    with pytest.raises(Refused) as refusal:
        release_to(by, case, **told)

    assert refusal.value.field == field
    assert LONGEST_DAYS < 366


@pytest.mark.parametrize("born", [None, date(2015, 1, 1)])
def test_nobody_signs_alone_who_is_not_known_to_be_of_age(by: Actor, born: date | None) -> None:
    young = make_patient(by, birth_date=born)

    with pytest.raises(Refused, match="Open the patient's pages"):
        release_to(by, make_case(by, young))
    Patient.objects.filter(pk=young.pk).update(user_id=by.user_id)
    young.refresh_from_db()

    with pytest.raises(Refused, match="of age"):
        release_to(by, make_case(by, young, "bruxism"))
