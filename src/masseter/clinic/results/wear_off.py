"""'Has it worn off?', asked by the clinic: at the review visit or on the telephone."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.urls import reverse

from masseter.clinic.people.chart import CasePage
from masseter.journey.ground import clock
from masseter.journey.ground.rights import Right
from masseter.journey.results import queries
from masseter.journey.results.wear_off_actions import tell_wear_off
from masseter.journey.results.wear_offs import said_of
from masseter.ui.pages import Context, FormPage
from masseter.ui.wear_offs import WearOffForm, said_rows


class WearOffView(CasePage, FormPage):
    """Enter what the patient says of the end of the effect."""

    right: ClassVar = (Right.RECORD_RESULTS, Right.REVIEW)
    template = "clinic/results/wear_off.html"
    page_name = "Has it worn off?"
    form_class = WearOffForm
    success = "The answer is on record."

    def form_options(self) -> dict[str, Any]:
        given = queries.treatment_days(self.case)
        return {"today": clock.today(self.by.zone), "treated_on": given[-1] if given else None}

    def act(self, form: forms.Form) -> str:
        assert isinstance(form, WearOffForm)
        answer = form.cleaned_data["answer"]
        tell_wear_off(by=self.by, case=self.case, answer=answer, worn_off_on=form.worn_off_on())
        return reverse("results", args=[self.case.pk])

    def context(self) -> Context:
        given = queries.treatment_days(self.case)
        return {
            **super().context(),
            "treated_on": given[-1] if given else None,
            "said": said_rows(said_of(self.case)),
        }
