"""The language of a whole answer: texts, dates and numbers alike."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils import translation

from masseter.journey.accounts.languages import language_of
from masseter.ui.languages.told import begin_page


def speaking(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: the answer is in the person's language."""

    def middleware(request: HttpRequest) -> HttpResponse:
        with translation.override(language_of(request)):
            begin_page()
            response = get_response(request)
            response.headers.setdefault("Content-Language", translation.get_language() or "")
        return response

    return middleware
