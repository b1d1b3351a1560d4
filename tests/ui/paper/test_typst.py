"""Papers: tagged for screen readers, readable in every script, the same words on every page."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from django.utils import translation
from django.utils.translation import gettext

from masseter.journey.accounts.models import Clinic
from masseter.ui.paper import typst
from masseter.ui.paper.letterhead import letterhead, plain_letter
from masseter.ui.paper.typst import LETTERS, UnknownTemplate, render
from tests.ui.paper.reading import is_accessible, pages_of, tags_of

CLINIC = Clinic(name="North Face and Jaw Clinic", address="1 Jaw Lane\nLondon", phone="020 7946 0100")
# Scripts that the shipped fonts draw.
NAMES = [
    "Ольга Щербакова-Ёлкина",
    "Γεωργία Ξανθοπούλου",
    "Nguyễn Thị Ánh",
    "Łucja Žižková-Ştefănescu",
    "שרה כהן",
    "فاطمة الزهراء",
    "გიორგი ბერიძე",
]


def letter(name: str, paragraphs: int = 1, mark: str = "") -> dict[str, object]:
    told = plain_letter(
        CLINIC,
        to=[name, "1 Long Street"],
        day=date(2026, 3, 2),
        subject="Please come again",
        paragraphs=[f"Dear {name}, we would like to see you."] * paragraphs,
        facts=[("When", "From 3 March on")],
        signed=["Dr A. Able"],
        foot=f"{name}, M-000001.",
    )
    return {**told, "mark": mark}


@pytest.fixture
def no_server_fonts(monkeypatch: pytest.MonkeyPatch) -> None:
    real = typst._compile

    def without(path: Path, told: str, *, uses_server_fonts: bool = False) -> bytes:
        return real(path, told)

    monkeypatch.setattr(typst, "_compile", without)


def test_unknown_template_is_refused() -> None:
    with pytest.raises(UnknownTemplate):
        render("no-such-paper", {})


def test_letter_is_tagged_and_says_what_it_was_given() -> None:
    pdf = render("plain", letter("Ada Sample"))

    (page,) = pages_of(pdf)
    assert is_accessible(pdf)
    assert tags_of(pdf)["H1"] == 1
    for words in ("North Face and Jaw Clinic", "1 Jaw Lane, London", "020 7946 0100", "2 March 2026"):
        assert words in page
    assert "Dear Ada Sample" in page
    assert "Page 1 of 1" in page


@pytest.mark.parametrize("name", NAMES)
def test_name_is_drawn_by_the_shipped_fonts(name: str, no_server_fonts: None) -> None:
    pdf = render("plain", letter(name))

    assert is_accessible(pdf)
    assert "U+" not in "".join(pages_of(pdf))


def test_letters_without_a_font_become_numbers_and_no_boxes(no_server_fonts: None) -> None:
    pdf = render("plain", letter("山田 สมชาย Smith"))

    words = "".join(pages_of(pdf))
    assert is_accessible(pdf)
    assert "‹U+5C71›‹U+7530›" in words
    assert "Smith" in words
    assert LETTERS[:40] in words


def test_foot_and_mark_stand_on_every_page() -> None:
    pdf = render("plain", letter("Ada Sample", paragraphs=120, mark="Superseded"))

    pages = pages_of(pdf)
    assert len(pages) > 2
    for number, page in enumerate(pages, start=1):
        assert f"Page {number} of {len(pages)}" in page
        assert page.count("SUPERSEDED") == 2  # across the page, and in words at its foot
        assert "Ada Sample, M-000001." in page


def test_long_name_without_a_space_stays_on_the_paper() -> None:
    name = "Wolfeschlegelsteinhausenbergerdorff-" * 4

    assert name[:60] in "".join(pages_of(render("plain", letter(name)))).replace(" ", "")


def test_empty_lines_of_an_address_are_left_out() -> None:
    clinic = Clinic(name="A", address="1 Lane\n\n  \nTown", phone="1")

    assert letterhead(clinic, "T", "F")["clinic"] == {
        "name": "A",
        "address": "1 Lane, Town",
        "phone": "1",
        "email": "",
    }


def test_paper_in_arabic_says_its_language_and_can_be_read_and_selected(no_server_fonts: None) -> None:
    with translation.override("ar"):
        head = letterhead(CLINIC, gettext("After your treatment"), "")
        pdf = render("plain", {**letter("فاطمة الزهراء"), **head})

    (page,) = pages_of(pdf)
    assert is_accessible(pdf, "ar")
    assert "020 7946 0100" in page  # in its order
    assert b"NotoNaskhArabic" in pdf
    assert re.search("[\u0600-\u06ff\ufb50-\ufeff]", page)
