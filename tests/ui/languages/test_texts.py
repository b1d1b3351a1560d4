"""Every text of the patient's side is marked, and no translation lost a name or a tag."""

from __future__ import annotations

from pathlib import Path

from masseter.ui.languages import extract
from masseter.ui.languages.catalogues import faults
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
