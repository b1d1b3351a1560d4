"""The treatment record and the aftercare sheet as PDF."""

from __future__ import annotations

from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse

from masseter.clinic.inject.aftercare import aftercare_in_own_language
from masseter.clinic.inject.chart import TreatmentPage
from masseter.clinic.inject.papers import record_paper
from masseter.clinic.inject.record import treatment_markers
from masseter.journey.accounts.queries import clinic_of
from masseter.journey.ground.rights import Right
from masseter.journey.inject.queries import versions_of
from masseter.ui.paper.answer import as_pdf
from masseter.ui.paper.maps import maps_of
from masseter.ui.paper.typst import render


class RecordView(TreatmentPage):
    """The signed record on the clinic's paper."""

    right: ClassVar = Right.SEE_CHART
    template = ""
    page_name = "Treatment record (PDF)"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        drawn, maps = maps_of(treatment_markers(self.treatment), version=self.treatment.map_version)
        versions = versions_of(self.by, self.treatment)
        data = record_paper(self.treatment, clinic_of(self.by), maps, versions)
        return as_pdf(render("treatment", data, drawn), f"treatment-{self.treatment.pk}")


class AftercareView(TreatmentPage):
    """What to do and to watch for, to take home."""

    right: ClassVar = Right.SEE_CHART
    template = ""
    page_name = "Aftercare sheet (PDF)"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        data = aftercare_in_own_language(self.treatment, clinic_of(self.by))
        return as_pdf(render("aftercare", data), f"aftercare-{self.treatment.pk}")
