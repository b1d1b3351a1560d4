"""Choosing what the diary asks: at most three symptoms."""

from __future__ import annotations

from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy
from django.utils.translation import gettext as _

from masseter.journey.consult.models import Case
from masseter.journey.consult.queries import case_of
from masseter.journey.ground.refusals import NotHere
from masseter.journey.results import queries
from masseter.journey.results.diary import FIELDS, MEDICINE, diary_rules, needed_symptoms, symptoms_of
from masseter.journey.results.diary_actions import choose_symptoms
from masseter.knowledge.load import load
from masseter.knowledge.model import Condition
from masseter.portal.results.views import OwnCases
from masseter.ui.forms import ManyField
from masseter.ui.pages import Context, FormPage


class OneOwnCase(OwnCases):
    """A page about one of the open cases of the patient who is signed in (`?case=`, else the first)."""

    case: Case

    def load(self) -> None:
        super().load()
        chosen = self.request.GET.get("case", "")
        if chosen and not chosen.isdecimal():
            raise NotHere("There is no such record.")
        if not chosen and not self.cases:
            raise NotHere("There is no case yet.")
        self.case = case_of(self.by, int(chosen)) if chosen else self.cases[0]

    @property
    def condition(self) -> Condition:
        return load().conditions[self.case.condition]


class ChoiceForm(forms.Form):
    """Which symptoms the diary asks."""

    symptoms = ManyField(label=gettext_lazy("What shall the diary ask?"), choices=())

    def __init__(self, *args: Any, **options: Any) -> None:  # Any: as Django's own signature
        super().__init__(*args, **options)
        asked = [(code, gettext(field.label)) for code, field in FIELDS.items() if code != MEDICINE]
        self.fields["symptoms"].choices = asked  # type: ignore[attr-defined]  # a choice field


class MyDiaryChoiceView(OneOwnCase, FormPage):
    """Choose the symptoms of the diary; those that results are counted from stay."""

    template = "portal/results/diary_choice.html"
    page_name = "What my diary asks"
    form_class = ChoiceForm
    success = gettext_lazy("Saved. Your diary asks this from now on.")

    def initial(self) -> dict[str, Any]:
        return {"symptoms": queries.chosen_of(self.case) or symptoms_of(self.condition)}

    def act(self, form: forms.Form) -> str:
        choose_symptoms(by=self.by, case=self.case, symptoms=form.cleaned_data["symptoms"])
        return f"{reverse('my_diary')}?case={self.case.pk}"

    def context(self) -> Context:
        needed = needed_symptoms(self.condition)
        return {
            "patient": self.patient,
            "case": self.case,
            "name": self.condition.plain_name,
            "most": int(diary_rules().most_symptoms.value),
            "needed": _(" and ").join(gettext(FIELDS[code].label) for code in needed),
            "asks_medicine": MEDICINE in self.condition.diary,
        }
