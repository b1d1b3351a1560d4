"""What the pages of a chart have in common: the patient or the case is loaded, and the showing logged."""

from __future__ import annotations

from masseter.journey.consult.models import Case
from masseter.journey.consult.queries import case_of
from masseter.journey.people.models import Patient
from masseter.journey.people.queries import patient_of
from masseter.ui.pages import Context
from masseter.ui.records import RecordPage


class PatientPage(RecordPage):
    """A page about one patient."""

    patient: Patient

    def load(self) -> None:
        self.patient = patient_of(self.by, int(self.kwargs["patient"]))

    def shown_record(self) -> Patient:
        return self.patient

    def context(self) -> Context:
        rights = {right.name: True for right in self.by.rights}
        return {**super().context(), "patient": self.patient, "rights": rights}


class CasePage(PatientPage):
    """A page about one case of a patient."""

    case: Case

    def load(self) -> None:
        self.case = case_of(self.by, int(self.kwargs["case"]))
        self.patient = self.case.patient

    def context(self) -> Context:
        return {**super().context(), "case": self.case}
