"""Every text of the patient's side is marked, and no translation lost a name or a tag."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.utils import translation
from django.utils.dates import MONTHS, MONTHS_3, MONTHS_ALT, WEEKDAYS

from masseter.ui.languages import extract
from masseter.ui.languages.catalogues import faults
from masseter.ui.languages.made import SOURCE
from masseter.ui.languages.po import PLURALS, read_folder
from masseter.ui.languages.unmarked import unmarked_texts


def templates() -> list[Path]:
    """The templates that a patient may see."""
    own = sorted((extract.ROOT / "portal" / "templates").rglob("*.html"))
    shared = extract.ROOT / "ui" / "templates"
    return [
        *own,
        shared / "429.html",
        *sorted(shared.glob("errors/*.html")),
        *sorted(shared.glob("layouts/*.html")),
    ]


def test_no_text_of_a_patients_page_is_left_unmarked() -> None:
    found = [
        f"{path.relative_to(extract.ROOT)}: {words}"
        for path in templates()
        if path.name != "clinic.html"
        for words in unmarked_texts(path.read_text(encoding="utf-8"))
    ]

    assert found == []


def test_every_text_has_words_in_every_language_with_its_names_tags_and_plural_forms() -> None:
    """When this fails: `python -m masseter.ui.languages`, then fill in what lacks words."""
    assert list(faults()) == []


@pytest.mark.parametrize("language", sorted(PLURALS))
def test_no_text_of_ours_takes_the_name_of_a_month_or_a_day(language: str) -> None:
    """'May' as a heading that is translated as the verb would stand in every date of that month."""
    names = {*MONTHS.values(), *MONTHS_3.values(), *MONTHS_ALT.values(), *WEEKDAYS.values()}
    with translation.override(None):
        english = {str(one) for one in names}

    assert {one.text for one in read_folder(SOURCE / language) if not one.context} & english == set()
