"""The frame of every page: acted on once, never over somebody else's change, and nothing typed is lost."""

from __future__ import annotations

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from html import unescape
from typing import Any, ClassVar
from uuid import uuid4

import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.template import RequestContext, Template
from django.test import Client
from django.urls import path

from masseter.config.urls import handler400, handler403, handler404, handler500
from masseter.config.urls import urlpatterns as site
from masseter.journey.accounts.actions import end_membership
from masseter.journey.accounts.models import Clinic, Membership, User
from masseter.journey.audit.models import Event, Submission
from masseter.journey.audit.trail import record
from masseter.journey.ground.refusals import Refused
from masseter.journey.ground.rights import Right, Role
from masseter.journey.ground.scope import clinic_scope
from masseter.journey.people.actions import add_patient
from masseter.journey.people.models import Patient
from masseter.journey.people.queries import patient_of
from masseter.ui.pages import Context, FormPage, Page
from tests.conftest import ActorMaker, make_actor, sign_in
from tests.factories import make_patient

__all__ = ["handler400", "handler403", "handler404", "handler500"]
pytestmark = pytest.mark.urls("tests.ui.test_pages")
SignedIn = Callable[..., Client]
PAGE = Template(
    '<title>{% if form_has_errors %}Error: {% endif %}T</title><form method="post">'
    '{% include "ui/form_keys.html" %}{{ form.as_p }}{{ messages_shown }}'
    "{% for message in messages %}<b>{{ message }}</b>{% endfor %}</form>"
)


class NameForm(forms.Form):
    name = forms.CharField(max_length=100)


class NamePage(FormPage):
    """A form page with one field, and a template of its own."""

    right: ClassVar = Right.KEEP_PEOPLE
    form_class = NameForm

    def show(self, more: Context, status: int = 200) -> HttpResponse:
        return HttpResponse(PAGE.render(RequestContext(self.request, more)), status=status)


class AddPage(NamePage):
    """Adds a patient, unless the name is refused."""

    success = "Added."

    def act(self, form: forms.Form) -> str:
        name = form.cleaned_data["name"]
        add_patient(by=self.by, family_name=name, given_names="A", birth_date=None, is_another_person=True)
        if name == "Refused":
            raise Refused("Not this name.", field="name")
        if name == "Crash":
            raise ZeroDivisionError
        return f"/done/{name}/"


class ChangePage(NamePage):
    """Changes a patient's name."""

    def load(self) -> None:
        self.patient = patient_of(self.by, self.kwargs["patient"])

    def subject(self) -> Patient:
        return self.patient

    def initial(self) -> dict[str, Any]:
        return {"name": self.patient.family_name}

    def act(self, form: forms.Form) -> str:
        Patient.objects.filter(pk=self.patient.pk).update(family_name=form.cleaned_data["name"])
        record(by=self.by, what="patient.changed", on=self.patient)
        return "/done/"


class FileForm(forms.Form):
    file = forms.FileField()


class FilePage(NamePage):
    """Takes a file, and goes where its content says."""

    form_class = FileForm

    def act(self, form: forms.Form) -> str:
        return f"/done/{form.cleaned_data['file'].read().decode()}/"


class BrokenPage(Page):
    right: ClassVar = Right.KEEP_PEOPLE

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        record(by=self.by, what="thing.done")
        raise ZeroDivisionError


# The frame must stand whatever the other rooms are like: their addresses are stood in for.
ROOMS = (
    "clinic_home",
    "people",
    "calendar",
    "referrals",
    "recalls",
    "stock",
    "staff",
    "audit_trail",
    "knowledge",
    "my_home",
)
urlpatterns = [
    *(path(f"t/room/{name}/", BrokenPage.as_view(), name=name) for name in ROOMS),
    path("t/add/", AddPage.as_view()),
    path("t/file/", FilePage.as_view()),
    path("t/change/<int:patient>/", ChangePage.as_view()),
    path("t/broken/", BrokenPage.as_view()),
    *site,
]


def keys(response: Any) -> dict[str, str]:
    """The hidden fields of the form on a page, as a browser would send them."""
    found = re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', response.content.decode())
    return {name: unescape(value) for name, value in found}


def names() -> list[str]:
    return sorted(Patient.objects.values_list("family_name", flat=True))


# --- once, however often it is sent ----------------------------------------------------------------
def test_form_sent_twice_is_acted_on_once(signed_in: SignedIn) -> None:
    client = signed_in(Role.FRONT_DESK)
    sent = keys(client.get("/t/add/")) | {"name": "Once"}

    first, second = client.post("/t/add/", sent), client.post("/t/add/", sent)

    assert (first.url, second.url) == ("/done/Once/", "/done/Once/")
    assert names() == ["Once"]


def test_form_changed_after_it_was_saved_is_not_dropped_in_silence(signed_in: SignedIn) -> None:
    """Back button, another word, save: the same key with other content."""
    client = signed_in(Role.FRONT_DESK)
    sent = keys(client.get("/t/add/"))
    client.post("/t/add/", sent | {"name": "First"})

    again = client.post("/t/add/", sent | {"name": "Second"})

    assert again.status_code == 422
    assert "saved already" in again.content.decode()
    assert 'value="Second"' in again.content.decode()
    assert names() == ["First"]
    third = client.post("/t/add/", keys(again) | {"name": "Second"})
    assert third.status_code == 302
    assert names() == ["First", "Second"]


def test_another_file_under_the_same_key_is_not_dropped_in_silence(signed_in: SignedIn) -> None:
    """Back button, another file of the same name, save: the words are the same, the file is not."""
    client = signed_in(Role.FRONT_DESK)
    sent = keys(client.get("/t/file/"))

    def send(content: bytes) -> Any:
        return client.post("/t/file/", sent | {"file": SimpleUploadedFile("a.csv", content)})

    first, same, other = send(b"one"), send(b"one"), send(b"two")

    assert (first.url, same.url) == ("/done/one/", "/done/one/")
    assert (other.status_code, "saved already" in other.content.decode()) == (422, True)


def test_refused_form_can_be_sent_again_and_left_nothing(signed_in: SignedIn) -> None:
    client = signed_in(Role.FRONT_DESK)
    sent = keys(client.get("/t/add/"))

    refused = client.post("/t/add/", sent | {"name": "Refused"})

    assert refused.status_code == 422
    assert "Not this name." in refused.content.decode()
    assert names() == []
    assert Event.objects.filter(what="patient.added").count() == 0
    assert client.post("/t/add/", keys(refused) | {"name": "Better"}).status_code == 302
    assert names() == ["Better"]


def test_crash_saves_nothing_and_the_form_can_be_sent_again(signed_in: SignedIn) -> None:
    client = signed_in(Role.FRONT_DESK)
    client.raise_request_exception = False
    sent = keys(client.get("/t/add/"))

    crashed = client.post("/t/add/", sent | {"name": "Crash"})

    assert crashed.status_code == 500
    assert names() == []
    assert not Submission.objects.exists()
    assert client.post("/t/add/", sent | {"name": "Fine"}).status_code == 302


def test_page_that_crashes_shows_its_own_error_and_keeps_no_event(signed_in: SignedIn) -> None:
    client = signed_in(Role.FRONT_DESK)

    with pytest.raises(ZeroDivisionError):
        client.get("/t/broken/")

    assert not Event.objects.filter(what="thing.done").exists()


def test_key_of_another_person_does_not_swallow_a_form(signed_in: SignedIn) -> None:
    one, two = signed_in(Role.FRONT_DESK), signed_in(Role.MANAGER)
    key = str(uuid4())
    one.post("/t/add/", {"form_key": key, "name": "Ones"})

    answer = two.post("/t/add/", {"form_key": key, "name": "Twos"})

    assert answer.status_code == 422
    assert names() == ["Ones"]


def test_two_simultaneous_sendings_are_acted_on_once(committed: Clinic) -> None:
    sent = {"form_key": str(uuid4()), "name": "Once"}
    clients = [signed_in_client(committed, email="desk@once.example") for _ in range(2)]

    def send(client: Client) -> HttpResponse:
        try:
            return client.post("/t/add/", sent)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(send, clients))

    assert [answer.url for answer in answers] == ["/done/Once/", "/done/Once/"]  # type: ignore[attr-defined]
    with clinic_scope(committed.pk):
        assert names() == ["Once"]


# --- two people on one record ----------------------------------------------------------------------
def test_form_opened_before_somebody_elses_change_is_refused(signed_in: SignedIn, actor: ActorMaker) -> None:
    patient = make_patient(actor(Role.MANAGER), family_name="Old")
    one, two = signed_in(Role.FRONT_DESK), signed_in(Role.MANAGER)
    url = f"/t/change/{patient.pk}/"
    ones, twos = keys(one.get(url)), keys(two.get(url))
    one.post(url, ones | {"name": "Ones"})

    stale = two.post(url, twos | {"name": "Twos"})

    assert stale.status_code == 422
    assert "changed by someone else" in stale.content.decode()
    assert 'value="Twos"' in stale.content.decode()
    assert names() == ["Ones"]


def test_stale_form_saved_again_after_the_warning_is_saved(signed_in: SignedIn, actor: ActorMaker) -> None:
    """The warning says: save again if yours still holds."""
    patient = make_patient(actor(Role.MANAGER), family_name="Old")
    one, two = signed_in(Role.FRONT_DESK), signed_in(Role.MANAGER)
    url = f"/t/change/{patient.pk}/"
    ones, twos = keys(one.get(url)), keys(two.get(url))
    one.post(url, ones | {"name": "Ones"})
    stale = two.post(url, twos | {"name": "Twos"})

    saved = two.post(url, keys(stale) | {"name": "Twos"})

    assert saved.status_code == 302
    assert names() == ["Twos"]


@pytest.mark.parametrize("version", [None, "", "1", "1:forged", "x" * 5000])
def test_form_without_a_true_version_does_not_pass_for_fresh(
    signed_in: SignedIn, actor: ActorMaker, version: str | None
) -> None:
    patient = make_patient(actor(Role.MANAGER), family_name="Old")
    client = signed_in(Role.FRONT_DESK)
    sent = {"name": "New"} | ({} if version is None else {"form_version": version})

    answer = client.post(f"/t/change/{patient.pk}/", sent)

    assert answer.status_code == 422
    assert names() == ["Old"]


def test_version_of_another_record_is_not_taken(signed_in: SignedIn, actor: ActorMaker) -> None:
    by = actor(Role.MANAGER)
    one, two = make_patient(by, family_name="One"), make_patient(by, family_name="Two")
    client = signed_in(Role.FRONT_DESK)
    version = keys(client.get(f"/t/change/{one.pk}/"))["form_version"]

    answer = client.post(f"/t/change/{two.pk}/", {"name": "New", "form_version": version})

    assert answer.status_code == 422
    assert names() == ["One", "Two"]


# --- the session ended, or it is another one -------------------------------------------------------
def test_typed_form_comes_back_after_signing_in(signed_in: SignedIn) -> None:
    client = signed_in(Role.FRONT_DESK)
    sent = keys(client.get("/t/add/")) | {"name": "<script>typed</script>"}
    user = client.session["_auth_user_id"]
    client.logout()

    away = client.post("/t/add/", sent)

    assert away.status_code == 302
    assert away.url == "/account/login/?next=/t/add/"
    assert "typed" not in str(dict(client.session))
    back_in(client, user)
    page = client.get("/t/add/").content.decode()
    assert "&lt;script&gt;typed&lt;/script&gt;" in page
    assert "<script>typed" not in page
    assert "typed" not in client.get("/t/add/").content.decode()


def test_typed_form_is_not_given_to_another_person(signed_in: SignedIn) -> None:
    client = signed_in(Role.FRONT_DESK)
    sent = keys(client.get("/t/add/")) | {"name": "typed"}
    client.logout()
    client.post("/t/add/", sent)
    other = signed_in(Role.MANAGER).session["_auth_user_id"]

    back_in(client, other)

    assert "typed" not in client.get("/t/add/").content.decode()


@pytest.mark.parametrize("owner", ["", "1", "None"])
def test_strangers_form_is_not_kept(clinic: Clinic, owner: str) -> None:
    """Whoever never opened a form of ours fills no session with what they post."""
    client = Client()

    client.post("/t/add/", {"form_owner": owner, "name": "x" * 1000})

    assert "held_forms" not in client.session


def test_form_sent_after_signing_in_again_elsewhere_comes_back(signed_in: SignedIn) -> None:
    """Signing in in another tab makes the old page's token void; what was typed must not be."""
    signed = signed_in(Role.FRONT_DESK)
    client = Client(enforce_csrf_checks=True)
    back_in(client, signed.session["_auth_user_id"])
    sent = keys(client.get("/t/add/")) | {"name": "typed", "csrfmiddlewaretoken": "a" * 64}

    answer = client.post("/t/add/", sent)

    assert answer.status_code == 302
    assert answer.url == "/t/add/"
    page = client.get("/t/add/").content.decode()
    assert "typed" in page
    assert names() == []


def test_form_from_another_site_is_not_kept(signed_in: SignedIn) -> None:
    signed = signed_in(Role.FRONT_DESK)
    client = Client(enforce_csrf_checks=True)
    back_in(client, signed.session["_auth_user_id"])
    sent = keys(client.get("/t/add/")) | {"name": "typed"}

    answer = client.post("/t/add/", sent, headers={"Origin": "https://elsewhere.example"})
    unsigned = client.post("/t/add/", {"name": "typed", "form_owner": "1:1", "csrfmiddlewaretoken": "a" * 64})

    assert (answer.status_code, unsigned.status_code) == (403, 403)
    assert "held_forms" not in client.session


def test_form_opened_in_another_clinic_is_not_acted_on_here(
    clinic: Clinic, other_clinic: Clinic, signed_in: SignedIn
) -> None:
    """Two tabs: the form of one clinic, sent after switching to the other."""
    client = signed_in(Role.FRONT_DESK)
    user = User.objects.get(pk=client.session["_auth_user_id"])
    with clinic_scope(other_clinic.pk, user.pk):
        Membership.objects.create(clinic=other_clinic, user=user, role=Role.FRONT_DESK)
    sent = keys(client.get("/t/add/")) | {"name": "Mine"}
    client.post("/start/clinic/", {"clinic": str(other_clinic.pk)})

    answer = client.post("/t/add/", sent)

    assert answer.status_code == 422
    with clinic_scope(other_clinic.pk):
        assert names() == []


def test_person_whose_role_ended_is_told_so_and_not_sent_in_circles(
    clinic: Clinic, signed_in: SignedIn, actor: ActorMaker
) -> None:
    client = signed_in(Role.FRONT_DESK)
    membership = Membership.objects.get(user_id=client.session["_auth_user_id"])
    end_membership(by=actor(Role.ADMINISTRATOR), membership=membership)

    answer = client.get("/t/add/", follow=True)

    assert answer.status_code == 403
    assert "no role" in answer.content.decode()


def back_in(client: Client, user_id: str) -> None:
    sign_in(client, User.objects.get(pk=user_id))


def signed_in_client(clinic: Clinic, email: str) -> Client:
    from allauth.mfa.models import Authenticator

    by = make_actor(clinic, Role.FRONT_DESK, email=email)
    totp = Authenticator.Type.TOTP
    Authenticator.objects.get_or_create(user_id=by.user_id, type=totp, defaults={"data": {"secret": "x"}})
    client = Client()
    back_in(client, str(by.user_id))
    return client
