"""The patient's own consent to photographs: seen with the pictures, and withdrawn at home."""

from __future__ import annotations

from django.test import Client
from django.urls import reverse

from masseter.journey.accounts.models import User
from masseter.journey.audit.models import OPENED, Event
from masseter.journey.ground.rights import Role
from tests.clinic.pages import send, words
from tests.conftest import ActorMaker, sign_in
from tests.factories import make_case, make_photograph, make_photograph_consent, make_portal_patient


def test_patient_sees_the_pictures_and_withdraws_and_the_clinic_sees_none_any_more(
    actor: ActorMaker, client: Client, signed_in: object
) -> None:
    by = actor(Role.INJECTOR)
    patient = make_portal_patient(by)
    case = make_case(by, patient)
    consent = make_photograph_consent(by, patient)
    photograph = make_photograph(by, case)
    assert patient.user_id is not None
    sign_in(client, User.objects.get(pk=patient.user_id))
    mine, picture = (
        reverse("my_photograph_consent", args=[consent.pk]),
        reverse("my_photograph_picture", args=[photograph.pk]),
    )

    listed = words(client.get(reverse("my_consents")))
    page = client.get(mine)
    own = client.get(picture)
    looks = Event.objects.filter(what=OPENED, subject_kind="results.photograph", user_id=patient.user_id)
    withdrawn = send(client, mine, {"reason": ""})

    assert "Photographs of my face" in listed
    assert picture in page.content.decode()
    assert (own.status_code, own.headers["Content-Type"]) == (200, "image/jpeg")
    assert looks.count() == 1
    assert withdrawn.status_code == 302
    consent.refresh_from_db()
    assert consent.withdrawn_reason == "No reason was given."
    assert "as the law asks of a record" in words(client.get(mine))
    assert client.get(picture).status_code == 404
    staff = signed_in(Role.INJECTOR)  # type: ignore[operator]  # the fixture makes clients
    assert staff.get(reverse("photograph_picture", args=[photograph.pk])).status_code == 404
    assert "1 photograph taken under" in words(staff.get(reverse("photographs", args=[case.pk])))


def test_another_patient_finds_neither_consent_nor_picture(actor: ActorMaker, client: Client) -> None:
    by = actor(Role.INJECTOR)
    case = make_case(by)
    consent, stranger = make_photograph_consent(by, case.patient), make_portal_patient(by)
    photograph = make_photograph(by, case)
    assert stranger.user_id is not None
    sign_in(client, User.objects.get(pk=stranger.user_id))

    assert client.get(reverse("my_photograph_consent", args=[consent.pk])).status_code == 404
    assert client.get(reverse("my_photograph_picture", args=[photograph.pk])).status_code == 404
    assert client.get(reverse("photograph_picture", args=[photograph.pk])).status_code == 403
