"""The line between a page that works without a connection and the server: what it sends, and its worker."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse

LARGEST = 500_000  # bytes of one sending
SCRIPTS = Path(__file__).parent / "static" / "ui"


def sent_json(request: HttpRequest) -> dict[str, Any]:  # Any: JSON
    """What a device sent; nothing where it is too long, no JSON or no object."""
    if len(request.body) > LARGEST:
        return {}
    try:
        found = json.loads(request.body)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def worker_script(name: str) -> HttpResponse:
    """A built script that lets a page open without a line, from an address that reaches over the page.

    Raises Http404 where the front end is not built.
    """
    try:
        script = (SCRIPTS / name).read_text()
    except FileNotFoundError as error:
        raise Http404("The front end is not built.") from error
    return HttpResponse(script, content_type="text/javascript; charset=utf-8")
