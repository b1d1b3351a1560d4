"""What the pages of a chart have in common: the patient or the case is loaded, and the opening logged."""

from __future__ import annotations

from typing import Any, ClassVar

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from masseter.journey.audit.actions import log_opening
from masseter.journey.consult.models import Case
from masseter.journey.consult.queries import case_of
from masseter.journey.people.models import Patient
from masseter.journey.people.queries import patient_of
from masseter.ui.pages import Context, Page


class PatientPage(Page):
    """A page about one patient; `page_name` is what the log of openings says."""

    page_name: ClassVar[str]
    patient: Patient
    is_to_be_logged = False

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = super().dispatch(request, *args, **kwargs)
        if self.is_to_be_logged:
            # Last, because the clinic's trail is locked from here to the end of the request.
            log_opening(by=self.by, patient=self.patient, page=self.page_name)
        return response

    def load(self) -> None:
        self.patient = patient_of(self.by, int(self.kwargs["patient"]))
        self.log()

    def log(self) -> None:
        """Have the opening logged, once the page has been made."""
        self.is_to_be_logged = self.request.method in ("GET", "HEAD")

    def context(self) -> Context:
        rights = {right.name: True for right in self.by.rights}
        return {**super().context(), "patient": self.patient, "rights": rights}


class CasePage(PatientPage):
    """A page about one case of a patient."""

    case: Case

    def load(self) -> None:
        self.case = case_of(self.by, int(self.kwargs["case"]))
        self.patient = self.case.patient
        self.log()

    def context(self) -> Context:
        return {**super().context(), "case": self.case}
