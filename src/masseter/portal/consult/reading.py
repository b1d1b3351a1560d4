"""The consent to read at home, before anybody asks for a signature, with questions and written answers."""

from __future__ import annotations

from typing import ClassVar

from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from masseter.journey.consult.actions import ask_about_consent
from masseter.journey.consult.models import Case
from masseter.journey.consult.queries import case_of
from masseter.journey.consult.releases import questions_of, releases_of_patient
from masseter.journey.consult.verdicts import consent_text_of
from masseter.journey.ground.rights import Right
from masseter.journey.people.models import Patient
from masseter.ui.pages import Context, FormPage
from masseter.ui.records import RecordPage


class QuestionsForm(forms.Form):
    """What the patient wants to ask; nothing is signed here."""

    words = forms.CharField(
        label=_("What would you like to ask before you decide?"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class MyConsentTextView(RecordPage, FormPage):
    """The text that would be signed, what was asked and answered, and a place for a new question."""

    right: ClassVar = Right.OWN_CARE
    template = "portal/consult/consent_text.html"
    page_name = "My consent, to read before signing"
    form_class = QuestionsForm
    success = _("Your question is sent. Your clinic answers in writing, and you get a message then.")
    case: Case

    def load(self) -> None:
        self.case = case_of(self.by, int(self.kwargs["case"]))

    def shown_record(self) -> Patient:
        return self.case.patient

    def act(self, form: forms.Form) -> str:
        ask_about_consent(by=self.by, case=self.case, words=form.cleaned_data["words"])
        return reverse("my_consent_text", args=[self.case.pk]) + "#ask"

    def context(self) -> Context:
        releases = releases_of_patient(self.by, self.case.patient)
        return {
            "text": consent_text_of(self.by, self.case),
            "case": self.case,
            "asked": questions_of(self.case),
            "releases": [one for one in releases if one.case_id == self.case.pk],
        }
