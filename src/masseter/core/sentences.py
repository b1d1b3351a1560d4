"""Sentences for people that keep what was filled in, so that they can be told in other languages too."""

from __future__ import annotations

from collections.abc import Mapping


class Said(str):
    """An English sentence; `pattern` has named places such as `%(day)s`, `named` what stands in them."""

    pattern: str
    named: Mapping[str, object]


def less_said(english: str, general: Said) -> Said:
    """An English sentence that other languages tell by a more general one."""
    sentence = Said(english)
    sentence.pattern, sentence.named = general.pattern, general.named
    return sentence


def said(pattern: str, **named: object) -> Said:
    """The sentence of a pattern. Raises: KeyError for a place that is not named."""
    sentence = Said(pattern % named)
    sentence.pattern, sentence.named = pattern, named
    return sentence
