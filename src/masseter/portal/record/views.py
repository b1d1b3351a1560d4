"""The patient's record as a whole: what rights there are, and everything to take along."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse

from masseter.fhir.bundle import as_json, record_bundle
from masseter.journey.accounts.queries import clinic_of
from masseter.journey.ground import clock
from masseter.journey.record.whole import whole_record
from masseter.portal.home.views import OwnPage
from masseter.ui.pages import Context
from masseter.ui.paper.answer import as_pdf
from masseter.ui.paper.whole.paper import whole_pdf


class MyRecordView(OwnPage):
    """What a patient may do with the record."""

    template = "portal/record/record.html"
    page_name = "My record and my rights"

    def context(self) -> Context:
        return {"patient": self.patient}


class MyRecordPaperView(OwnPage):
    """Everything as a readable paper."""

    page_name = "Everything in my record (PDF)"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        record = whole_record(self.by, self.patient)
        paper = whole_pdf(record, clinic_of(self.by), clock.today(self.by.zone))
        return as_pdf(paper, f"record-{self.patient.number}")


class MyRecordBundleView(OwnPage):
    """Everything for another program: a FHIR Bundle."""

    page_name = "Everything in my record (FHIR)"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        record = whole_record(self.by, self.patient)
        bundle = record_bundle(record, clinic_of(self.by), clock.now())
        name = f"record-{self.patient.number}.json"
        headers = {"Content-Disposition": f'attachment; filename="{name}"'}
        return HttpResponse(as_json(bundle), content_type="application/fhir+json", headers=headers)
