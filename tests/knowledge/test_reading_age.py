"""What patients read can be read at the age of twelve: page by page, and no sentence is long."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import fields
from pathlib import Path

import pytest

from masseter.knowledge.load import load
from masseter.knowledge.model import Condition
from tests.reading import ease_of, syllables_of

OLDEST = 12.0
LONGEST_SENTENCE = 25
FEWEST_WORDS = 40  # below that a single long name decides the figure
KNOWN = load()
TEMPLATES = Path(__file__).parents[2] / "src/masseter/portal/templates/portal"
_TRANSLATED = re.compile(r"""\{%\s*translate\s+(?:"([^"]*)"|'([^']*)').*?%\}""")
_BLOCKS = re.compile(r"</?(?:p|li|h\d|dt|dd|div|section|c-[\w-]+|ul|ol|td|th|tr|a|legend|summary)\b[^>]*>")


def told(condition: Condition) -> Iterator[str]:
    """All texts of a condition's page, but for headings."""
    yield condition.story.lead
    for one in fields(condition.story):
        value = getattr(condition.story, one.name)
        if isinstance(value, tuple):
            for text in value:
                yield text if isinstance(text, str) else text.text


def sentences_of(texts: Iterable[str]) -> list[str]:
    """The texts, each ended: a heading or a figure without a full stop counts as a sentence."""
    return [text if text.endswith((".", "?", "!")) else f"{text}." for text in texts if text]


def template_words(path: Path) -> list[str]:
    """What a template itself says: no tags; a value counts as one word, a block of words as a sentence."""
    source = re.sub(r"\{% comment %\}.*?\{% endcomment %\}", "", path.read_text(encoding="utf-8"), flags=re.S)
    source = _TRANSLATED.sub(lambda found: found[1] or found[2] or "", source)
    source = re.sub(r"\{%.*?%\}", "", re.sub(r"\{\{.*?\}\}", "one", source))
    blocks = [re.sub(r"<[^>]*>", " ", block).strip() for block in _BLOCKS.split(source)]
    return sentences_of(block for block in blocks if len(block.split()) > 3)


GROUPS = {
    "aftercare": [one.text for one in KNOWN.aftercare],
    "symptom check": [rule.plain for rule in KNOWN.symptom_rules],
    "precautions": [rule.plain for rule in KNOWN.precautions],
    "whom to call": [one.closed for one in KNOWN.emergency],
    **{
        f"questions of the {kind}": [t.question for t in KNOWN.observations.values() if kind in t.asked_in]
        for kind in ("self_check", "intake", "symptom_check")
    },
    **{f"findings, {one.code}": [rule.plain for rule in one.findings] for one in KNOWN.conditions.values()},
}
PAGES = [
    path
    for path in sorted(TEMPLATES.rglob("*.html"))
    if len(" ".join(template_words(path)).split()) >= FEWEST_WORDS
]


@pytest.mark.parametrize(
    ("word", "spoken"),
    [
        *[(word, 1) for word in ("called", "breathe", "weeks", "eyes", "dose")],
        *[
            (word, 2)
            for word in ("muscle", "treated", "people", "toxin", "being", "places", "changes", "table")
        ],
        *[(word, 3) for word in ("medicine", "idea", "diary", "swallowing")],
        *[(word, 4) for word in ("botulinum", "neuralgia", "emergency")],
        ("examination", 5),
    ],
)
def test_syllables_are_those_that_are_spoken(word: str, spoken: int) -> None:
    assert syllables_of(word) == spoken


def test_grade_is_that_of_the_formula() -> None:
    assert ease_of(["The cat sat on the mat."]).grade == round(0.39 * 6 + 11.8 * 1 - 15.59, 1)


@pytest.mark.parametrize("place", ["UK", "EU", "US"])
@pytest.mark.parametrize("condition", KNOWN.conditions.values(), ids=lambda one: one.code)
def test_page_of_a_condition_can_be_read_at_twelve(condition: Condition, place: str) -> None:
    licences = [one.text for one in condition.licences if one.jurisdiction == place]

    assert ease_of(sentences_of([*told(condition), *licences])).age <= OLDEST


@pytest.mark.parametrize("group", GROUPS)
def test_what_is_said_to_patients_can_be_read_at_twelve(group: str) -> None:
    assert ease_of(sentences_of(GROUPS[group])).age <= OLDEST


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(TEMPLATES).as_posix())
def test_page_for_patients_can_be_read_at_twelve(page: Path) -> None:
    assert ease_of(template_words(page)).age <= OLDEST


def test_no_sentence_to_patients_is_long() -> None:
    every = [text for texts in GROUPS.values() for text in texts]
    every += [text for condition in KNOWN.conditions.values() for text in told(condition)]
    sentences = [one for text in every for one in re.split(r"(?<=[.!?;])\s+", text)]

    assert not [one for one in sentences if len(one.split()) > LONGEST_SENTENCE]
