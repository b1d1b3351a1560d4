"""Pages for when something went wrong: what happened, and what to do now."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import (
    REASON_BAD_ORIGIN,
    REASON_BAD_REFERER,
    REASON_INSECURE_REFERER,
    REASON_MALFORMED_REFERER,
    REASON_NO_REFERER,
)
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.translation import gettext

from masseter.ui.held import hold, is_ours

_FROM_ELSEWHERE = tuple(
    reason.partition("%s")[0]
    for reason in (
        REASON_BAD_ORIGIN,
        REASON_BAD_REFERER,
        REASON_INSECURE_REFERER,
        REASON_MALFORMED_REFERER,
        REASON_NO_REFERER,
    )
)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "errors/400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    sentence = gettext("Your role does not allow this page.")
    return render(request, "errors/403.html", {"sentence": sentence}, status=403)


def forged(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that did not come from our own page, or came from before signing in again.

    The second is shown again with what was typed, to be sent anew; it names its owner under our seal,
    which no other site can.
    """
    if not reason.startswith(_FROM_ELSEWHERE) and is_ours(request):
        hold(request)
        return redirect(request.get_full_path())
    return render(request, "errors/forged.html", status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return render(request, "errors/404.html", status=404)


def broken(request: HttpRequest) -> HttpResponse:
    """The page for a fault of ours. It asks nothing of what may be broken: no person, no clinic, no menu."""
    return HttpResponse(render_to_string("errors/500.html"), status=500)
