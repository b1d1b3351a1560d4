"""The text of a consent word for word, as `texts.yaml` has it: once in full, then the parts that change."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from masseter.core.consult.consent import ConsentText
from tests.core.builders import text
from tests.core.consult.texts import STORY, TEXTS, consent

EXPECTED: dict[str, Any] = YAML(typ="safe").load(Path(__file__).with_name("texts.yaml"))
FIRST = next(iter(TEXTS))


def printed(text: ConsentText) -> dict[str, Any]:
    """The text as data: each heading with its paragraphs and sources, and what is said of licences."""
    parts = {
        part.title: {"says": list(part.paragraphs), "from": list(part.sources)} for part in text.sections
    }
    return {**parts, "off-label": text.is_off_label, "licensed": list(text.licensed)}


def unlike_the_first(situation: str) -> dict[str, Any]:
    """The parts of a text that are not those of the first; a part that is gone is None."""
    first, this = printed(TEXTS[FIRST]()), printed(TEXTS[situation]())
    return {title: this.get(title) for title in (*this, *first) if this.get(title) != first.get(title)}


def test_every_text_is_there_and_no_other() -> None:
    assert list(TEXTS) == list(EXPECTED)


def test_first_text_is_told_in_full() -> None:
    text = printed(TEXTS[FIRST]())

    assert text == EXPECTED[FIRST]
    assert list(text) == list(EXPECTED[FIRST])


@pytest.mark.parametrize("situation", [name for name in TEXTS if name != FIRST])
def test_text_differs_from_the_first_as_written(situation: str) -> None:
    assert unlike_the_first(situation) == EXPECTED[situation]


def test_every_other_wording_has_another_version() -> None:
    versions = [text().version for text in TEXTS.values()]

    assert len(set(versions)) == len(versions)
    assert all(len(version) == 16 for version in versions)


def test_version_is_the_same_on_every_machine() -> None:
    """A signature is kept with the version, so that the same words must have it for good."""
    abroad = consent("alfa", "muscle", story=replace(STORY, how_well=(text("Fünf von zehn."),)))

    assert (TEXTS[FIRST]().version, abroad.version) == ("f7291b6ef34f1898", "91214f57b1f65212")
