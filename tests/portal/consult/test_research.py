"""The patient's own consent to the registry: seen, and withdrawn at home; and its pages in the clinic."""

from __future__ import annotations

from collections.abc import Callable

from django.test import Client
from django.urls import reverse

from masseter.journey.accounts.models import User
from masseter.journey.consult.models import ResearchConsent
from masseter.journey.ground.rights import Role
from tests.clinic.pages import send, words
from tests.conftest import ActorMaker, sign_in
from tests.factories import make_case, make_portal_patient


def test_consent_is_signed_in_the_clinic_and_withdrawn_at_home(
    actor: ActorMaker, client: Client, signed_in: Callable[..., Client]
) -> None:
    by, staff = actor(Role.INJECTOR), signed_in(Role.INJECTOR)
    patient = make_portal_patient(by)
    make_case(by, patient)
    chart, take = reverse("patient", args=[patient.pk]), reverse("research_consent_take", args=[patient.pk])

    asked = words(staff.get(chart))
    unread = send(staff, take, {"signer_name": "Ada Sample"})
    signed = send(staff, take, {"has_read": "on", "signer_name": "Ada Sample"})
    held = words(staff.get(chart))
    assert patient.user_id is not None
    sign_in(client, User.objects.get(pk=patient.user_id))
    listed = words(client.get(reverse("my_consents")))
    consent = ResearchConsent.objects.get(patient=patient)
    mine = reverse("my_research_consent", args=[consent.pk])
    withdrawn = send(client, mine, {"reason": ""})

    assert "Not asked whether the course may go" in asked
    assert "Tick the box" in words(unread)
    assert "an age band of ten years" in words(staff.get(signed.headers["Location"]))
    assert "holds" in held
    assert "My course in the registry" in listed
    assert withdrawn.status_code == 302
    consent.refresh_from_db()
    assert consent.withdrawn_reason == "No reason was given."
    assert "Nothing of me goes into a release" in words(client.get(mine))
    assert "nothing goes into a release" in words(staff.get(chart))
