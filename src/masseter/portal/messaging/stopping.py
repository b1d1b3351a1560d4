"""The link that stops messages: works without signing in, and tells whoever opens it nothing."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from masseter.journey.accounts.queries import clinic_numbered, visitor
from masseter.journey.ground.refusals import NotHere, Refused
from masseter.journey.ground.scope import clinic_scope
from masseter.journey.ground.sealed import BrokenSeal
from masseter.journey.messaging.actions.choosing import stop_messages
from masseter.journey.messaging.queries import message_of
from masseter.journey.messaging.tokens import Stop, read_stop
from masseter.portal.screen.visitors import PublicPage
from masseter.ui.pages import Context


class StopView(PublicPage):
    """Asks once, and stops on the press of a button: a mail scanner that opens the link stops nothing.

    The answer is the same whether the link is real, changed or used up. A mail program's own button sends
    the form without opening the page (RFC 8058).
    """

    template = "portal/messaging/stop.html"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        # Whoever tries links learns nothing from the answer.
        with suppress(BrokenSeal, NotHere, Refused):
            self._stop(read_stop(request.GET.get("m", "")))
        messages.success(request, _("No more of these messages will be sent there."))
        return redirect(reverse("stop_messages"))

    def context(self) -> Context:
        return {"is_asking": bool(self.request.GET.get("m"))}

    def _stop(self, stop: Stop) -> None:
        clinic = clinic_numbered(stop.clinic_id)
        if clinic is None:
            return
        with clinic_scope(clinic.pk):
            by = visitor(clinic, self.by.address)
            stop_messages(by=by, message=message_of(by, stop.message_id))
