"""What patients are told in other languages: only words that fit their original are shown."""

from __future__ import annotations

import re
from pathlib import Path
from unicodedata import decimal

import pytest

from masseter.knowledge.load import load
from masseter.knowledge.problems import KnowledgeError
from masseter.knowledge.translations import LANGUAGES, patient_texts, translations, untranslated

ONE = next(iter(load().symptom_rules)).plain


def written(folder: Path, text: str) -> Path:
    (folder / "de").mkdir(exist_ok=True)
    (folder / "de" / "one.yaml").write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_translates_what_the_knowledge_no_longer_says(language: str) -> None:
    assert translations(language).stale == ()


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_that_patients_are_told_is_told_in_every_language(language: str) -> None:
    """When this fails: write the texts that it names into `translations/<language>/`."""
    assert untranslated(language) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_keeps_every_number_and_adds_none(language: str) -> None:
    words = translations(language).words

    assert [text for original, text in words.items() if numbers(text) != numbers(original)] == []


def numbers(text: str) -> list[str]:
    """The numbers of a text without the signs that group or part their digits: '6.7' and '6,7' are one."""
    plain = "".join(str(decimal(each)) if each.isdecimal() else each for each in text)
    return sorted(re.sub(r"\D", "", each) for each in re.findall(r"\d+(?:[.,٫٬\u00a0\u202f]\d+)*", plain))


def test_words_for_a_text_that_was_changed_are_refused(tmp_path: Path) -> None:
    folder = written(
        tmp_path, f"status: unreviewed\ntexts:\n- original: '{ONE} Changed.'\n  text: Geändert.\n"
    )

    found = translations("de", folder)

    assert found.words == {}
    assert found.stale == (f"{ONE} Changed.",)


def test_a_file_is_reviewed_only_with_a_name_and_a_day(tmp_path: Path) -> None:
    text = f"status: reviewed\ntexts:\n- original: '{ONE}'\n  text: Worte.\n"

    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    with pytest.raises(KnowledgeError, match="who reviewed it"):
        translations("de", written(tmp_path / "a", text))
    named = f"{text}reviewed_by: Prof. Ada Ohm\nreviewed_on: '2026-11-29'\n"
    assert translations("de", written(tmp_path / "b", named)).is_reviewed


def test_no_line_of_a_french_text_begins_with_a_sign(tmp_path: Path) -> None:
    (tmp_path / "fr").mkdir()
    written(tmp_path, f"status: unreviewed\ntexts:\n- original: '{ONE}'\n  text: 'Vite ! « Oui »'\n")
    (tmp_path / "de" / "one.yaml").rename(tmp_path / "fr" / "one.yaml")

    assert translations("fr", tmp_path).words[ONE] == "Vite\u00a0! «\u00a0Oui\u00a0»"


def test_two_translations_of_one_text_are_refused(tmp_path: Path) -> None:
    entry = f"- original: '{ONE}'\n  text: "

    with pytest.raises(KnowledgeError, match="two ways"):
        translations("de", written(tmp_path, f"status: unreviewed\ntexts:\n{entry}Eins.\n{entry}Zwei.\n"))


def test_no_language_counts_as_checked_before_somebody_has_checked_it() -> None:
    assert not any(translations(language).is_reviewed for language in LANGUAGES)


def test_questionnaires_are_not_translated() -> None:
    """A questionnaire in words of our own translation would be another, unproven questionnaire."""
    known = load().instruments.values()
    items = {item.label for one in known for item in one.items if len(item.label) > 12}
    names = {
        name for one in known for name in (one.name, one.short_name)
    }  # as a scale of one question is called

    assert not (items - names) & set(patient_texts(load()))
