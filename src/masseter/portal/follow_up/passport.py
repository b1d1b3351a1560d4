"""The patient's injection passport: on the screen with its code, and as paper."""

from __future__ import annotations

from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.safestring import mark_safe

from masseter.journey.accounts.queries import clinic_of
from masseter.journey.follow_up.passport import Issued, issue_passport
from masseter.journey.ground.rights import Right
from masseter.journey.people.models import Patient
from masseter.journey.people.queries import own_record
from masseter.ui.pages import Context
from masseter.ui.paper.answer import as_pdf
from masseter.ui.paper.code import qr_svg
from masseter.ui.paper.passport import next_words, passport_pdf, passport_rows
from masseter.ui.records import RecordPage


class MyPassportView(RecordPage):
    """What was given last, the earliest next day, and a code that another clinic can read."""

    right: ClassVar = (Right.OWN_CARE, Right.SEE_OWN)
    template = "portal/follow_up/passport.html"
    page_name = "My injection passport"
    patient: Patient
    issued: Issued | None

    def load(self) -> None:
        self.patient = own_record(self.by)
        self.issued = issue_passport(self.by, self.patient)

    def shown_record(self) -> Patient:
        return self.patient

    def context(self) -> Context:
        if self.issued is None:
            return {"patient": self.patient, "rows": []}
        told = self.issued.passport
        return {
            "patient": self.patient,
            "told": told,
            "next": next_words(told),
            "rows": passport_rows(told),
            # Drawn by us from letters and digits alone.
            "code": mark_safe(qr_svg(self.issued.text)),
        }


class MyPassportPaperView(MyPassportView):
    """The passport on one page."""

    template = ""
    page_name = "My injection passport (PDF)"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.issued is None:
            return redirect("my_passport")  # which says that there is none yet
        return as_pdf(passport_pdf(self.issued, self.patient, clinic_of(self.by)), "injection-passport")
