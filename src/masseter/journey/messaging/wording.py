"""The words of a message: a clinic's own checked before they are kept, and all filled in when they go out."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from string import Formatter

from masseter.journey.ground.refusals import Refused
from masseter.journey.messaging.kinds import KINDS
from masseter.knowledge.load import load

LONGEST_SUBJECT = 120
LONGEST_BODY = 2000
LONGEST_TEXT = 300  # a long text message costs several, and is read by none
LONGEST_NAME = 40
# Words that say what a clinic treats, besides its products, conditions and muscles.
_TELLING = ("botulinum", "toxin", "botox", "migraine", "bruxism", "neuralgia", "injection", "treatment")
# This pair of signs keeps the order of a number in right-to-left words, closed around what is filled in.
_ISOLATED = re.compile("\u2066(\\{\\w+\\})\u2069")
_TOO_SHORT = 4  # letters below which a word of the knowledge is an everyday word


@dataclass(frozen=True, kw_only=True)
class Filled:
    """Words with everything filled in."""

    subject: str
    body: str


def check_words(kind: str, field: str, words: str) -> str:
    """The words as they are kept: trimmed, with known placeholders only.

    Raises: Refused at `field` for an unknown or broken placeholder, words about health, or too many.
    """
    kept = words.replace("\r\n", "\n").strip()
    longest = {"subject": LONGEST_SUBJECT, "text": LONGEST_TEXT}.get(field, LONGEST_BODY)
    if len(kept) > longest:
        raise Refused(f"At most {longest} characters; these are {len(kept)}.", field=field)
    if field != "body" and "\n" in kept:
        raise Refused("One line only.", field=field)
    bare = _ISOLATED.sub(r"\1", kept)
    if any(unicodedata.category(sign) in {"Cc", "Cf"} and sign != "\n" for sign in bare):
        raise Refused("There is a sign in it that cannot be seen. Type the words anew.", field=field)
    _check_names(kind, field, kept)
    said = health_word(kept)
    if said:
        raise Refused(
            f"“{said}” says something about health. Others may read a message: leave it out.", field=field
        )
    return kept


def _check_names(kind: str, field: str, words: str) -> None:
    allowed = KINDS[kind].names
    can = ", ".join(f"{{{name}}}" for name in allowed)
    try:
        parts = list(Formatter().parse(words))
    except ValueError as error:
        raise Refused(f"A brace is left open. What can be filled in: {can}.", field=field) from error
    for _, name, spec, conversion in parts:
        if name is not None and (name not in allowed or spec or conversion):
            raise Refused(f"{{{name}}} cannot be filled in. What can: {can}.", field=field)


def health_word(words: str) -> str:
    """The first word that tells what somebody is treated for or with; empty where there is none.

    It knows the names in the knowledge and some more in English: a net, and no proof.
    """
    known = load()
    names = {*_TELLING}
    for product in known.products.values():
        names |= {product.brand.casefold()}
    for condition in known.conditions.values():
        names |= {condition.name.casefold()}
    found = words.casefold()
    for name in sorted(names, key=len, reverse=True):
        if len(name) >= _TOO_SHORT and re.search(rf"\b{re.escape(name)}", found):
            return name
    return ""


def first_name(given_names: str) -> str:
    """The first given name, harmless in a mail: letters, marks, hyphens and apostrophes of one word."""
    shown = "".join(
        sign
        for sign in unicodedata.normalize("NFC", given_names)
        if unicodedata.category(sign)[0] in "LM" or sign in "-'’ "
    )
    return next(iter(shown.split()), "")[:LONGEST_NAME]


def one_line(text: str) -> str:
    """A name in one line, without signs that cannot be seen or that turn the line round."""
    shown = "".join(" " if sign.isspace() else sign for sign in text)
    return " ".join("".join(s for s in shown if unicodedata.category(s) not in {"Cf", "Cc"}).split())


def fill(words: str, values: Mapping[str, str]) -> str:
    """Fill the placeholders in. What is filled in is never read for placeholders again."""
    out = []
    for before, name, _, _ in Formatter().parse(words):
        out.append(before)
        if name is not None:
            out.append(values.get(name, ""))
    return "".join(out)
