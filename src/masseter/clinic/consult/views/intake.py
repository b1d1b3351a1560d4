"""The intake: what the patient answered, confirmed or asked by the clinician."""

from __future__ import annotations

from django.urls import reverse

from masseter.clinic.consult.medicines import named_medicines
from masseter.clinic.consult.presenters import waiting_answers
from masseter.clinic.consult.views.recording import RecordView
from masseter.knowledge.model import ObservationType
from masseter.ui.observations import intake_types
from masseter.ui.pages import Context


class IntakeView(RecordView):
    """Look through the patient's answers, ask what is open, and confirm."""

    template = "clinic/consult/intake.html"
    page_name = "Intake"
    success = "The intake is confirmed."

    def asked(self) -> list[ObservationType]:
        return intake_types(self.case.condition)

    def onward(self) -> str:
        return reverse("case", args=[self.case.pk])

    def context(self) -> Context:
        waiting = waiting_answers(self.standing, [type_.code for type_ in self.types])
        return {
            **super().context(),
            "waiting": waiting,
            "differing": [row for row in waiting if row.differs],
            "medicines": named_medicines(self.case, self.standing),
        }
