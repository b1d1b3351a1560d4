"""The public pages: honest, sourced, and there before any clinic is."""

from __future__ import annotations

from html import unescape

import pytest
from django.test import Client
from django.utils.translation import gettext, override

from masseter.journey.accounts.models import Clinic
from masseter.knowledge.load import load
from masseter.knowledge.translations import LANGUAGES
from masseter.ui.languages.told import told
from tests.reading import ease_of, lines_of


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


@pytest.mark.parametrize("code", sorted(load().conditions))
@pytest.mark.parametrize("place", ["UK", "EU", "US"])
def test_every_licence_entry_of_the_place_is_shown(clinic: Clinic, place: str, code: str) -> None:
    Clinic.objects.filter(pk=clinic.pk).update(jurisdiction=place)
    entries = [one for one in load().conditions[code].licences if one.jurisdiction == place]

    page = unescape(Client().get(f"/conditions/{code}/").text)

    before = page[: page.index('id="what"')]
    assert entries
    assert all(one.text in before for one in entries)
    assert ("Licensed:" in before) is any(one.status == "licensed" for one in entries)


@pytest.mark.parametrize(
    ("place", "licensed", "off_label"),
    [
        ("UK", {"hemifacial_spasm", "blepharospasm"}, {"facial_tic", "synkinesis", "oromandibular_dystonia"}),
        ("EU", {"hemifacial_spasm", "blepharospasm"}, {"facial_tic", "synkinesis", "oromandibular_dystonia"}),
        ("US", {"blepharospasm"}, {"hemifacial_spasm", "facial_tic", "synkinesis", "oromandibular_dystonia"}),
    ],
)
def test_spasm_page_names_what_is_licensed_and_what_is_off_label(
    clinic: Clinic, place: str, licensed: set[str], off_label: set[str]
) -> None:
    Clinic.objects.filter(pk=clinic.pk).update(jurisdiction=place)
    names = {one.code: one.plain_name for one in load().conditions["facial_spasm"].diagnoses}

    page = Client().get("/conditions/facial_spasm/").text

    here, _, off = page.partition("Licensed here:")[2].partition("Off-label here:")
    off = off.partition("</div>")[0]
    assert all(names[code] in here and names[code] not in off for code in licensed)
    assert all(names[code] in off and names[code] not in here for code in off_label)


def test_migraine_page_says_that_other_products_are_not_licensed(clinic: Clinic) -> None:
    assert "Other products:" in Client().get("/conditions/chronic_migraine/").text


@pytest.mark.parametrize("place", ["UK", "EU", "US"])
def test_cards_say_how_much_of_a_condition_is_licensed(clinic: Clinic, place: str) -> None:
    Clinic.objects.filter(pk=clinic.pk).update(jurisdiction=place)

    cards = {card["code"]: card["licensed"] for card in Client().get("/").context["cards"]}

    others = {"tmd", "bruxism", "trigeminal_neuralgia", "chronic_facial_pain"}
    assert cards == {"chronic_migraine": "all", "facial_spasm": "some", **dict.fromkeys(others, "none")}
    assert "Licensed for some of these only" in Client().get("/").text


def test_licence_follows_the_place_of_the_clinic(clinic: Clinic) -> None:
    Clinic.objects.filter(pk=clinic.pk).update(jurisdiction="US")

    page = Client().get("/conditions/facial_spasm/").text

    assert "in the UK" not in page.split('id="what"')[0].rsplit("Before you read on", 1)[1]


PAGES = (
    "/",
    "/self-check/",
    "/appointment/",
    "/appointment/asked/",
    *(f"/conditions/{code}/" for code in sorted(load().conditions)),
    *(f"/self-check/{code}/" for code in sorted(load().conditions)),
)
HIGHEST_GRADE = 8.0  # a reading age of 13


@pytest.mark.parametrize("address", PAGES)
def test_public_page_is_easy_to_read(clinic: Clinic, address: str) -> None:
    """Flesch-Kincaid grade of the running text; titles of sources, behind their disclosure, are not read."""
    lines = lines_of(Client().get(address).text, frozenset({"m-more"}))

    assert ease_of(lines).grade <= HIGHEST_GRADE


@pytest.mark.parametrize("code", sorted(load().conditions))
def test_every_figure_says_how_sure_it_is_and_what_was_not_counted_has_no_picture(
    clinic: Clinic, code: str
) -> None:
    page = Client().get(f"/conditions/{code}/").text
    story = load().conditions[code].story

    drawn = [one for one in story.figures if one.of_100 >= 1]
    assert page.count('class="m-people"') == len(drawn) + sum(1 for one in drawn if one.against is not None)
    assert page.count('m-soft m-small mb-0">We are') + page.count("It stands in the licence") >= len(drawn)
    assert story.figures or story.not_counted
    assert len(story.ask) >= 3


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("address", PAGES)
def test_public_page_stands_whole_in_the_language_of_the_reader(
    clinic: Clinic, address: str, language: str
) -> None:
    page = Client(headers={"Accept-Language": language}).get(address).text

    with override(language):
        assert gettext("Some of this page is not translated yet and stands in English.") not in page


def test_a_figure_counts_people_unless_it_counts_treatments(clinic: Clinic) -> None:
    page = Client().get("/conditions/tmd/").text

    assert "<strong>30 of 100</strong> treatments of the masseter" in page
    assert "<strong>49.3 of 100</strong> people" in Client().get("/conditions/chronic_migraine/").text


def test_what_no_source_was_read_for_is_said_in_the_reader_s_language(clinic: Clinic) -> None:
    page = unescape(Client(headers={"Accept-Language": "ar"}).get("/conditions/tmd/").text)

    for source in (load().sources["DESIGN"], load().sources["RECALL"]):
        assert source.title not in page
        with override("ar"):
            assert f'<li lang="ar" dir="auto">{told(source.title)}. ' in page
    assert '<ul class="m-sources" lang="en" dir="ltr"><li>' in page, "a citation stays as it is"
