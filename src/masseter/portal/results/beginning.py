"""Beginning the diary at once, before any visit."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from masseter.journey.consult.actions import begin_diary
from masseter.journey.ground.rights import Right
from masseter.journey.screen.queries import checked_before
from masseter.knowledge.load import load
from masseter.portal.results.views import OwnCases
from masseter.ui.forms import OneField
from masseter.ui.languages.told import told
from masseter.ui.pages import Context, FormPage


class BeginForm(forms.Form):
    """What the diary is about."""

    condition = OneField(label=_("What is it about?"))

    def __init__(self, *args: Any, **options: Any) -> None:  # Any: Django's own signature
        super().__init__(*args, **options)
        kept = [one for one in load().conditions.values() if one.diary]
        choices = [(one.code, capfirst(told(one.plain_name))) for one in kept]
        self.fields["condition"].choices = choices  # type: ignore[attr-defined]  # a choice field


class MyDiaryBeginView(OwnCases, FormPage):
    """Choose what the diary is about, and begin."""

    right: ClassVar = Right.OWN_CARE
    template = "portal/results/diary_begin.html"
    page_name = "Beginning my diary"
    form_class = BeginForm
    success = _("Your diary is open. Write today’s entry.")

    def initial(self) -> dict[str, Any]:
        return {"condition": checked_before(self.by, self.patient)}

    def act(self, form: forms.Form) -> str:
        case = begin_diary(by=self.by, patient=self.patient, condition=form.cleaned_data["condition"])
        return f"{reverse('my_diary')}?case={case.pk}"

    def context(self) -> Context:
        wanted = load().practice.baseline_days
        return {"span": int(wanted.value) if wanted is not None else 0, "cases": self.cases}
