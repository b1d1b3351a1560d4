"""Pain drawings at the visit: drawing one, looking at one, and how they changed."""

from __future__ import annotations

from typing import ClassVar

from django.urls import reverse

from masseter.clinic.consult.pain import offers
from masseter.clinic.people.chart import CasePage
from masseter.core.consult.pain import Stroke
from masseter.journey.consult.actions import draw_pain
from masseter.journey.consult.models import PainDrawing
from masseter.journey.consult.pain import areas_of, newest_pain, pain_drawing_of, pain_drawings_of
from masseter.journey.ground.rights import Right
from masseter.ui.pages import Context
from masseter.ui.pain import DrawsPain, areas_words, pain_shapes


class DrawPainView(CasePage, DrawsPain):
    """Draw with the patient where it hurts; earlier drawings are listed."""

    right: ClassVar = Right.CONSULT
    template = "clinic/consult/pain_draw.html"
    page_name = "Drawing pain"
    success = "The drawing is saved."

    def keep(self, strokes: list[Stroke], words: str) -> str:
        drawing = draw_pain(by=self.by, case=self.case, strokes=strokes, words=words)
        return reverse("pain", args=[drawing.pk])

    def context(self) -> Context:
        return {**super().context(), "drawings": pain_drawings_of(self.by, self.case)}


class PainView(CasePage):
    """One drawing, the sites under it, and the others of the case."""

    right: ClassVar = Right.SEE_CHART
    template = "clinic/consult/pain.html"
    page_name = "Pain drawing"
    drawing: PainDrawing

    def load(self) -> None:
        self.drawing = pain_drawing_of(self.by, int(self.kwargs["pain"]))
        self.case, self.patient = self.drawing.case, self.drawing.case.patient

    def context(self) -> Context:
        drawings = pain_drawings_of(self.by, self.case)
        return {
            **super().context(),
            "drawing": self.drawing,
            "drawings": drawings,
            "is_newest": drawings[0] == self.drawing,
            "shapes": pain_shapes(self.drawing),
            "under": areas_words(areas_of(self.drawing)),
            "offers": offers(self.drawing) if self.by.may(Right.CONSULT) else {},
        }


def pain_context(page: CasePage) -> Context:
    """The newest drawing of a case as a layer for a plan."""
    drawing = newest_pain(page.by, page.case)
    if drawing is None:
        return {"pain": None, "pain_shapes": []}
    return {
        "pain": drawing,
        "pain_shapes": pain_shapes(drawing),
        "pain_under": areas_words(areas_of(drawing)),
        "pain_offers": bool(offers(drawing)),
    }
