"""The public pages: honest, sourced, and there before any clinic is."""

from __future__ import annotations

import pytest
from django.test import Client

from masseter.journey.accounts.models import Clinic
from masseter.knowledge.load import load


def test_installation_without_a_clinic_says_what_to_do(db: None) -> None:
    for address in ("/", "/conditions/tmd/", "/self-check/", "/self-check/tmd/", "/appointment/"):
        assert "masseter clinic found" in Client().get(address).text


def test_unknown_condition_has_no_page(clinic: Clinic) -> None:
    assert Client().get("/conditions/plague/").status_code == 404


def test_first_page_leads_to_all_six_conditions(clinic: Clinic) -> None:
    page = Client().get("/").text

    assert all(f'href="/conditions/{code}/"' in page for code in load().conditions)
    assert 'href="tel:999"' in page


@pytest.mark.parametrize("code", sorted(load().conditions))
def test_page_of_a_condition_tells_every_part_with_its_sources(clinic: Clinic, code: str) -> None:
    answer = Client().get(f"/conditions/{code}/")

    parts = answer.context["parts"]
    assert {"what", "effects", "cannot", "help"} <= {part.key for part in parts}
    assert all(said.sources for part in parts for said in part.paragraphs)
    assert answer.context["licences"]


@pytest.mark.parametrize("code", ["tmd", "bruxism", "trigeminal_neuralgia", "chronic_facial_pain"])
def test_off_label_use_is_said_before_the_story(clinic: Clinic, code: str) -> None:
    page = Client().get(f"/conditions/{code}/").text

    assert page.index("Off-label:") < page.index('id="what"')


def test_guideline_against_is_said_before_the_story(clinic: Clinic) -> None:
    page = Client().get("/conditions/tmd/").text

    assert page.index("advises against this treatment") < page.index('id="what"')


def test_licensed_use_is_not_called_off_label(clinic: Clinic) -> None:
    assert "Off-label:" not in Client().get("/conditions/chronic_migraine/").text


def test_licence_follows_the_place_of_the_clinic(clinic: Clinic) -> None:
    Clinic.objects.filter(pk=clinic.pk).update(jurisdiction="US")

    page = Client().get("/conditions/facial_spasm/").text

    assert "in the UK" not in page.split('id="what"')[0].rsplit("Before you read on", 1)[1]
