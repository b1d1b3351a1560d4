"""The pages of photographs, without a script: taking by upload, looking, comparing, taking out."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile, TemporaryUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from masseter.journey.audit.models import OPENED, Event
from masseter.journey.consult.models import Case, PhotographConsent
from masseter.journey.ground.actor import Actor
from masseter.journey.ground.rights import Role
from masseter.journey.results.models import Photograph
from tests.clinic.pages import send, words
from tests.conftest import ActorMaker
from tests.factories import drawn_picture, make_case, make_photograph, make_photograph_consent

SignIn = Callable[..., Client]


@pytest.fixture
def by(actor: ActorMaker) -> Actor:
    return actor(Role.INJECTOR)


@pytest.fixture
def client(signed_in: SignIn) -> Client:
    return signed_in(Role.INJECTOR)


@pytest.fixture
def case(by: Actor) -> Case:
    return make_case(by)


def upload(client: Client, case: Case, content: bytes, pose: str = "smile", **more: str) -> HttpResponse:
    file = SimpleUploadedFile("../../face.jpg", content, "image/jpeg")
    return send(client, reverse("photograph_add", args=[case.pk, pose]), {"image": file, **more})


def test_consent_is_taken_and_withdrawn_on_its_own_pages(client: Client, case: Case) -> None:
    empty = words(client.get(reverse("photographs", args=[case.pk])))
    take = reverse("photograph_consent_take", args=[case.patient_id])
    unread = send(client, take, {"signer_name": "Ada Sample"})
    signed = send(client, take, {"has_read": "on", "signer_name": "Ada Sample"})
    consent = PhotographConsent.objects.get()
    held = words(client.get(signed.headers["Location"]))
    withdrawn = send(client, signed.headers["Location"], {"reason": "Changed her mind."})

    assert "Without a consent of its own no photograph is taken or shown" in empty
    assert "Tick the box" in words(unread)
    assert "my own care only" in held
    assert withdrawn.status_code == 302
    consent.refresh_from_db()
    assert consent.withdrawn_reason == "Changed her mind."
    after = words(client.get(reverse("photographs", args=[case.pk])))
    assert "Consent withdrawn" in after


def test_page_without_a_consent_offers_no_file_and_takes_none(client: Client, case: Case) -> None:
    page = client.get(reverse("photograph_add", args=[case.pk, "rest"]))
    sent = upload(client, case, drawn_picture(), "rest")

    assert 'type="file"' not in page.content.decode()
    assert sent.status_code == 422
    assert "has not consented" in words(sent)


def test_uploaded_picture_is_kept_shown_and_each_look_logged(by: Actor, client: Client, case: Case) -> None:
    make_photograph_consent(by, case.patient)

    kept = upload(client, case, drawn_picture())
    photograph = Photograph.objects.get()
    page = client.get(kept.headers["Location"])
    before = Event.objects.filter(what=OPENED, subject_kind="results.photograph").count()
    picture = client.get(reverse("photograph_picture", args=[photograph.pk]))

    assert reverse("photograph_picture", args=[photograph.pk]) in page.content.decode()
    assert picture.headers["Content-Type"] == "image/jpeg"
    assert picture.headers["Cache-Control"] == "no-store, private"
    assert picture.headers["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in picture.headers["Content-Security-Policy"]
    looks = Event.objects.filter(what=OPENED, subject_kind="results.photograph")
    assert looks.count() == before + 1
    assert looks.latest("number").patient_id == case.patient_id


def test_one_pose_leads_to_the_next(by: Actor, client: Client, case: Case) -> None:
    make_photograph_consent(by, case.patient)

    first = upload(client, case, drawn_picture(), "rest", do="next")
    last = upload(client, case, drawn_picture(), "brow_raise", do="next")

    assert first.headers["Location"] == reverse("photograph_add", args=[case.pk, "clench"])
    assert last.headers["Location"].startswith(reverse("photographs", args=[case.pk]))


@pytest.mark.parametrize(
    ("content", "sentence"),
    [(b"", "The file is empty"), (b"no picture", "no picture that can be read")],
)
def test_wrong_file_is_told_at_its_field(
    by: Actor, client: Client, case: Case, content: bytes, sentence: str
) -> None:
    make_photograph_consent(by, case.patient)

    response = upload(client, case, content)
    missing = send(client, reverse("photograph_add", args=[case.pk, "smile"]), {})

    assert response.status_code == missing.status_code == 422
    assert 'href="#id_image"' in response.content.decode()
    assert sentence in words(response)
    assert "Take a picture, or choose a file" in words(missing)


def test_two_of_one_pose_are_compared_and_others_can_be_chosen(by: Actor, client: Client, case: Case) -> None:
    make_photograph_consent(by, case.patient)
    one, two, three = (make_photograph(by, case) for _ in range(3))
    make_photograph(by, case, pose="rest")
    url = reverse("photographs", args=[case.pk])

    def shown(query: str) -> list[str]:
        text = client.get(url + query).content.decode()
        return [str(each.pk) for each in (one, two, three) if f"/photographs/{each.pk}/picture/" in text]

    assert shown("") == [str(one.pk), str(three.pk)]
    assert shown(f"?pose=smile&left={two.pk}&right={three.pk}") == [str(two.pk), str(three.pk)]
    assert shown("?pose=rest") == []
    assert shown("?pose=<script>") == []


def test_photograph_is_taken_out_with_a_reason(by: Actor, client: Client, case: Case) -> None:
    make_photograph_consent(by, case.patient)
    photograph = make_photograph(by, case)
    url = reverse("photograph", args=[photograph.pk])

    bare = send(client, url, {"reason": ""})
    done = send(client, url, {"reason": "Of another person."})

    assert (bare.status_code, done.status_code) == (422, 302)
    assert client.get(url).status_code == 404
    assert client.get(reverse("photograph_picture", args=[photograph.pk])).status_code == 404


def test_file_that_does_not_open_is_answered_and_told_to_the_log(
    by: Actor, client: Client, case: Case, caplog: pytest.LogCaptureFixture, settings: object
) -> None:
    make_photograph_consent(by, case.patient)
    photograph = make_photograph(by, case)
    settings.PHOTOGRAPH_KEYS = {"other": bytes(32)}  # type: ignore[attr-defined]  # pytest-django's settings

    response = client.get(reverse("photograph_picture", args=[photograph.pk]))

    assert response.status_code == 404
    assert "is not among the settings" in caplog.text


def test_file_that_is_too_large_is_told_at_its_field_and_never_written_in_plain(
    by: Actor, client: Client, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_photograph_consent(by, case.patient)
    monkeypatch.setattr(TemporaryUploadedFile, "__init__", lambda *_, **__: 1 / 0)

    page = upload(client, case, b"\xff\xd8" + bytes(17 * 1024 * 1024))

    assert page.status_code == 422
    assert "larger than 15 MB" in words(page)
    assert not Photograph.objects.exists()


def test_request_that_is_larger_than_all_files_is_refused_unread(client: Client, case: Case) -> None:
    url = reverse("photograph_add", args=[case.pk, "smile"])

    answer = client.post(url, {"image": SimpleUploadedFile("a.jpg", b"x")}, CONTENT_LENGTH="33554433")

    assert answer.status_code == 400
