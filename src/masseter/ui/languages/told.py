"""What the knowledge tells a patient, in the language of the page."""

from __future__ import annotations

from contextvars import ContextVar

from django.utils.translation import get_language

from masseter.knowledge.translations import LANGUAGES, translations

# Whether the page under way had to fall back on English.
_fell_back: ContextVar[bool] = ContextVar("masseter_fell_back", default=False)


def told(text: str) -> str:
    """A text of the knowledge in the reader's language; in English where no translation fits it."""
    language = get_language() or ""
    if language not in LANGUAGES or not text:
        return text
    found = translations(language).words.get(text)
    if found is None:
        _fell_back.set(True)
        return text
    return found


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
