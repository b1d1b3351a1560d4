"""Drawing at home where it hurts, before a visit or a review."""

from __future__ import annotations

from typing import ClassVar

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from masseter.core.consult.pain import Stroke
from masseter.journey.consult.actions import draw_pain
from masseter.journey.consult.models import PainDrawing
from masseter.journey.consult.pain import pain_drawing_of, pain_drawings_of
from masseter.journey.ground.refusals import Refused
from masseter.journey.ground.rights import Right
from masseter.journey.people.models import Patient
from masseter.portal.consult.views import OwnIntake
from masseter.ui.pages import Context
from masseter.ui.pain import DrawsPain, pain_shapes
from masseter.ui.records import RecordPage


class MyPainView(OwnIntake, DrawsPain):
    """Draw where it hurts today, and see what was drawn before."""

    template = "portal/consult/pain.html"
    page_name = "My pain drawings"
    success = _("Your drawing is saved. Your clinic sees it when you meet.")

    def keep(self, strokes: list[Stroke], words: str) -> str:
        if self.case is None:
            raise Refused(
                gettext("Your clinic has opened no case for you yet. Call us to make an appointment.")
            )
        drawing = draw_pain(by=self.by, case=self.case, strokes=strokes, words=words)
        return reverse("my_pain_drawing", args=[drawing.pk])

    def context(self) -> Context:
        drawings = pain_drawings_of(self.by, self.case) if self.case is not None else []
        return {**super().context(), "drawings": drawings}


class MyPainDrawingView(RecordPage):
    """One drawing as it was kept."""

    right: ClassVar = Right.OWN_CARE
    template = "portal/consult/pain_drawing.html"
    page_name = "My pain drawing"
    drawing: PainDrawing

    def load(self) -> None:
        self.drawing = pain_drawing_of(self.by, int(self.kwargs["pain"]))

    def shown_record(self) -> Patient:
        return self.drawing.patient

    def context(self) -> Context:
        return {"drawing": self.drawing, "shapes": pain_shapes(self.drawing, plain=True)}
