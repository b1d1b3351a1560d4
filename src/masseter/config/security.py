"""Headers that keep a page to itself: nothing from another host, no frame, nothing cached on the way."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

# 'wasm-unsafe-eval' lets our own scripts start the reader of barcodes; no other script runs to begin with.
POLICY = (
    "default-src 'self'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; "
    "script-src 'self' 'wasm-unsafe-eval'; object-src 'none'; base-uri 'self'; form-action 'self'; "
    "frame-ancestors 'none'"
)
SIGN_OUT = "/account/logout/"


def security_headers(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: the content policy on every answer, and no copies of pages in shared caches."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        response.headers.setdefault("Permissions-Policy", "camera=(self), microphone=(), geolocation=()")
        if not request.path.startswith("/static/"):
            response.headers.setdefault("Cache-Control", "no-store")
        is_signing_out = request.method == "POST" and request.path == SIGN_OUT
        if is_signing_out and request.POST.get("keeps") != "notifications":
            # What a device kept for the chair goes with the person, although nobody could read it any more.
            # Where notifications are on, the page has cleared the device itself: this would end them as well.
            response.headers.setdefault("Clear-Site-Data", '"storage"')
        return response

    return middleware
