"""Which language a person is spoken to in: their own choice, this browser's, or what it asks for."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest
from django.utils import translation

from masseter.journey.accounts.models import User

# Staff pages are English; a page half in another language would be worse than one in none.
STAFF_SIDE = "/clinic/"
YEAR_S = 31_536_000


def is_spoken(code: str) -> bool:
    """Whether the patient's side has this language."""
    return code in dict(settings.LANGUAGES)


def spoken(code: str) -> str:
    """The language of ours for a code such as `de`, `en` or `fr-ca`; English where there is none."""
    try:
        return translation.get_supported_language_variant(code)
    except LookupError:
        return settings.LANGUAGE_CODE


def language_of(request: HttpRequest) -> str:
    """The language to answer a request in."""
    if request.path.startswith(STAFF_SIDE):
        return settings.LANGUAGE_CODE
    own = getattr(request.user, "language", "") if request.user.is_authenticated else ""
    return own if is_spoken(own) else translation.get_language_from_request(request)


def told_in(user: User | None, kept: str) -> str:
    """The two letters of the language for messages: the person's own choice, else what the record says."""
    own = user.language if user is not None else ""
    return (own or kept)[:2]


def keep_language(user: User, code: str) -> None:
    """Keep the language that a person chose, for every later page and message."""
    User.objects.filter(pk=user.pk).update(language=code)
