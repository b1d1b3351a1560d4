"""The visitor's own address, where proxies stand in front of the server."""

from __future__ import annotations

from collections.abc import Callable
from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest, HttpResponse


def visitors_address(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: each proxy of ours adds the address that it saw; what comes before is hearsay."""

    def middleware(request: HttpRequest) -> HttpResponse:
        address = told_by(request.headers.get("X-Forwarded-For", ""), settings.PROXIES)
        if address:
            request.META["REMOTE_ADDR"] = address
        return get_response(request)

    return middleware


def told_by(header: str, proxies: int) -> str:
    """The address that the outermost of our proxies saw; empty where the header does not reach so far."""
    seen = [part.strip() for part in header.split(",")]
    if proxies < 1 or len(seen) < proxies:
        return ""
    try:
        return str(ip_address(seen[-proxies]))
    except ValueError:
        return ""
