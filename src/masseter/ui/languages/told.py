"""What the knowledge tells a patient, in the language of the page."""

from __future__ import annotations

from contextvars import ContextVar
from decimal import Decimal

from django.utils.translation import get_language, gettext

from masseter.core.sentences import Said
from masseter.knowledge.translations import LANGUAGES, translations
from masseter.ui.languages.numbers import number_words

# Whether the page under way had to fall back on English.
_fell_back: ContextVar[bool] = ContextVar("masseter_fell_back", default=False)


def told(text: str) -> str:
    """A text of the knowledge in the reader's language; in English where no translation fits it.

    One that core put together from texts of the knowledge is told by its pattern.
    """
    if isinstance(text, Said):
        return in_words(text)
    language = get_language() or ""
    if language not in LANGUAGES or not text:
        return text
    found = _found(language, text)
    if found is None:
        _fell_back.set(True)
        return text
    return found


def in_words(sentence: object) -> str:
    """A sentence that core or an action said, in the reader's language: with what was filled in, too."""
    if get_language() not in LANGUAGES:
        return str(sentence)
    if not isinstance(sentence, Said):
        return gettext(str(sentence)) if sentence else ""
    return gettext(sentence.pattern) % {name: _part(value) for name, value in sentence.named.items()}


def _part(value: object) -> str:
    if isinstance(value, Said):
        return in_words(value)
    if isinstance(value, int | Decimal):
        return number_words(value)
    return _found(get_language() or "", str(value)) or str(value)


def _found(language: str, text: str) -> str | None:
    return translations(language).words.get(text)


def begin_page() -> None:
    """Forget what the page before had to fall back on."""
    _fell_back.set(False)


def fell_back() -> bool:
    """Whether something on this page stands in English for want of a translation."""
    return _fell_back.get()


def is_unreviewed() -> bool:
    """Whether the page is in a language whose translation no professional has checked yet."""
    language = get_language() or ""
    return language in LANGUAGES and not translations(language).is_reviewed
