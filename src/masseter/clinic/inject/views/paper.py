"""The treatment record and the aftercare sheet as PDF."""

from __future__ import annotations

from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse

from masseter.clinic.inject.chart import TreatmentPage
from masseter.clinic.inject.papers import aftercare_paper, pictures, record_paper
from masseter.journey.accounts.queries import clinic_of
from masseter.journey.ground.rights import Right
from masseter.ui.paper.typst import render


def as_pdf(content: bytes, name: str) -> HttpResponse:
    """A PDF that opens in the browser and has a telling name when it is kept."""
    return HttpResponse(
        content,
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="{name}.pdf"'},
    )


class RecordView(TreatmentPage):
    """The signed record on the clinic's paper."""

    right: ClassVar = Right.SEE_CHART
    template = ""
    page_name = "Treatment record (PDF)"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        drawn, maps = pictures(self.treatment)
        data = record_paper(self.treatment, clinic_of(self.by), maps)
        return as_pdf(render("treatment", data, drawn), f"treatment-{self.treatment.pk}")


class AftercareView(TreatmentPage):
    """What to do and to watch for, to take home."""

    right: ClassVar = Right.SEE_CHART
    template = ""
    page_name = "Aftercare sheet (PDF)"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        data = aftercare_paper(self.treatment, clinic_of(self.by))
        return as_pdf(render("aftercare", data), f"aftercare-{self.treatment.pk}")
