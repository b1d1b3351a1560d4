"""The letterhead: changed by the administrator, seen as a sample."""

from __future__ import annotations

from typing import Any, ClassVar

import typst
from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from masseter.clinic.administration.forms import LetterheadForm
from masseter.journey.accounts.letterhead_actions import change_letterhead
from masseter.journey.accounts.models import Clinic
from masseter.journey.accounts.queries import clinic_of, logo_of
from masseter.journey.ground import clock
from masseter.journey.ground.refusals import Refused
from masseter.journey.ground.rights import Right
from masseter.ui.pages import Context, FormPage, Page
from masseter.ui.paper.answer import as_pdf
from masseter.ui.paper.letterhead import plain_letter
from masseter.ui.paper.typst import render

NOT_DRAWN = "The logo cannot be drawn on paper. Save it in another program and send it again."


def sample(clinic: Clinic, by: str) -> bytes:
    """A letter that shows the head."""
    data = plain_letter(
        clinic,
        to=["To whom it concerns"],
        day=clock.today(clinic.zone),
        subject="A sample of our letterhead",
        paragraphs=["So every paper of the clinic begins: records, plans, consents, letters."],
        signed=[by, clinic.name],
    )
    return render("plain", data)


class LetterheadView(FormPage):
    """Address, telephone, e-mail and logo."""

    right: ClassVar = Right.KEEP_LETTERHEAD
    template = "clinic/administration/letterhead.html"
    form_class = LetterheadForm
    success = "The letterhead is changed. Papers that were kept before stay as they are."

    def initial(self) -> dict[str, Any]:
        clinic = clinic_of(self.by)
        return {"address": clinic.address, "phone": clinic.phone, "email": clinic.email}

    def context(self) -> Context:
        return {"has_logo": bool(logo_of(clinic_of(self.by)))}

    def act(self, form: forms.Form) -> str:
        data = dict(form.cleaned_data)
        sent = data.pop("logo")
        change_letterhead(by=self.by, logo=sent.read() if sent else None, **data)
        try:
            sample(clinic_of(self.by), self.by.name)
        except typst.TypstError as error:
            # Everything of this request is taken back: no paper may fail for its logo.
            raise Refused(NOT_DRAWN, field="logo") from error
        return reverse("letterhead")


class SampleView(Page):
    """A sample letter as PDF."""

    right: ClassVar = Right.KEEP_LETTERHEAD
    template = ""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return as_pdf(sample(clinic_of(self.by), self.by.name), "letterhead")
