"""The examination of a condition, and the answers that a verdict still misses."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django import forms
from django.urls import reverse

from masseter.clinic.consult.pain import offers
from masseter.clinic.consult.questions import examination_types
from masseter.clinic.consult.views.recording import RecordView
from masseter.core.facts import NONE_CHOSEN
from masseter.journey.consult.pain import pain_drawing_of
from masseter.journey.consult.queries import facts_of
from masseter.journey.consult.verdicts import candidacy_of
from masseter.journey.ground.refusals import NotHere
from masseter.knowledge.load import load
from masseter.knowledge.model import ObservationType
from masseter.ui.pages import Context


class ExaminationView(RecordView):
    """Record what was found; what was not examined stays unknown."""

    template = "clinic/consult/examination.html"
    page_name = "Examination"
    success = "The examination is saved."

    def asked(self) -> list[ObservationType]:
        return examination_types(
            self.case.condition, facts_of(self.case, today=self.today, standing=self.standing)
        )

    def make_form(self, data: Any = None, files: Any = None) -> forms.Form:  # Any: as the page's own
        """What a pain drawing (`?pain=`) shows is ticked beside what stands; saving confirms it."""
        form = super().make_form(data, files)
        for code, sites in self.drawn.items():
            if code in form.fields:
                known = [each for each in form.initial.get(code) or () if each != NONE_CHOSEN]
                form.initial[code] = list(dict.fromkeys([*known, *sites]))
        return form

    @cached_property
    def drawn(self) -> dict[str, list[str]]:
        """The answers of the drawing that the page was asked to take in."""
        chosen = self.request.GET.get("pain", "")
        if not chosen:
            return {}
        drawing = pain_drawing_of(self.by, int(chosen)) if chosen.isdecimal() else None
        if drawing is None or drawing.case_id != self.case.pk:
            raise NotHere("There is no such pain drawing.")
        return offers(drawing)

    def context(self) -> Context:
        return {**super().context(), "is_drawn": bool(self.drawn)}

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
