"""What patients are told in other languages: only words that fit their original are shown."""

from __future__ import annotations

from pathlib import Path

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
def test_emergencies_symptoms_and_aftercare_are_told_in_every_language(language: str) -> None:
    known = load()
    needed = [one.closed for one in known.emergency]
    needed += [rule.plain for rule in known.symptom_rules if rule.plain]
    needed += [text for one in known.aftercare for text in (one.title, one.text)]
    asked = [one for one in known.observations.values() if one.question and "symptom_check" in one.asked_in]
    needed += [text for one in asked for text in (one.question, one.group, one.help) if text]

    assert [text for text in needed if text in untranslated(language)] == []


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


def test_two_translations_of_one_text_are_refused(tmp_path: Path) -> None:
    entry = f"- original: '{ONE}'\n  text: "

    with pytest.raises(KnowledgeError, match="two ways"):
        translations("de", written(tmp_path, f"status: unreviewed\ntexts:\n{entry}Eins.\n{entry}Zwei.\n"))


def test_no_language_counts_as_checked_before_somebody_has_checked_it() -> None:
    assert not any(translations(language).is_reviewed for language in LANGUAGES)


def test_questionnaires_are_not_translated() -> None:
    """A questionnaire in words of our own translation would be another, unproven questionnaire."""
    items = {item.label for one in load().instruments.values() for item in one.items if len(item.label) > 12}

    assert not items & set(patient_texts(load()))
