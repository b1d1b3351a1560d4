"""What the pages of a treatment have in common."""

from __future__ import annotations

from masseter.clinic.people.chart import CasePage
from masseter.journey.inject.models import Treatment
from masseter.journey.inject.queries import treatment_of
from masseter.ui.pages import Context


class TreatmentPage(CasePage):
    """A page about one signed treatment."""

    treatment: Treatment

    def load(self) -> None:
        self.treatment = treatment_of(self.by, int(self.kwargs["treatment"]))
        self.case = self.treatment.case
        self.patient = self.case.patient

    def context(self) -> Context:
        return {**super().context(), "treatment": self.treatment}
