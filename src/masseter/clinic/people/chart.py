"""What the pages of a chart have in common: the patient or the case is loaded, and the opening logged."""

from __future__ import annotations

from typing import ClassVar

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

    def load(self) -> None:
        self.patient = patient_of(self.by, int(self.kwargs["patient"]))
        self.log()

    def log(self) -> None:
        if self.request.method in ("GET", "HEAD"):
            log_opening(by=self.by, patient=self.patient, page=self.page_name)

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
