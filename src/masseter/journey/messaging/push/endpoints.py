"""Which addresses are a push service's. A browser tells the address, so anybody could tell any address.

Only the services of browsers that the settings list are written to, over TLS, at the usual port: no other
host, no number in place of a name, and so nothing inside the clinic's own network.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings

LONGEST = 1000  # characters of an address
_TLS = 443


class NoPushService(Exception):
    """The address belongs to no push service that we write to."""


def check_endpoint(url: str) -> None:
    """Raises: NoPushService for anything but an address at one of the services of the settings."""
    try:
        parts = urlsplit(url)
        host, port = (parts.hostname or "").lower(), parts.port
    except ValueError as error:
        raise NoPushService("This is no address.") from error
    if len(url) > LONGEST or not url.isascii() or any(sign.isspace() or ord(sign) < 32 for sign in url):
        raise NoPushService("This is no address.")
    if settings.PUSH_TEST_SERVICE and f"{parts.scheme}://{parts.netloc}" == settings.PUSH_TEST_SERVICE:
        return
    if (
        parts.scheme != "https"
        or port not in (None, _TLS)
        or parts.username is not None
        or "@" in parts.netloc
    ):
        raise NoPushService("A push service is written to over TLS, at its usual port.")
    if not any(_is_at(host, known) for known in settings.PUSH_HOSTS):
        raise NoPushService("No push service of a browser that this installation knows.")


def _is_at(host: str, known: str) -> bool:
    """`*.` before a name stands for one or more parts before it."""
    if known.startswith("*."):
        return host.endswith(known[1:]) and len(host) > len(known) - 1
    return host == known
