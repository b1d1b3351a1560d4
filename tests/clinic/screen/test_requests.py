"""The inbox of requests: answering one makes a record and leads to an appointment."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from masseter.journey.accounts.models import Clinic
from masseter.journey.accounts.queries import visitor
from masseter.journey.consult.models import Observation
from masseter.journey.ground.rights import Role
from masseter.journey.people.models import Patient
from masseter.journey.screen.actions import SentCheck, ask_for_appointment
from masseter.journey.screen.models import Referral
from masseter.knowledge.load import load
from tests.clinic.pages import send, words
from tests.conftest import ActorMaker
from tests.factories import BORN, make_patient

SignedIn = Callable[..., Client]


@pytest.fixture
def referral(clinic: Clinic) -> Referral:
    """A request with the answers of a self-check."""
    return ask_for_appointment(
        by=visitor(clinic),
        name="Nora Maria Quist",
        email="nora@example.org",
        birth_date=BORN,
        condition="tmd",
        check=SentCheck(
            condition="tmd",
            outcome="get_help_now",
            answers={"pain_months": 14, "flag_heart": "yes", "tmd_tried": ["splint"], "gone": "x"},
            red_flags_open=("flag_growth",),
        ),
    )


ACCEPT = {"given_names": "Nora Maria", "family_name": "Quist"}


def quiet_request(clinic: Clinic) -> Referral:
    """A request without a self-check."""
    return ask_for_appointment(by=visitor(clinic), name="Otto Vane", email="otto@example.org")


def test_injector_has_no_inbox(signed_in: SignedIn, referral: Referral) -> None:
    assert signed_in(Role.INJECTOR).get(f"/clinic/requests/{referral.pk}/").status_code == 403


def test_request_of_another_clinic_is_not_there(
    signed_in: SignedIn, other_clinic: Clinic, referral: Referral
) -> None:
    other = signed_in(Role.MANAGER, of=other_clinic)

    assert other.get(f"/clinic/requests/{referral.pk}/").status_code == 404
    assert other.get(f"/clinic/requests/{referral.pk}/accept/").status_code == 404


def test_empty_inbox_says_so(signed_in: SignedIn) -> None:
    assert "Nobody waits" in signed_in(Role.FRONT_DESK).get("/clinic/requests/").text


def test_answers_are_shown_in_words_the_alarming_first(signed_in: SignedIn, referral: Referral) -> None:
    answer = signed_in(Role.FRONT_DESK).get(f"/clinic/requests/{referral.pk}/")

    rows = answer.context["answers"]
    assert (rows[0]["is_alarm"], rows[0]["words"]) == (True, "yes")
    assert {"14 mo", "14 months"} & {row["words"] for row in rows}
    assert rows[-1] == {"label": "gone", "words": "x", "is_alarm": False, "is_open_flag": False}


def test_what_was_not_answered_is_listed_warning_signs_before_the_rest(
    signed_in: SignedIn, referral: Referral
) -> None:
    rows = signed_in(Role.FRONT_DESK).get(f"/clinic/requests/{referral.pk}/").context["answers"]

    growth = load().observations["flag_growth"].label
    assert (rows[1]["label"], rows[1]["words"], rows[1]["is_open_flag"]) == (growth, "not answered", True)
    with_use = next(row for row in rows if row["label"] == load().observations["jaw_pain_with_use"].label)
    assert with_use["words"] == "not answered"


def test_get_help_now_stands_first_and_says_so(
    signed_in: SignedIn, clinic: Clinic, referral: Referral
) -> None:
    quiet_request(clinic)

    page = signed_in(Role.FRONT_DESK).get("/clinic/requests/")

    assert [row["name"] for row in page.context["urgent"]] == ["Nora Maria Quist"]
    assert page.text.index("call these first") < page.text.index("Otto Vane")
    assert "get help now: call first" in signed_in(Role.FRONT_DESK).get("/clinic/").text


def test_ticked_warning_sign_reaches_the_chart_unconfirmed(signed_in: SignedIn, referral: Referral) -> None:
    send(signed_in(Role.FRONT_DESK), f"/clinic/requests/{referral.pk}/accept/", ACCEPT)

    patient = Patient.objects.get()
    page = signed_in(Role.INJECTOR).get(f"/clinic/patients/{patient.pk}/")
    heart = Observation.objects.get(patient=patient, code="flag_heart")
    assert (heart.value, heart.reported_by, heart.confirmed) == (True, "patient", False)
    assert load().observations["flag_heart"].label in page.text
    assert "Get help now" in page.text
    assert "not answered" in page.text


def test_front_desk_reads_no_answers_in_the_chart(signed_in: SignedIn, referral: Referral) -> None:
    desk = signed_in(Role.FRONT_DESK)
    send(desk, f"/clinic/requests/{referral.pk}/accept/", ACCEPT)

    page = desk.get(f"/clinic/patients/{Patient.objects.get().pk}/")

    assert load().observations["flag_heart"].label not in page.text


def test_somebody_alike_must_be_compared_first(
    signed_in: SignedIn, actor: ActorMaker, referral: Referral
) -> None:
    make_patient(actor(Role.MANAGER), family_name="Quist", given_names="Nora Maria")
    client = signed_in(Role.FRONT_DESK)
    form = {"given_names": "Nora Maria", "family_name": "Quist", "birth_date": BORN.isoformat()}

    answer = send(client, f"/clinic/requests/{referral.pk}/accept/", form)

    assert answer.status_code == 422
    assert "Choose the record" in words(answer)
    assert Patient.objects.count() == 1


def test_request_is_tied_to_the_record_that_was_chosen(
    signed_in: SignedIn, actor: ActorMaker, referral: Referral
) -> None:
    known = make_patient(actor(Role.MANAGER), family_name="Quist", given_names="Nora Maria")
    form = {"given_names": "Nora Maria", "family_name": "Quist", "patient": str(known.pk)}

    send(signed_in(Role.FRONT_DESK), f"/clinic/requests/{referral.pk}/accept/", form)

    referral.refresh_from_db()
    assert (referral.state, referral.patient) == ("accepted", known)


def test_number_that_nobody_has_is_refused(signed_in: SignedIn, referral: Referral) -> None:
    form = {"given_names": "Nora", "family_name": "Quist", "number": "M-999999"}

    answer = send(signed_in(Role.FRONT_DESK), f"/clinic/requests/{referral.pk}/accept/", form)

    assert answer.status_code == 422
    assert Patient.objects.count() == 0


def test_new_person_gets_a_record_and_a_way_to_the_calendar(signed_in: SignedIn, referral: Referral) -> None:
    form = {"given_names": "Nora Maria", "family_name": "Quist", "open_portal": "on"}

    answer = send(signed_in(Role.FRONT_DESK), f"/clinic/requests/{referral.pk}/accept/", form)

    patient = Patient.objects.get()
    assert answer.headers["Location"].startswith(f"/clinic/calendar/add/?patient={patient.pk}&condition=tmd")
    assert patient.email == "nora@example.org"
    assert patient.user is not None


def test_two_who_answer_one_request_do_not_both(signed_in: SignedIn, referral: Referral) -> None:
    client = signed_in(Role.FRONT_DESK)
    address = f"/clinic/requests/{referral.pk}/decline/"
    opened = client.get(address)
    send(client, f"/clinic/requests/{referral.pk}/accept/", {"given_names": "Nora", "family_name": "Quist"})

    answer = send(client, address, {"reason": "Sent to a dentist."}, opened)

    assert answer.status_code == 422
    assert "changed by someone else" in words(answer)


def test_request_is_not_declined_without_a_word(signed_in: SignedIn, referral: Referral) -> None:
    answer = send(signed_in(Role.FRONT_DESK), f"/clinic/requests/{referral.pk}/decline/", {"reason": " "})

    assert answer.status_code == 422


def test_declined_request_leaves_the_inbox_with_its_reason(signed_in: SignedIn, referral: Referral) -> None:
    client = signed_in(Role.FRONT_DESK)

    send(client, f"/clinic/requests/{referral.pk}/decline/", {"reason": "Sent to a dentist."})

    inbox = client.get("/clinic/requests/")
    assert inbox.context["waiting"] == []
    assert "Sent to a dentist." in client.get(f"/clinic/requests/{referral.pk}/").text
