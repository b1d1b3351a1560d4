"""Texts of a template that nobody marked for translation."""

from __future__ import annotations

import re
from collections.abc import Iterator

_COMMENTS = re.compile(r"\{% comment %\}.*?\{% endcomment %\}|\{#.*?#\}|<!--.*?-->", re.DOTALL)
_MARKED = re.compile(r"\{% blocktrans(?:late)?\b.*?\{% endblocktrans(?:late)? %\}", re.DOTALL)
_TAGS = re.compile(r"\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
_UNREAD = re.compile(r"<(script|style|svg|code)\b.*?</\1>", re.DOTALL)
_ELEMENT = re.compile(r"<[^<>]*>", re.DOTALL)
# Attributes that a person reads or hears.
_SPOKEN = (
    "alt|aria-label|aria-description|cancel_label|caption|data-label|help|label|placeholder|question|"
    "sentence|submit|title|unit|word|yes"
)
_ATTRIBUTE = re.compile(rf"""\s(?:{_SPOKEN})=("[^"]*"|'[^']*')""")
_LETTERS = re.compile(r"[^\W\d_]{2,}")
# Names and signs that are the same in every language.
_NAMES = re.compile(r"""Masseter|&\w+;|\bMA-\d+\b|\bclass="[^"]*\"""")


def unmarked_texts(source: str) -> Iterator[str]:
    """Each run of letters that stands in the page as it is written here."""
    text = _MARKED.sub(" ", _COMMENTS.sub(" ", source))
    # A tag inside an attribute holds quotes of its own.
    text = _UNREAD.sub(" ", _TAGS.sub(" ", text))
    for element in _ELEMENT.findall(text):
        for value in _ATTRIBUTE.findall(element):
            if _LETTERS.search(_NAMES.sub("", value)):
                yield value
    for words in _ELEMENT.sub("\n", text).split("\n"):
        if _LETTERS.search(_NAMES.sub("", words)):
            yield words.strip()
