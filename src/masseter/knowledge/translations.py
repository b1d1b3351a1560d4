"""What patients are told of the knowledge, in other languages.

    translations/<language>/*.yaml   status: unreviewed | reviewed
                                     reviewed_by, reviewed_on: of a reviewed file
                                     texts: list of {original, text}

A translation stands beside the very text that it translates. When that text is changed, the old words
fit nothing any more: the translation is refused, and the English is told until there is a new one.
The files lie beside `data/`, so that a verdict's knowledge version does not change with a translation.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from masseter.knowledge.checks.walk import blocks
from masseter.knowledge.load import load
from masseter.knowledge.model import (
    Aftercare,
    Condition,
    EmergencyHelp,
    Figure,
    Instrument,
    Knowledge,
    Licence,
    ObservationType,
    Product,
    ResponseBand,
    ResponseCurve,
    Story,
)
from masseter.knowledge.problems import KnowledgeError, Problem
from masseter.knowledge.spacing import kept_together

FOLDER = Path(__file__).parent / "translations"
LANGUAGES = ("de", "fr", "es", "ar")
Words = Annotated[str, Field(min_length=1)]
# The parts of a story that are lists of texts.
_TOLD = (
    "what_it_is",
    "why_toxin",
    "for_whom",
    "not_for",
    "what_happens",
    "how_well",
    "how_long",
    "side_effects",
    "cannot",
    "other_options",
    "get_help",
    "not_counted",
)


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    original: Words
    text: Words


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    status: Literal["unreviewed", "reviewed"]
    texts: list[_Entry]
    reviewed_by: str = ""
    reviewed_on: str = ""

    @model_validator(mode="after")
    def _names_its_reviewer(self) -> _File:
        if self.status == "reviewed" and not (self.reviewed_by and self.reviewed_on):
            raise ValueError("a reviewed file names who reviewed it and when")
        return self


@dataclass(frozen=True, kw_only=True)
class Translations:
    """One language: words by their English text; `stale` are originals that the knowledge no longer has."""

    language: str
    words: Mapping[str, str]
    is_reviewed: bool
    stale: tuple[str, ...]


@cache
def translations(language: str, folder: Path | None = None) -> Translations:
    """The translations of one language that still fit; none for a language without a folder.

    Raises: KnowledgeError for a file that is not as it should be.
    """
    now = set(patient_texts(load()))
    entries: dict[str, str] = {}
    statuses = []
    for path in sorted(((folder or FOLDER) / language).glob("*.yaml")):
        file = _read(path)
        statuses.append(file.status)
        for entry in file.texts:
            if entries.setdefault(entry.original, entry.text) != entry.text:
                raise KnowledgeError([_problem(path, f"{entry.original!r} is translated in two ways")])
    return Translations(
        language=language,
        words={
            original: kept_together(language, text) for original, text in entries.items() if original in now
        },
        is_reviewed=all(status == "reviewed" for status in statuses),
        stale=tuple(original for original in entries if original not in now),
    )


def untranslated(language: str) -> list[str]:
    """What patients are told in English although they asked for this language, in the order of the files."""
    known = translations(language).words
    return [text for text in dict.fromkeys(patient_texts(load())) if text not in known]


def patient_texts(knowledge: Knowledge) -> Iterator[str]:
    """Every text of the knowledge that a patient reads, the items of questionnaires left out.

    A questionnaire in words of our own translation would be another, unproven questionnaire.
    """
    for _, block in blocks(knowledge):
        yield from (text for text in _texts_of(block) if text)
    for source in knowledge.sources.values():
        if source.is_none:
            yield from (source.title, source.locator)


def _texts_of(block: object) -> Iterable[str]:
    if isinstance(block, ObservationType):
        return _question(block)
    if isinstance(block, Story):
        said = (one.text for name in _TOLD for one in getattr(block, name))
        return [block.title, block.lead, *said, *block.ask]
    if isinstance(block, Product):
        return [block.unit_label]
    if isinstance(block, Aftercare):
        return [block.title, block.text]
    if isinstance(block, Figure):
        return [block.text, block.against_text]
    if isinstance(block, Licence):
        return [block.text]
    if isinstance(block, Instrument):
        named = [block.name, block.short_name, block.measures, block.recall]
        return [*named, block.unit] if block.asked_of == "patient" else [block.unit]
    if isinstance(block, ResponseBand | ResponseCurve):
        return [block.title, block.words.text]
    if isinstance(block, EmergencyHelp):
        return [block.closed]
    if isinstance(block, Condition):
        return [block.plain_name, block.not_worth.text]
    return [str(getattr(block, name)) for name in ("plain_name", "plain") if hasattr(block, name)]


def _question(type_: ObservationType) -> Iterator[str]:
    if not type_.question:
        return
    yield from (type_.question, type_.help, type_.group, type_.unit)
    yield from (choice.plain or choice.label for choice in type_.choices)


def _read(path: Path) -> _File:
    try:
        return _File.model_validate(YAML(typ="safe").load(path.read_text(encoding="utf-8")))
    except (YAMLError, ValidationError) as error:
        raise KnowledgeError([_problem(path, str(error))]) from error


def _problem(path: Path, sentence: str) -> Problem:
    return Problem(file=f"translations/{path.parent.name}/{path.name}", line=0, path="", sentence=sentence)
