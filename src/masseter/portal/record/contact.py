"""The patient's own contact data, put right by the patient."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from masseter.journey.people.actions import ask_new_email, confirm_new_email, correct_contact
from masseter.journey.people.actions.contact import FIELDS, WRONG, address_of
from masseter.journey.people.models import Patient
from masseter.portal.home.views import OwnPage
from masseter.portal.record.forms import CodeForm, ContactForm, EmailForm
from masseter.ui.pages import Context, FormPage

HELD = "new_email"


class MyContactView(OwnPage, FormPage):
    """Address, telephone, language, and what helps."""

    template = "portal/record/contact.html"
    page_name = "My contact data"
    form_class = ContactForm
    success: ClassVar = gettext_lazy("Your contact data are saved. Your clinic sees what changed.")

    def subject(self) -> Patient:
        return self.patient

    def initial(self) -> dict[str, Any]:
        return {name: getattr(self.patient, name) for name in FIELDS}

    def act(self, form: forms.Form) -> str:
        correct_contact(by=self.by, patient=self.patient, **form.cleaned_data)
        return reverse("my_contact")

    def context(self) -> Context:
        return {"patient": self.patient}


class MyEmailView(OwnPage, FormPage):
    """A new address to sign in with: a code is sent there."""

    template = "portal/record/email.html"
    page_name = "My e-mail address"
    form_class = EmailForm
    keeps_typed = False

    def act(self, form: forms.Form) -> str:
        email = form.cleaned_data["email"]
        self.request.session[HELD] = ask_new_email(by=self.by, patient=self.patient, email=email)
        return reverse("my_email_code")

    def context(self) -> Context:
        return {"patient": self.patient}


class MyEmailCodeView(OwnPage, FormPage):
    """The code that was sent to the new address."""

    template = "portal/record/email_code.html"
    page_name = "My e-mail address"
    form_class = CodeForm
    keeps_typed = False

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self._address():
            return redirect("my_email")
        return super().get(request, *args, **kwargs)

    def act(self, form: forms.Form) -> str:
        held = self.request.session.get(HELD, "")
        code = form.cleaned_data["code"]
        done = confirm_new_email(by=self.by, patient=self.patient, held=held, code=code)
        if done is None:
            # No refusal, which would undo that the wrong code was counted.
            messages.error(self.request, _(WRONG))
            return reverse("my_email_code")
        self.request.session.pop(HELD, None)
        messages.success(self.request, _("From now on you sign in with this address."))
        return reverse("my_contact")

    def context(self) -> Context:
        return {"address": self._address()}

    def _address(self) -> str:
        return address_of(self.request.session.get(HELD, ""))
