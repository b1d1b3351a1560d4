"""Refusals with a sentence for the person who is refused."""

from __future__ import annotations

from masseter.core.sentences import less_said, said

CHANGED = said(
    "This record was changed by someone else after you opened this page. What you typed is still here. "
    "Open the record again in a second tab, compare, and save again if yours still holds."
)


class Refused(Exception):
    """The action can't be done; `field` says where on the form the sentence belongs.

    The sentence is English, as the trail and the tests read it; pages tell it in the reader's language
    (`ui.languages.told.in_words`). What is filled in goes through `core.sentences.said`.
    """

    def __init__(self, sentence: str, *, field: str | None = None) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.field = field


class NotPermitted(Refused):
    """The person has not the right to do this."""


class NotHere(Refused):
    """There is no such record for this person: the same answer whether it is another clinic's or none."""


class Stale(Refused):
    """Somebody else changed the record since the page was opened."""

    def __init__(self, what: str = "This record") -> None:
        super().__init__(less_said(CHANGED.replace("This record", what, 1), CHANGED))
