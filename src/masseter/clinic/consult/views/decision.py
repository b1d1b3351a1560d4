"""The decision shared with the patient."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.urls import reverse

from masseter.clinic.consult.forms import DecisionForm
from masseter.clinic.people.chart import CasePage
from masseter.journey.consult.actions import decide_together
from masseter.journey.consult.queries import latest_decision
from masseter.journey.ground.rights import Right
from masseter.knowledge.load import load
from masseter.ui.pages import Context, FormPage


class DecisionView(CasePage, FormPage):
    """Talk through the options, write down the wish and what was decided."""

    right: ClassVar = Right.CONSULT
    template = "clinic/consult/decision.html"
    page_name = "Shared decision"
    form_class = DecisionForm
    success = "The decision is written down."

    def form_options(self) -> dict[str, Any]:
        story = load().conditions[self.case.condition].story
        own = [("toxin", "Botulinum toxin")]
        others = [(f"other-{number}", text.text) for number, text in enumerate(story.other_options)]
        return {"choices": [*own, *others, ("nothing", "Doing nothing for now")]}

    def act(self, form: forms.Form) -> str:
        values = form.cleaned_data
        words = dict(self.form_options()["choices"])
        decide_together(
            by=self.by,
            case=self.case,
            decided=values["decided"],
            options=[words[code] for code in values["options"]],
            wish=values["wish"],
            words=values["words"],
        )
        return reverse("case", args=[self.case.pk])

    def context(self) -> Context:
        story = load().conditions[self.case.condition].story
        return {**super().context(), "story": story, "last": latest_decision(self.case)}
