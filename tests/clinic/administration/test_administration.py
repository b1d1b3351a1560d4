"""Staff, audit trail and knowledge."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from masseter.journey.accounts.models import Clinic, Membership, User
from masseter.journey.accounts.queries import visitor
from masseter.journey.audit.actions import log_opening
from masseter.journey.consult.actions import choose_diagnosis
from masseter.journey.ground.rights import Role
from masseter.journey.screen.actions import ask_for_appointment, decline_referral
from tests.clinic.pages import send, words
from tests.conftest import ActorMaker, make_actor
from tests.factories import make_case, make_patient

SignedIn = Callable[..., Client]
NEW = {
    "name": "Sam Vane",
    "email": "sam@north.example",
    "roles": ["injector"],
}


@pytest.mark.parametrize("role", [Role.INJECTOR, Role.MANAGER, Role.FRONT_DESK, Role.RESEARCHER])
def test_others_keep_no_staff(signed_in: SignedIn, role: Role) -> None:
    client = signed_in(role)

    assert client.get("/clinic/staff/").status_code == 403
    assert client.post("/clinic/staff/add/", NEW).status_code == 403
    assert client.get("/clinic/audit/").status_code == 403


@pytest.mark.parametrize("wrong", [{"name": ""}, {"roles": ["patient"]}, {"roles": []}, {"email": "sam"}])
def test_impossible_member_of_staff_is_refused(signed_in: SignedIn, wrong: dict[str, object]) -> None:
    answer = send(signed_in(Role.ADMINISTRATOR), "/clinic/staff/add/", {**NEW, **wrong})

    assert answer.status_code == 422
    assert not User.objects.filter(email="sam@north.example").exists()


def test_own_last_administrators_role_stays(signed_in: SignedIn, clinic: Clinic) -> None:
    client = signed_in(Role.ADMINISTRATOR)
    own = Membership.objects.get(clinic=clinic, role=Role.ADMINISTRATOR)

    answer = send(client, f"/clinic/staff/{own.pk}/end/", {})

    assert answer.status_code == 422
    own.refresh_from_db()
    assert own.ended_at is None


def test_role_of_another_clinic_is_not_there(
    signed_in: SignedIn, other_clinic: Clinic, clinic: Clinic
) -> None:
    from masseter.journey.ground.scope import clinic_scope

    with clinic_scope(other_clinic.pk):
        make_actor(other_clinic, Role.INJECTOR)
        there = Membership.objects.get(clinic=other_clinic)

    assert signed_in(Role.ADMINISTRATOR).get(f"/clinic/staff/{there.pk}/end/").status_code == 404


def test_new_member_of_staff_is_listed_and_gets_a_link(signed_in: SignedIn) -> None:
    client = signed_in(Role.ADMINISTRATOR)
    assert "password" not in client.get("/clinic/staff/add/").context["form"].fields

    send(client, "/clinic/staff/add/", NEW)

    page = client.get("/clinic/staff/").text
    assert "Sam Vane" in page
    assert "A link to choose a password is on its way to sam@north.example" in page


def test_address_that_is_known_is_said_to_be_so_and_not_from_where(
    signed_in: SignedIn, other_clinic: Clinic
) -> None:
    user = User.objects.get(pk=make_actor(other_clinic, Role.INJECTOR, email="sam@north.example").user_id)
    user.set_password("a long enough phrase")
    user.save()
    client = signed_in(Role.ADMINISTRATOR)

    send(client, "/clinic/staff/add/", NEW)

    page = client.get("/clinic/staff/").text
    assert "sam@north.example signs in to Masseter already" in page
    assert "No letter was sent" in page
    assert other_clinic.name not in page


@pytest.mark.parametrize(
    "query", ["page=x", "page=99999999", "day=soon", "patient=-1", "who=%00", "what=" + "x" * 99]
)
def test_audit_trail_survives_any_question(signed_in: SignedIn, query: str) -> None:
    assert signed_in(Role.ADMINISTRATOR).get(f"/clinic/audit/?{query}").status_code in (200, 422)


def test_audit_trail_finds_what_was_done(signed_in: SignedIn) -> None:
    client = signed_in(Role.ADMINISTRATOR)
    send(client, "/clinic/staff/add/", NEW)

    text = words(client.get("/clinic/audit/?what=staff"))  # type: ignore[arg-type]  # the test client's answer

    assert "staff: added" in text
    assert "roles: injector" in text


def test_administrator_sees_that_a_chart_changed_and_not_what_it_says(
    signed_in: SignedIn, actor: ActorMaker, clinic: Clinic
) -> None:
    by = actor(Role.INJECTOR)
    case = make_case(by)
    choose_diagnosis(by=by, case=case, diagnosis="myalgia", reason="Told in confidence.")
    asked = ask_for_appointment(by=visitor(clinic), name="Ida", email="ida@patients.example")
    decline_referral(by=actor(Role.FRONT_DESK), referral=asked, reason="Needs a neurologist.")

    hidden = words(signed_in(Role.ADMINISTRATOR).get("/clinic/audit/"))  # type: ignore[arg-type]  # the test client's answer
    client = signed_in(Role.ADMINISTRATOR, Role.PRESCRIBER)
    shown = words(client.get("/clinic/audit/"))  # type: ignore[arg-type]  # the test client's answer

    assert "diagnosis: chosen" in hidden
    assert "in the chart" in hidden
    for fact in ("Told in confidence.", "myalgia", "Needs a neurologist.", "condition: tmd"):
        assert fact not in hidden
        assert fact in shown


def test_administrator_sees_which_page_was_opened(signed_in: SignedIn, actor: ActorMaker) -> None:
    by = actor(Role.INJECTOR)
    log_opening(by=by, record=make_patient(by), page="Results")

    text = words(signed_in(Role.ADMINISTRATOR).get("/clinic/audit/?what=chart"))  # type: ignore[arg-type]  # the test client's answer

    assert "page: Results" in text


def test_knowledge_page_names_its_version(signed_in: SignedIn, actor: ActorMaker) -> None:
    from masseter.knowledge.load import load

    assert load().version in signed_in(Role.FRONT_DESK).get("/clinic/knowledge/").text


def test_knowledge_page_tells_the_duties_of_the_place_alone(signed_in: SignedIn, actor: ActorMaker) -> None:
    text = signed_in(Role.FRONT_DESK).get("/clinic/knowledge/").text

    assert "General Dental Council" in text
    assert "State boards" not in text
    assert text.index("15 years") < text.index("11 years")
