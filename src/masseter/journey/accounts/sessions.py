"""Sessions that only a person prolongs: what a page asks by itself keeps nobody signed in."""

from __future__ import annotations

from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest, HttpResponse


class PersonsSessions(SessionMiddleware):
    """Saves the session with each request, but for those that a view marked as `is_background`."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        if getattr(request, "is_background", False):
            return response
        return super().process_response(request, response)
