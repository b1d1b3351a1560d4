"""The letterhead: who changes it, what is refused, and that papers carry it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from masseter.journey.accounts.models import Clinic, Letterhead
from masseter.journey.audit.models import Event
from masseter.journey.ground.rights import Role
from tests.clinic.pages import hidden_fields, words
from tests.journey.accounts.test_logo import png, svg
from tests.ui.paper.reading import is_accessible, pages_of, raster_images, words_of_pictures

SignIn = Callable[..., Client]
TYPED = {"address": "2 New Street\nLeeds", "phone": "0113 496 0000", "email": "desk@north.example"}


@pytest.fixture
def browser(clinic: Clinic, signed_in: SignIn) -> Client:
    return signed_in(Role.ADMINISTRATOR)


def save(browser: Client, logo: bytes | None = None, **more: str) -> int:
    url = reverse("letterhead")
    sent: dict[str, object] = {**hidden_fields(browser.get(url)), **TYPED, **more}  # type: ignore[arg-type]  # its page
    if logo is not None:
        sent["logo"] = SimpleUploadedFile("logo.svg", logo)
    return browser.post(url, sent).status_code


def sample(browser: Client) -> bytes:
    return browser.get(reverse("letterhead_sample")).content


def test_only_the_administrator_changes_it(clinic: Clinic, signed_in: SignIn) -> None:
    for role in (Role.MANAGER, Role.PRESCRIBER, Role.FRONT_DESK):
        assert signed_in(role).get(reverse("letterhead")).status_code == 403


def test_papers_carry_address_and_logo(browser: Client, clinic: Clinic) -> None:
    assert save(browser, svg()) == 302

    drawn = sample(browser)
    assert "2 New Street, Leeds" in pages_of(drawn)[0]
    assert "0113 496 0000" in pages_of(drawn)[0]
    assert words_of_pictures(drawn) == [f"Logo of {clinic.name}"]
    assert (is_accessible(drawn), raster_images(drawn)) == (True, 0)
    event = Event.objects.filter(what="letterhead.changed").latest("number")
    assert event.data["has_logo"] is True

    assert save(browser, png(40, 20)) == 302
    assert raster_images(sample(browser)) == 1

    assert save(browser, removes_logo="on") == 302
    assert words_of_pictures(sample(browser)) == []


def test_refused_logo_changes_nothing(browser: Client, clinic: Clinic) -> None:
    assert save(browser, svg("<script/>")) == 422
    assert (
        save(browser, svg('<path d="M0 0"/>', '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1e9 x"'))
        == 422
    )

    clinic.refresh_from_db()
    assert clinic.phone == "020 7946 0100"
    assert Letterhead.objects.count() == 0


def test_page_says_what_is_wrong_at_its_field(browser: Client) -> None:
    url = reverse("letterhead")
    page = browser.get(url)
    refused = browser.post(
        url,
        {**hidden_fields(page), **TYPED, "phone": "", "logo": SimpleUploadedFile("x.gif", b"GIF89a")},  # type: ignore[arg-type]  # its page
    )

    assert refused.status_code == 422
    assert "2 New Street" in words(refused)  # type: ignore[arg-type]  # the test client's answer
