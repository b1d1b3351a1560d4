"""A paper as the answer to a request."""

from __future__ import annotations

from django.http import HttpResponse


def as_pdf(content: bytes, name: str) -> HttpResponse:
    """A PDF that opens in the browser and has a telling name when it is kept."""
    return HttpResponse(
        content,
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{name}.pdf"'},
    )
