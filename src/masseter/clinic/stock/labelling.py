"""The label of an opened vial, as PDF for the label printer."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from masseter.clinic.stock.vial_label import vial_label
from masseter.journey.ground.refusals import Refused
from masseter.journey.ground.rights import Right
from masseter.journey.stock.models import Vial
from masseter.journey.stock.queries import vial_of
from masseter.ui.paper.answer import as_pdf
from masseter.ui.paper.code import qr_svg
from masseter.ui.paper.typst import render
from masseter.ui.records import RecordPage


class VialLabelView(RecordPage):
    """One label of 50 by 25 mm."""

    right: ClassVar = Right.SEE_STOCK
    template = ""
    page_name = "Label of a vial (PDF)"
    vial: Vial

    def load(self) -> None:
        self.vial = vial_of(self.by, int(self.kwargs["vial"]))
        self.may_see = self.by.may(Right.SEE_CHART) or self.by.may(Right.SEE_PEOPLE)

    def shown_record(self) -> Vial | None:
        return self.vial if self.vial.patient and self.may_see else None

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            data, code = vial_label(
                self.vial, self.by.clinic_name, self.by.zone, may_see_patient=self.may_see
            )
        except Refused as refusal:
            messages.error(request, refusal.sentence)
            return redirect("vial", self.vial.pk)
        return as_pdf(render("label", data, {"code": qr_svg(code)}), f"vial-{self.vial.pk}-label")
