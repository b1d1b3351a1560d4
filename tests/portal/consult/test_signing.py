"""A patient reads, asks and signs at home; the clinic answers and confirms at the visit."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from html import unescape

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from masseter.core.consult.at_home import FRESH_MINUTES
from masseter.journey.consult.actions import end_release, withdraw_consent
from masseter.journey.consult.models import Case, Consent, ConsentQuestion, ConsentRelease
from masseter.journey.ground import clock
from masseter.journey.ground.actor import Actor
from masseter.journey.ground.rights import Role
from masseter.journey.people.models import Patient
from tests.clinic.pages import hidden_fields, queries_of, send, words
from tests.conftest import ActorMaker
from tests.factories import (
    actor_of_patient,
    make_case,
    make_patient,
    make_portal_patient,
    read_risks,
    release_to,
    sign_released,
)

LAST_TRY = 5
DRAWN = "M10 10L20 20"


@pytest.fixture
def by(actor: ActorMaker) -> Actor:
    return actor(Role.INJECTOR)


@pytest.fixture
def release(by: Actor, case: Case) -> ConsentRelease:
    return release_to(by, case)


@pytest.fixture
def staff(signed_in: Callable[..., Client]) -> Client:
    return signed_in(Role.INJECTOR)


def talked(by: Actor, **more: str) -> dict[str, str]:
    today = clock.today(by.zone)
    days = {"talked_on": f"{today:%d/%m/%Y}", "until": f"{today + timedelta(days=7):%d/%m/%Y}"}
    return {"has_talked": "on", **days, **more}


def code_sent(own: Client, release: ConsentRelease, run: object) -> str:
    with run(execute=True):  # type: ignore[operator]  # what happens after the commit
        own.post(reverse("my_identity", args=[release.pk]))
    found = re.search(r"\b\d{8}\b", str(mail.outbox[-1].body))
    assert found
    return found[0]


def page(client: Client, name: str, *args: object) -> str:
    return words(client.get(reverse(name, args=args)))


def test_consent_is_released_read_asked_about_signed_and_confirmed(
    own: Client, staff: Client, by: Actor, case: Case, django_capture_on_commit_callbacks: object
) -> None:
    send(staff, reverse("consent_release", args=[case.pk]), talked(by))
    release = ConsentRelease.objects.get()
    sign = reverse("my_consent_sign", args=[release.pk])
    assert sign in own.get(reverse("my_consents")).content.decode()

    first = own.get(sign).content.decode()
    while found := re.search(r'href="(/my/consents/sign/\d+/part/\d+/)"', own.get(sign).content.decode()):
        own.post(found[1])
    assert "still closed" in first
    assert "Muscles near the place" not in first  # a risk is read on its own page, not past it
    send(own, reverse("my_consent_text", args=[case.pk]), {"words": "Will I <b>drool</b>?"})
    assert "as soon as your clinic has answered" in words(own.get(sign))

    question = ConsentQuestion.objects.get()
    assert "Will I" in page(staff, "clinic_home")
    send(staff, reverse("consent_answer", args=[question.pk]), {"answer": "Seldom, and it passes."})
    assert "Seldom, and it passes." in page(own, "my_consent_text", case.pk)

    assert "Show that it is you" in words(own.get(sign))
    code = code_sent(own, release, django_capture_on_commit_callbacks)
    own.post(reverse("my_identity_code", args=[release.pk]), {"code": code})
    answer = send(own, sign, {"has_read": "on", "signer_name": "Ada Sample", "signature": DRAWN})
    consent = Consent.objects.get(release=release)
    assert answer["Location"] == reverse("my_consent", args=[consent.pk])
    assert "you a code" not in words(own.get(answer["Location"]))
    assert own.get(reverse("my_consent_pdf", args=[consent.pk])).content.startswith(b"%PDF")
    assert "You signed this text" in words(own.get(sign))

    seen = page(staff, "consent", consent.pk)
    assert "At home, after signing in" in seen
    assert "Nothing is given on it until you confirm" in seen
    send(staff, reverse("consent_confirm", args=[consent.pk]), {"still_holds": "on"})
    consent.refresh_from_db()
    assert not consent.waits_for_visit
    assert (consent.signature, consent.signer_name) == (DRAWN, "Ada Sample")


def test_sign_in_of_some_minutes_ago_is_fresh_and_then_no_more(
    own: Client, release: ConsentRelease, patient: Patient, django_capture_on_commit_callbacks: object
) -> None:
    read_risks(actor_of_patient(patient), release)
    sign = reverse("my_consent_sign", args=[release.pk])
    code = code_sent(own, release, django_capture_on_commit_callbacks)
    own.post(reverse("my_identity_code", args=[release.pk]), {"code": code})
    shown = own.get(sign)
    assert "Your full name" in words(shown)

    with clock.travel(clock.now() + timedelta(minutes=FRESH_MINUTES + 1)):
        answer = send(own, sign, {"has_read": "on", "signer_name": "Ada"}, shown)

    assert answer.status_code == 422
    assert "that it is you" in words(answer)
    assert not Consent.objects.exists()


def test_code_that_was_tried_too_often_or_used_shows_nobody(
    own: Client, release: ConsentRelease, django_capture_on_commit_callbacks: object
) -> None:
    code = code_sent(own, release, django_capture_on_commit_callbacks)
    url = reverse("my_identity_code", args=[release.pk])
    wrong = "00000000" if code != "00000000" else "11111111"
    for _ in range(LAST_TRY):
        assert own.post(url, {"code": wrong})["Location"] == url

    assert own.post(url, {"code": code})["Location"] == url
    assert "masseter_shown_at" not in own.session


def test_reader_signs_the_words_that_were_shown_in_their_language(
    own: Client, release: ConsentRelease, patient: Patient, django_capture_on_commit_callbacks: object
) -> None:
    read_risks(actor_of_patient(patient), release)
    code = code_sent(own, release, django_capture_on_commit_callbacks)
    own.post(reverse("my_identity_code", args=[release.pk]), {"code": code})
    sign = reverse("my_consent_sign", args=[release.pk])
    english = own.get(sign)
    own.post(reverse("choose_language"), {"language": "de", "next": "/my/"})

    told = {"has_read": "on", "signer_name": "Ada", "shown_version": "of the page in English"}
    stale = own.post(sign, {**hidden_fields(english), **told})
    shown = own.get(sign)
    send(own, sign, {"has_read": "on", "signer_name": "Ada"})

    assert stale.status_code == 422
    consent = Consent.objects.get()
    assert consent.language == "de"
    assert all(one["title"] in unescape(words(shown)) for one in consent.body)
    assert consent.text_version == release.text_version


def test_lapsed_release_says_why_and_offers_no_signature(
    own: Client, by: Actor, release: ConsentRelease, patient: Patient
) -> None:
    read_risks(actor_of_patient(patient), release)
    end_release(by=by, release=release, reason="Asked to.")

    shown = page(own, "my_consent_sign", release.pk)

    assert "Your clinic took it back" in shown
    assert "Your full name" not in shown
    assert reverse("my_consent_sign", args=[release.pk]) not in own.get(reverse("my_consents")).text


def test_release_of_somebody_else_is_as_if_not_there(own: Client, by: Actor) -> None:
    other = release_to(by, make_case(by, make_portal_patient(by, "other@patients.example")))

    for name, more in (("my_consent_sign", ()), ("my_consent_part", (6,)), ("my_identity", ())):
        assert own.get(reverse(name, args=[other.pk, *more])).status_code == 404


@pytest.mark.parametrize("part", [0, 99])
def test_only_a_part_about_risks_has_a_page(own: Client, release: ConsentRelease, part: int) -> None:
    assert own.get(reverse("my_consent_part", args=[release.pk, part])).status_code == 404


@pytest.mark.parametrize(
    ("data", "words_told"),
    [
        ({"has_talked": ""}, "Tick the box once you have talked"),
        ({"until": "1/1/2001"}, "This day is past"),
    ],
)
def test_release_without_a_talk_comes_back_with_what_was_typed(
    staff: Client, by: Actor, case: Case, data: dict[str, str], words_told: str
) -> None:
    told = {**talked(by), "talked_about": "Teeth", **data}
    answer = send(staff, reverse("consent_release", args=[case.pk]), told)

    assert answer.status_code == 422
    assert words_told in words(answer)
    assert "Teeth" in answer.content.decode()


def test_withdrawn_at_home_it_cannot_be_confirmed(
    staff: Client, by: Actor, patient: Patient, release: ConsentRelease
) -> None:
    own = actor_of_patient(patient)
    consent = sign_released(own, release)
    withdraw_consent(by=own, consent=consent, reason="No.")

    url = reverse("consent_confirm", args=[consent.pk])
    answer = staff.post(url, {"still_holds": "on"})

    assert answer.status_code == 422
    assert "Confirm the consent</button>" not in staff.get(url).content.decode()
    consent.refresh_from_db()
    assert consent.confirmed_at is None


def test_release_is_taken_back_with_a_reason(staff: Client, release: ConsentRelease) -> None:
    url = reverse("consent_release_end", args=[release.pk])
    assert send(staff, url, {"reason": " "}).status_code == 422

    send(staff, url, {"reason": "Wants to sign here."})

    release.refresh_from_db()
    assert release.ended_reason == "Wants to sign here."


def test_person_without_a_sign_in_gets_no_release(staff: Client, by: Actor) -> None:
    case = make_case(by, make_patient(by))

    answer = send(staff, reverse("consent_release", args=[case.pk]), talked(by))

    assert answer.status_code == 422
    assert "needs a sign-in of their own" in words(answer)


def test_pages_ask_few_questions(own: Client, staff: Client, release: ConsentRelease, case: Case) -> None:
    assert queries_of(own, reverse("my_consent_sign", args=[release.pk])) <= 25
    assert queries_of(own, reverse("my_consent_part", args=[release.pk, 6])) <= 25
    assert queries_of(own, reverse("my_consents")) <= 25
    assert queries_of(staff, reverse("consent_take", args=[case.pk])) <= 25
    assert queries_of(staff, reverse("consent_release", args=[case.pk])) <= 25
