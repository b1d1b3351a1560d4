"""Where the gateway for text messages reports what became of one; it shows nothing."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from masseter.journey.ground import clock
from masseter.journey.messaging.reports import (
    LARGEST,
    WrongReport,
    WrongSignature,
    check_signature,
    read_report,
)
from masseter.journey.messaging.returned import Taken, take_report

AGAIN_S = 60


@require_POST
def text_report(request: HttpRequest) -> HttpResponse:
    """Take one signed report; the contract stands in docs/how-to/send-messages.md.

    Raises Http404 where the installation takes none.
    """
    if not settings.TEXT_REPORT_KEY:
        raise Http404("No reports are taken here.")
    body = request.body if int(request.META.get("CONTENT_LENGTH") or 0) <= LARGEST else b""
    signed_at, signature = (
        request.headers.get(name, "") for name in ("Masseter-Timestamp", "Masseter-Signature")
    )
    try:
        check_signature(body, signed_at, signature, clock.now())
        taken = take_report(read_report(body))
    except WrongSignature as error:
        return HttpResponse(str(error), status=403, content_type="text/plain")
    except WrongReport as error:
        return HttpResponse(str(error), status=400, content_type="text/plain")
    if taken is Taken.EARLY:
        # It came before the worker had noted the hand-over: asked again, it is not lost.
        return HttpResponse(status=503, headers={"Retry-After": str(AGAIN_S)})
    return HttpResponse(status=204)
