"""Letters to a payer: written on a page that shows the criteria, kept as sent, printed again."""

from __future__ import annotations

from functools import cached_property
from typing import Any, ClassVar

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from masseter.clinic.follow_up.payer_form import PayerLetterForm
from masseter.clinic.people.chart import CasePage
from masseter.core.follow_up.authorisation import RequestKind
from masseter.journey.accounts.queries import clinic_of
from masseter.journey.follow_up.models import PayerLetter
from masseter.journey.follow_up.payer import (
    PayerRequest,
    has_payer_criteria,
    payer_letter_of,
    payer_letters,
    payer_request,
)
from masseter.journey.follow_up.payer_actions import keep_payer_letter
from masseter.journey.ground import clock
from masseter.journey.ground.rights import Right
from masseter.ui.pages import Context, FormPage
from masseter.ui.paper.answer import as_pdf
from masseter.ui.paper.typst import render
from masseter.ui.payer import (
    CLOSING,
    OPENING,
    SUBJECTS,
    asked_for,
    criterion_rows,
    days_rows,
    payer_paper,
    treatment_rows,
)

PREVIEW = "preview"


class WritePayerLetterView(CasePage, FormPage):
    """The criteria with their answers, and the free text. `?kind=renewal` asks for a continuation."""

    right: ClassVar = Right.CONSULT
    template = "clinic/follow_up/payer_write.html"
    page_name = "Writing a letter to a payer"
    form_class = PayerLetterForm
    success = "The letter is kept as it was sent. Print it from here."

    @property
    def kind(self) -> RequestKind:
        return "renewal" if self.request.GET.get("kind") == "renewal" else "start"

    @cached_property
    def asked(self) -> PayerRequest:
        return payer_request(self.by, self.case, self.kind, today=clock.today(self.by.zone))

    def form_options(self) -> dict[str, Any]:
        return {"criteria": [(each.note.code, each.note.title) for each in self.asked.criteria]}

    def initial(self) -> dict[str, Any]:
        return {"opening": OPENING, "closing": CLOSING, "seen": self.asked.seen}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self.make_form(request.POST)
        if request.POST.get("do") != PREVIEW or not form.is_valid():
            return super().post(request, *args, **kwargs)
        data = {**self.paper(form), "mark": "Draft"}
        return as_pdf(render("payer", data), f"draft-{self.patient.number}")

    def paper(self, form: forms.Form) -> dict[str, object]:
        return payer_paper(
            self.asked,
            self.case,
            clinic_of(self.by),
            form.cleaned_data,
            by=self.by.name,
            today=clock.today(self.by.zone),
        )

    def act(self, form: forms.Form) -> str:
        told = self.paper(form)
        letter = keep_payer_letter(
            by=self.by,
            case=self.case,
            kind=self.kind,
            payer=form.cleaned_data["payer"],
            seen=form.cleaned_data["seen"],
            told=told,
            pdf=render("payer", told),
        )
        return reverse("payer_letter", args=[letter.pk])

    def _parts(self, form: forms.Form, version: str = "") -> Context:
        # A letter that was refused since the record had changed goes on with what is shown now.
        if form.is_bound:
            data = self.request.POST.copy()
            data["seen"] = self.asked.seen
            form.data = data
        return super()._parts(form, version)

    def context(self) -> Context:
        return {
            **super().context(),
            "kind": self.kind,
            "subject": SUBJECTS[self.kind],
            "criteria": criterion_rows(self.asked),
            "days": days_rows(self.asked),
            "treatments": treatment_rows(self.asked, self.by.zone),
            "asked_for": asked_for(self.asked),
            "has_criteria": has_payer_criteria(self.by, self.case),
            "letters": payer_letters(self.by, self.case) if self.kind == "renewal" else [],
        }


class PayerLetterView(CasePage):
    """A letter as it was sent."""

    right: ClassVar = (Right.SEE_CHART, Right.SEE_BILLING)
    template = "clinic/follow_up/payer_letter.html"
    page_name = "Letter to a payer"
    letter: PayerLetter

    def load(self) -> None:
        self.letter = payer_letter_of(self.by, int(self.kwargs["letter"]))
        self.case = self.letter.case
        self.patient = self.case.patient

    def context(self) -> Context:
        return {**super().context(), "letter": self.letter, "may_see_chart": self.by.may(Right.SEE_CHART)}


class PayerLetterPdfView(PayerLetterView):
    """The very paper that was sent."""

    page_name = "Letter to a payer (PDF)"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return as_pdf(bytes(self.letter.pdf), f"payer-letter-{self.letter.pk}")
