"""What providers over HTTP have in common: no redirects, and which answers are no fault of the message."""

from __future__ import annotations

from urllib.request import HTTPRedirectHandler, OpenerDirector, build_opener

LATER = {408, 425, 429}
SERVER = 500
# The service does not know us or takes no such request: that is no fault of the message.
OURS = {401, 402, 403, 404, 405}


class _NoRedirects(HTTPRedirectHandler):
    """A message goes where it was meant to go, and nowhere else."""

    def redirect_request(self, *args: object, **kwargs: object) -> None:
        return None


def opener() -> OpenerDirector:
    """Opens addresses, and follows none elsewhere."""
    return build_opener(_NoRedirects)
