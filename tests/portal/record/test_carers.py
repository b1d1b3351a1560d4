"""Carers: invited, shown the code, seen as such in the trail, ended at once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client

from masseter.journey.accounts.models import Clinic, Membership, User
from masseter.journey.accounts.queries import actor_for
from masseter.journey.audit.models import OPENED, Event
from masseter.journey.consult.models import Case
from masseter.journey.ground import clock
from masseter.journey.ground.actor import Actor
from masseter.journey.ground.refusals import NotHere, NotPermitted, Refused
from masseter.journey.ground.rights import Role
from masseter.journey.ground.scope import clinic_scope
from masseter.journey.people.actions import accept_invitation, end_proxy, invite_carer
from masseter.journey.people.actions.proxies import LONGEST_DAYS, TRIES
from masseter.journey.people.models import Patient, Proxy
from masseter.journey.record.actions import ask_about_record
from masseter.journey.results.actions import write_diary
from masseter.journey.results.models import DiaryEntry
from tests.clinic.pages import send, words
from tests.conftest import ActorMaker, sign_in
from tests.factories import actor_of_patient, make_case, make_portal_patient

CARER = "bo@carers.example"
SignedIn = Callable[..., Client]


@pytest.fixture
def patient(actor: ActorMaker) -> Patient:
    return make_portal_patient(actor(Role.MANAGER))


def invite(
    patient: Patient, *, days: int = 30, may_write: bool = False, email: str = CARER
) -> tuple[Proxy, str]:
    by = actor_of_patient(patient)
    until = clock.today(by.zone) + timedelta(days=days)
    return invite_carer(
        by=by, patient=patient, name="Bo Carer", email=email, until=until, may_write=may_write
    )


def carer_of(proxy: Proxy) -> Actor:
    assert proxy.user is not None
    found = actor_for(proxy.user, clinic_id=proxy.clinic_id)
    assert found is not None
    return found


def accepted(patient: Patient, **told: object) -> Proxy:
    proxy, code = invite(patient, **told)  # type: ignore[arg-type]  # as the test asks
    assert accept_invitation(by=carer_of(proxy), proxy=proxy, code=code.lower())
    proxy.refresh_from_db()
    return proxy


def client_of(proxy: Proxy) -> Client:
    client = Client()
    assert proxy.user is not None
    sign_in(client, proxy.user)
    return client


@pytest.mark.parametrize("days", [-1, LONGEST_DAYS + 1])
def test_day_that_is_past_or_too_far_is_refused(patient: Patient, days: int) -> None:
    with pytest.raises(Refused):
        invite(patient, days=days)


def test_patients_own_address_and_a_second_invitation_are_refused(patient: Patient) -> None:
    with pytest.raises(Refused):
        invite(patient, email="ADA@patients.example")
    invite(patient)
    with pytest.raises(Refused):
        invite(patient)


def test_clinic_invites_only_with_the_consent_written_down(patient: Patient, actor: ActorMaker) -> None:
    by = actor(Role.FRONT_DESK)
    until = clock.today(by.zone)
    with pytest.raises(Refused):
        invite_carer(by=by, patient=patient, name="Bo", email=CARER, until=until, consent=" ")

    proxy, _ = invite_carer(
        by=by, patient=patient, name="Bo", email=CARER, until=until, consent="Asked today."
    )

    assert Event.objects.get(what="proxy.invited").why == proxy.consent == "Asked today."


def test_nothing_is_seen_before_the_code_is_shown(patient: Patient) -> None:
    proxy, code = invite(patient)
    client = client_of(proxy)

    pages = {
        url: client.get(url) for url in ("/my/", "/my/results/", "/my/record/everything.pdf", "/my/passport/")
    }
    first = client.get("/start/", follow=True)

    assert {answer.status_code for answer in pages.values()} <= {403, 404}
    assert "You are invited" in words(first)
    assert patient.family_name.upper() not in words(first).upper()
    send(client, "/my/invitation/", {"code": code})
    assert client.get("/my/").status_code == 200


def test_letter_names_no_patient_and_holds_no_code(
    patient: Patient, django_capture_on_commit_callbacks: Callable[..., object]
) -> None:
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[attr-defined]  # a context
        _, code = invite(patient)

    letter = mail.outbox[-1]
    assert letter.to == [CARER]
    assert patient.family_name not in str(letter.body)
    assert code not in str(letter.body)


def test_wrong_codes_end_the_invitation(patient: Patient) -> None:
    proxy, code = invite(patient)
    by = carer_of(proxy)

    for _ in range(TRIES):
        assert not accept_invitation(by=by, proxy=proxy, code="AAAA AAAA")

    with pytest.raises(NotHere):
        accept_invitation(by=by, proxy=proxy, code=code)
    assert actor_for(User.objects.get(email=CARER)) is None


def test_address_of_staff_looks_the_same_and_opens_nothing(patient: Patient, actor: ActorMaker) -> None:
    staff = User.objects.get(pk=actor(Role.INJECTOR).user_id)

    proxy, _ = invite(patient, email=staff.email)

    assert proxy.user is None
    assert not Membership.objects.filter(user=staff, role=Role.CARER).exists()
    assert staff.email in actor_pages(patient)


def actor_pages(patient: Patient) -> str:
    client = Client()
    assert patient.user is not None
    sign_in(client, patient.user)
    return words(client.get("/my/carers/"))


def test_carer_sees_and_writes_nothing(patient: Patient, actor: ActorMaker) -> None:
    case = make_case(actor(Role.INJECTOR), patient)
    by = carer_of(accepted(patient))

    with pytest.raises(NotPermitted):
        write_diary(by=by, case=case, day=clock.today(by.zone), values={"pain": 3})
    with pytest.raises(NotPermitted):
        ask_about_record(by=by, patient=patient, kind="deletion", words="Everything.")
    with pytest.raises(NotPermitted):
        invite_carer(by=by, patient=patient, name="C", email="c@x.example", until=clock.today(by.zone))


def test_carer_who_may_writes_the_diary_and_nothing_else(patient: Patient, actor: ActorMaker) -> None:
    case = make_case(actor(Role.INJECTOR), patient)
    by = carer_of(accepted(patient, may_write=True))

    write_diary(by=by, case=case, day=clock.today(by.zone), values={"pain": 3})

    assert DiaryEntry.objects.get().by_name == f"Bo Carer for {patient}"
    with pytest.raises(NotPermitted):
        ask_about_record(by=by, patient=patient, kind="deletion", words="Everything.")


def test_carer_reaches_no_other_patient(patient: Patient, actor: ActorMaker) -> None:
    other = make_portal_patient(actor(Role.MANAGER), "other@patients.example")
    theirs: Case = make_case(actor(Role.INJECTOR), other)
    by = carer_of(accepted(patient, may_write=True))

    with pytest.raises(NotHere):
        write_diary(by=by, case=theirs, day=clock.today(by.zone), values={"pain": 3})


def test_every_look_of_a_carer_names_both(patient: Patient) -> None:
    client = client_of(accepted(patient))

    client.get("/my/results/")

    last = Event.objects.filter(what=OPENED).latest("number")
    assert (last.user_name, last.roles, last.patient_id) == (f"Bo Carer for {patient}", "carer", patient.pk)


def test_ended_access_ends_at_once(patient: Patient) -> None:
    proxy = accepted(patient)
    client = client_of(proxy)
    assert client.get("/my/").status_code == 200

    end_proxy(by=actor_of_patient(patient), proxy=proxy)

    assert client.get("/my/").status_code == 403
    assert Membership.objects.get(user=proxy.user, role=Role.CARER).ended_at is not None


def test_access_runs_out_after_its_last_day(patient: Patient) -> None:
    proxy = accepted(patient, days=3)
    assert proxy.user is not None

    with clock.travel(clock.now() + timedelta(days=3)):
        assert actor_for(proxy.user) is not None
    with clock.travel(clock.now() + timedelta(days=4)):
        assert actor_for(proxy.user) is None


def test_another_patient_ends_no_carer_of_this_one(patient: Patient, actor: ActorMaker) -> None:
    proxy = accepted(patient)
    other = make_portal_patient(actor(Role.MANAGER), "other@patients.example")

    with pytest.raises(NotHere):
        end_proxy(by=actor_of_patient(other), proxy=proxy)


def test_carer_of_two_chooses_whose_record(patient: Patient, actor: ActorMaker) -> None:
    other = make_portal_patient(actor(Role.MANAGER), "other@patients.example")
    accepted(patient)
    second = accepted_as(other)
    client = client_of(second)
    assert str(patient) in words(client.get("/my/"))

    client.post("/start/person/", {"person": str(second.pk)})

    assert f"Bo Carer for {other}" in words(client.get("/my/"))
    client.post("/start/person/", {"person": "999999999"})
    assert client.get("/my/").status_code == 200


def accepted_as(patient: Patient) -> Proxy:
    """The second invitation of the same person: it is chosen before its code is shown."""
    proxy, code = invite(patient)
    client = client_of(proxy)
    client.post("/start/person/", {"person": str(proxy.pk)})
    send(client, "/my/invitation/", {"code": code})
    proxy.refresh_from_db()
    assert proxy.accepted_at is not None
    return proxy


def test_patient_who_cares_for_another_sees_the_own_record_first(patient: Patient, actor: ActorMaker) -> None:
    other = make_portal_patient(actor(Role.MANAGER), "other@patients.example")
    proxy, _ = invite(patient, email="other@patients.example")

    assert carer_of(proxy).patient_id == other.pk


def test_carers_of_another_clinic_are_behind_the_wall(
    patient: Patient, clinic: Clinic, other_clinic: Clinic
) -> None:
    invite(patient)

    with clinic_scope(other_clinic.pk):
        assert not Proxy.objects.exists()


def test_staff_end_an_access_with_a_reason(patient: Patient, signed_in: SignedIn) -> None:
    proxy = accepted(patient)
    url = f"/clinic/carers/{proxy.pk}/end/"
    desk = signed_in(Role.FRONT_DESK)

    assert send(desk, url, {"reason": ""}).status_code == 422
    send(desk, url, {"reason": "The patient called."})

    proxy.refresh_from_db()
    assert proxy.ended_reason == "The patient called."
