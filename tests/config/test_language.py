"""The language of a page: chosen on the page, kept, and never that of staff pages."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from masseter.journey.accounts.models import Clinic, User
from masseter.journey.ground.rights import Role
from masseter.knowledge.load import load
from tests.conftest import ActorMaker
from tests.factories import make_portal_patient

SignedIn = Callable[..., Client]


def choose(client: Client, code: str, back: str = "/self-check/") -> str:
    answer = client.post("/language/", {"language": code, "next": back})
    assert answer.status_code == 302
    return answer.headers["Location"]


@pytest.mark.parametrize(
    ("asked", "lang", "direction"),
    [("de-AT,de;q=0.9", "de", "ltr"), ("ar", "ar", "rtl"), ("en-US", "en-gb", "ltr"), ("nl", "en-gb", "ltr")],
)
def test_first_visit_is_in_the_language_that_the_browser_asks_for(
    clinic: Clinic, asked: str, lang: str, direction: str
) -> None:
    page = Client(headers={"Accept-Language": asked}).get("/self-check/").text

    assert f'<html lang="{lang}" dir="{direction}"' in page
    assert ("app.rtl.css" in page) is (direction == "rtl")


def test_visitor_chooses_and_stays_on_the_page(clinic: Clinic) -> None:
    client = Client()

    assert choose(client, "fr", "/self-check/?x=1") == "/self-check/?x=1"
    assert '<html lang="fr"' in client.get("/self-check/").text


def test_a_language_that_there_is_not_changes_nothing(clinic: Clinic) -> None:
    client = Client()
    choose(client, "fr")

    choose(client, "xx")

    assert '<html lang="fr"' in client.get("/self-check/").text


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example", "javascript:alert(1)", ""])
def test_choosing_leads_to_no_other_site(clinic: Clinic, elsewhere: str) -> None:
    assert choose(Client(), "de", elsewhere) == "/"


def test_looking_at_the_address_chooses_nothing(clinic: Clinic) -> None:
    assert Client().get("/language/").status_code == 405


def test_a_patients_choice_comes_along_to_another_device(clinic: Clinic, actor: ActorMaker) -> None:
    user = make_portal_patient(actor(Role.MANAGER)).user
    assert user is not None
    first, second = Client(), Client(headers={"Accept-Language": "fr"})
    for client in (first, second):
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")

    choose(first, "ar", "/my/")

    assert '<html lang="ar" dir="rtl"' in second.get("/my/").text
    assert User.objects.get(pk=user.pk).language == "ar"


def test_staff_pages_stay_english(signed_in: SignedIn) -> None:
    client = signed_in(Role.MANAGER)
    choose(client, "de", "/clinic/")

    page = client.get("/clinic/").text

    assert '<html lang="en-gb" dir="ltr"' in page
    assert 'action="/language/"' not in page


@pytest.mark.parametrize(
    "address", ["/", "/self-check/tmd/", "/appointment/", "/account/login/", "/no-such/"]
)
def test_every_open_page_offers_the_languages(clinic: Clinic, address: str) -> None:
    page = Client().get(address).text

    assert all(f'value="{code}"' in page for code in ("en-gb", "de", "fr", "es", "ar"))


@pytest.mark.parametrize("language", ["de", "ar"])
def test_every_public_page_opens_where_numbers_have_a_comma(clinic: Clinic, language: str) -> None:
    """A figure such as 11.8 is drawn from the number, never from how the language writes it."""
    client = Client(headers={"Accept-Language": language})
    told = [f"/{page}/{code}/" for code in load().conditions for page in ("conditions", "self-check")]

    assert {url: client.get(url).status_code for url in told} == dict.fromkeys(told, 200)
