"""The catalogues against the marked texts: what is missing, what is wrong, and new files for translators."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from masseter.ui.languages.extract import marked_texts
from masseter.ui.languages.made import SOURCE
from masseter.ui.languages.po import PLURALS, Message, forms_of, read_folder, write_po

_SIGN_IN = (
    "portal/templates/account",
    "portal/templates/mfa",
    "portal/templates/allauth",
    "journey/accounts",
)
_STEP = re.compile(r"(?:journey|portal(?:/templates/portal)?)/(\w+)/")
_NAMED = re.compile(r"%\((\w+)\)[sd]|\{(\w+)\}")
_ELEMENT = re.compile(r"</?\w+|\bhref=\"[^\"]*\"")


def refresh() -> dict[str, int]:
    """Write every catalogue anew, gone texts left out; answers how many texts lack words, by language."""
    texts = marked_texts()
    lacking = {}
    for language in PLURALS:
        known = {one.key: one for one in read_folder(SOURCE / language)}
        files: dict[str, list[Message]] = defaultdict(list)
        for text in texts:
            had = known.get(text.key)
            words = had.words if had and bool(had.plural) == bool(text.plural) else ()
            blank = ("",) * (forms_of(language) if text.plural else 1)
            kept = replace(text, words=words or blank, is_fuzzy=bool(had and had.is_fuzzy))
            files[file_of(text)].append(kept)
        for path in (SOURCE / language).glob("*.po"):
            path.unlink()
        for name, messages in files.items():
            (SOURCE / language).mkdir(parents=True, exist_ok=True)
            ordered = sorted(messages, key=lambda one: (one.places[0], one.text))
            write_po(SOURCE / language / f"{name}.po", language, ordered)
        lacking[language] = sum(not one.is_translated for ones in files.values() for one in ones)
    return lacking


def file_of(message: Message) -> str:
    """The catalogue of a text: one for signing in, one for each step, one for what all pages share."""
    place = message.places[0]
    if place.startswith(_SIGN_IN):
        return "sign_in"
    step = _STEP.match(place)
    return step[1] if step and step[1] != "templates" else "shared"


def faults(folder: Path = SOURCE) -> Iterator[str]:
    """Each text without words, each word for no text, and each translation that lost a name or a tag."""
    texts = {one.key: one for one in marked_texts()}
    for language in PLURALS:
        known = {one.key: one for one in read_folder(folder / language)}
        for key, text in texts.items():
            if key not in known or not known[key].is_translated:
                yield f"{language}: no words for {text.text!r} ({', '.join(text.places)})"
                continue
            yield from (f"{language}: {text.text!r}: {what}" for what in _wrong(text, known[key], language))
        for key in known.keys() - texts.keys():
            yield f"{language}: {key[1]!r} is not in use any more"


def _wrong(text: Message, translated: Message, language: str) -> Iterator[str]:
    if text.plural and len(translated.words) != forms_of(language):
        yield f"{len(translated.words)} plural forms instead of {forms_of(language)}"
    names = _names(text.text + text.plural)
    counted = _names(text.text) ^ _names(text.plural) if text.plural else set()
    for words in translated.words:
        found = _names(words)
        # A form for exactly one or two may say the number in words.
        lost = names - found - counted - ({"number", "count", "counter"} if text.plural else set())
        if lost or found - names:
            yield f"names {sorted(found)} instead of {sorted(names)}"
        if sorted(_ELEMENT.findall(words)) != sorted(_ELEMENT.findall(text.plural or text.text)):
            yield f"other tags than the original: {words!r}"
        if re.search(r"%(?![%(])", words) and re.search(r"%(?!\(|%)", text.text) is None:
            yield "a bare %"


def _names(text: str) -> set[str]:
    return {one for pair in _NAMED.findall(text) for one in pair if one}
