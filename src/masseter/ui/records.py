"""A page that shows somebody's record: whenever it is shown, the showing is logged."""

from __future__ import annotations

from typing import Any, ClassVar

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from masseter.journey.audit.actions import log_opening
from masseter.journey.ground.models import ClinicOwned
from masseter.ui.pages import Page

# A form that was refused comes back with everything that its page shows.
_SHOWS = frozenset({200, 422})


class RecordPage(Page):
    """A page about one record; `page_name` is what the log of openings says.

    It counts what was shown, not how it was asked for: a form that comes back with an error shows as
    much as the page that was opened. An answer that only leads elsewhere shows nothing.
    """

    page_name: ClassVar[str]

    def shown_record(self) -> ClinicOwned | None:
        """The record that the page shows; None where this opening shows none."""
        raise TypeError(f"{type(self).__name__} says not whose record it shows")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = super().dispatch(request, *args, **kwargs)
        if response.status_code in _SHOWS:
            self.log()
        return response

    def log(self) -> None:
        """Log the opening. Last, because the clinic's trail is locked from here to the end of the request."""
        record = self.shown_record()
        if record is not None:
            log_opening(by=self.by, record=record, page=self.page_name)
