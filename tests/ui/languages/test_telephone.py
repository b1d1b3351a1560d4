"""A number to call is read from left to right in every language: turned round it would call somebody else."""

from __future__ import annotations

import re

import pytest

from masseter.ui.languages.made import SOURCE
from masseter.ui.languages.po import read_folder
from masseter.ui.templatetags.told import phone
from tests.ui.languages.test_texts import templates

ISOLATED = re.compile("\u2066\\{phone\\}\u2069|\u2066%\\(phone\\)s\u2069")


def test_every_link_to_a_number_says_its_direction() -> None:
    found = [
        path.name
        for path in templates()
        for tag in re.findall(r"<a[^>]*href=\"tel:", path.read_text(encoding="utf-8"))
        if 'dir="ltr"' not in tag
    ]

    assert found == []
    assert 'dir="ltr"' in phone("020 7946 0100")


@pytest.mark.parametrize("written", ["{phone}", "%(phone)s"])
def test_numbers_in_arabic_sentences_are_kept_apart(written: str) -> None:
    found = [
        words
        for one in read_folder(SOURCE / "ar")
        for words in one.words
        if written in words and f"tel:{written}" not in words and not ISOLATED.search(words)
    ]

    assert found == []
