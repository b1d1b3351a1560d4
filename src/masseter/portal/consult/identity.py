"""Showing once more that it is you, before a signature: a code by e-mail, as at the sign-in."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from masseter.journey.accounts.shown import note_shown
from masseter.journey.people.actions import send_identity_code, show_identity
from masseter.journey.people.actions.contact import WRONG
from masseter.portal.consult.signing import OwnRelease, PartForm
from masseter.portal.record.forms import CodeForm
from masseter.ui.pages import Context, FormPage

HELD = "identity_code"


class MyIdentityView(OwnRelease, FormPage):
    """Ask for a code to the address that one signs in with."""

    template = "portal/consult/identity.html"
    page_name = "Show that it is you"
    form_class = PartForm
    keeps_typed: ClassVar = False

    def act(self, form: forms.Form) -> str:
        patient = self.release.patient
        self.request.session[HELD] = send_identity_code(by=self.by, patient=patient)
        return reverse("my_identity_code", args=[self.release.pk])


class MyIdentityCodeView(OwnRelease, FormPage):
    """The code that was sent."""

    template = "portal/consult/identity_code.html"
    page_name = "Show that it is you"
    form_class = CodeForm
    keeps_typed: ClassVar = False

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.session.get(HELD):
            return redirect("my_identity", release=self.release.pk)
        return super().get(request, *args, **kwargs)

    def act(self, form: forms.Form) -> str:
        held = self.request.session.get(HELD, "")
        code = form.cleaned_data["code"]
        if not show_identity(by=self.by, patient=self.release.patient, held=held, code=code):
            # No refusal, which would undo that the wrong code was counted.
            messages.error(self.request, _(WRONG))
            return reverse("my_identity_code", args=[self.release.pk])
        self.request.session.pop(HELD, None)
        note_shown(self.request.session)
        return reverse("my_consent_sign", args=[self.release.pk]) + "#sign"

    def context(self) -> Context:
        user = self.release.patient.user
        return {**super().context(), "address": user.email if user is not None else ""}
