"""'Has it worn off?': the patient's answer in one or two taps."""

from __future__ import annotations

from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy

from masseter.journey.ground import clock
from masseter.journey.results import queries
from masseter.journey.results.wear_off_actions import tell_wear_off
from masseter.journey.results.wear_offs import said_of
from masseter.portal.results.choice import OneOwnCase
from masseter.ui.pages import Context, FormPage
from masseter.ui.wear_offs import WearOffForm, said_rows


class MyWearOffView(OneOwnCase, FormPage):
    """Say whether the last treatment still works, and if not, since about when."""

    template = "portal/results/wear_off.html"
    page_name = "Has it worn off?"
    form_class = WearOffForm
    success = gettext_lazy("Saved. Thank you.")

    def form_options(self) -> dict[str, Any]:
        given = queries.treatment_days(self.case)
        return {"today": clock.today(self.by.zone), "treated_on": given[-1] if given else None}

    def act(self, form: forms.Form) -> str:
        assert isinstance(form, WearOffForm)
        tell_wear_off(
            by=self.by, case=self.case, answer=form.cleaned_data["answer"], worn_off_on=form.worn_off_on()
        )
        return f"{reverse('my_diary')}?case={self.case.pk}"

    def context(self) -> Context:
        given = queries.treatment_days(self.case)
        return {
            "patient": self.patient,
            "case": self.case,
            "name": self.condition.plain_name,
            "treated_on": given[-1] if given else None,
            "said": said_rows(said_of(self.case)),
        }
