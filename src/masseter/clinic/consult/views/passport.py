"""Injection passports: one of another clinic is read, one of our own is printed."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from masseter.clinic.people.chart import PatientPage
from masseter.journey.accounts.queries import clinic_of
from masseter.journey.consult.actions import take_passport
from masseter.journey.consult.passport.seal import MOST_LETTERS
from masseter.journey.follow_up.passport import issue_passport
from masseter.journey.ground.rights import Right
from masseter.ui.pages import FormPage
from masseter.ui.paper.answer import as_pdf
from masseter.ui.paper.passport import passport_pdf


class PassportForm(forms.Form):
    """The code of a passport, and the word of the person who compared the names."""

    passport = forms.CharField(
        label="Code of the passport",
        help_text="Scan it with the camera or a hand scanner, or paste its text.",
        max_length=2 * MOST_LETTERS,
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false", "autocomplete": "off"}),
        error_messages={"required": "Scan the code of the passport."},
    )
    is_same_person = forms.BooleanField(
        label="The names or dates of birth differ or are missing; I made sure that it is the same person",
        required=False,
    )


class TakePassportView(PatientPage, FormPage):
    """Read another clinic's passport: its treatments count for every interval from then on."""

    right: ClassVar = Right.CONSULT
    template = "clinic/consult/passport.html"
    page_name = "Reading an injection passport"
    form_class = PassportForm
    success = "The signature holds. The treatments of the passport are on record."

    def act(self, form: forms.Form) -> str:
        take_passport(by=self.by, patient=self.patient, **form.cleaned_data)
        return reverse("elsewhere", args=[self.patient.pk])


class PassportPaperView(PatientPage):
    """The patient's passport on one page, to take along."""

    right: ClassVar = Right.SEE_CHART
    template = ""
    page_name = "Injection passport (PDF)"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        issued = issue_passport(self.by, self.patient)
        if issued is None:
            messages.info(request, "There is no treatment on record yet, so there is no passport.")
            return redirect("patient", patient=self.patient.pk)
        return as_pdf(passport_pdf(issued, self.patient, clinic_of(self.by)), "injection-passport")
