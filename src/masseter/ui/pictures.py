"""A sealed picture as an answer: to this browser, for this once."""

from __future__ import annotations

import logging

from django.http import HttpResponse

from masseter.journey.ground.refusals import NotHere
from masseter.journey.ground.vault import WillNotOpen
from masseter.journey.results.models import Photograph
from masseter.journey.results.photographs.queries import picture_of

log = logging.getLogger(__name__)


def picture_answer(photograph: Photograph) -> HttpResponse:
    """The picture as JPEG, which nothing on the way and no browser keeps.

    Raises: NotHere where its file does not open; the log says why.
    """
    try:
        content = picture_of(photograph)
    except WillNotOpen as fault:
        log.error("photograph %s of clinic %s: %s", photograph.pk, photograph.clinic_id, fault)
        raise NotHere("This photograph cannot be opened. Tell the administrator.") from fault
    return HttpResponse(
        content,
        content_type="image/jpeg",
        headers={
            "Cache-Control": "no-store, private",
            "Content-Disposition": "inline",
            "Content-Security-Policy": "default-src 'none'; sandbox",
            "Cross-Origin-Resource-Policy": "same-origin",
        },
    )
