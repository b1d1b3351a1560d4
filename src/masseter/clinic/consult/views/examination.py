"""The examination of a condition, and the answers that a verdict still misses."""

from __future__ import annotations

from django.urls import reverse

from masseter.clinic.consult.questions import examination_types
from masseter.clinic.consult.views.recording import RecordView
from masseter.journey.consult.queries import facts_of
from masseter.journey.consult.verdicts import candidacy_of
from masseter.knowledge.load import load
from masseter.knowledge.model import ObservationType


class ExaminationView(RecordView):
    """Record what was found; what was not examined stays unknown."""

    template = "clinic/consult/examination.html"
    page_name = "Examination"
    success = "The examination is saved."

    def asked(self) -> list[ObservationType]:
        return examination_types(
            self.case.condition, facts_of(self.case, today=self.today, standing=self.standing)
        )

    def onward(self) -> str:
        return reverse("diagnosis", args=[self.case.pk])


class MissingView(RecordView):
    """Only what is missing for the verdict, the weightiest first."""

    template = "clinic/consult/missing.html"
    page_name = "Missing answers"
    success = "The answers are saved."

    def asked(self) -> list[ObservationType]:
        # The posted form may hold what the verdict no longer asks: a second tab answered it meanwhile.
        codes = candidacy_of(self.by, self.case, today=self.today).questions
        posted = [code for code in self.request.POST if code in load().observations]
        types = [load().observations[code] for code in dict.fromkeys([*codes, *posted])]
        return [type_ for type_ in types if "derived" not in type_.asked_in]
