"""The consent to read at home, before anybody asks for a signature, and the questions to it."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from masseter.core.facts import fact
from masseter.journey.consult.actions import answer_intake
from masseter.journey.consult.models import Case
from masseter.journey.consult.queries import case_of, standings_of
from masseter.journey.consult.verdicts import consent_text_of
from masseter.journey.ground import clock
from masseter.journey.ground.rights import Right
from masseter.journey.people.models import Patient
from masseter.ui.pages import Context, FormPage
from masseter.ui.records import RecordPage

QUESTIONS = "questions_before_consent"


class QuestionsForm(forms.Form):
    """What the patient wants to ask; nothing is signed here."""

    questions = forms.CharField(
        label=_("What would you like to ask before you decide?"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class MyConsentTextView(RecordPage, FormPage):
    """The text that would be signed, and a place for questions that wait for the talk."""

    right: ClassVar = Right.OWN_CARE
    template = "portal/consult/consent_text.html"
    page_name = "My consent, to read before signing"
    form_class = QuestionsForm
    success = _("Your questions are saved. Your clinician answers them before you sign.")
    case: Case

    def load(self) -> None:
        self.case = case_of(self.by, int(self.kwargs["case"]))

    def shown_record(self) -> Patient:
        return self.case.patient

    def initial(self) -> dict[str, Any]:
        one = standings_of(self.case.patient, self.case).get(QUESTIONS)
        newest = (one.waits or one.stands) if one is not None else None
        return {"questions": newest.value if newest is not None else ""}

    def act(self, form: forms.Form) -> str:
        said = fact(
            QUESTIONS,
            form.cleaned_data["questions"].strip(),
            observed_on=clock.today(self.by.zone),
            reported_by="patient",
        )
        answer_intake(by=self.by, patient=self.case.patient, case=self.case, facts={QUESTIONS: said})
        return reverse("my_consent_text", args=[self.case.pk])

    def context(self) -> Context:
        text = consent_text_of(self.by, self.case)
        return {"text": text, "case": self.case, "is_asked": bool(self.initial()["questions"])}
