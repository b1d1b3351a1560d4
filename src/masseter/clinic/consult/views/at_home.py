"""The consent at home, as the clinic sees it: released after the talk, asked about, answered, confirmed."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, ClassVar

from django import forms
from django.urls import reverse

from masseter.clinic.consult.at_home import STATES, home_lines
from masseter.clinic.consult.forms import AnswerForm, ConfirmConsentForm, ReleaseForm, products
from masseter.clinic.consult.views.consent import ConsentTextPage, ConsentView
from masseter.clinic.people.chart import CasePage
from masseter.clinic.people.forms import ReasonForm
from masseter.core.consult.at_home import USUAL_DAYS, is_other_plan
from masseter.journey.consult.actions import (
    answer_question,
    confirm_consent,
    end_release,
    release_consent,
)
from masseter.journey.consult.models import Consent, ConsentQuestion, ConsentRelease
from masseter.journey.consult.queries import consent_of
from masseter.journey.consult.releases import (
    basis_of,
    plan_mark,
    question_of,
    questions_of,
    release_of,
    standing_of,
    text_of,
)
from masseter.journey.ground import clock
from masseter.journey.ground.refusals import NotHere
from masseter.journey.ground.rights import Right
from masseter.ui.pages import Context, FormPage


class ReleaseConsentView(ConsentTextPage):
    """Let the person sign this text at home. The product may be chosen first (`?product=`)."""

    right: ClassVar = Right.TAKE_CONSENT
    template = "clinic/consult/consent_release.html"
    page_name = "Releasing consent to be signed at home"
    form_class = ReleaseForm
    success = "The person can sign this text at home, and is told that there is something to read."

    def initial(self) -> dict[str, Any]:
        today = clock.today(self.by.zone)
        until = today + timedelta(days=USUAL_DAYS)
        return {"text_version": self.text.version, "talked_on": today, "until": until}

    def act(self, form: forms.Form) -> str:
        release_consent(by=self.by, case=self.case, product=self.product, **form.cleaned_data)
        return reverse("consent_take", args=[self.case.pk])

    def context(self) -> Context:
        more = {"text": self.text, "product": self.product, "products": products(("", "Any product"))}
        return {**super().context(), **more, **home_lines(self.by, self.case)}


class EndReleaseView(CasePage, FormPage):
    """Take a release back, with a reason."""

    right: ClassVar = Right.TAKE_CONSENT
    template = "clinic/consult/consent_release_end.html"
    page_name = "Ending that a consent can be signed at home"
    form_class = ReasonForm
    success = "It cannot be signed at home any more."
    release: ConsentRelease

    def load(self) -> None:
        self.release = release_of(self.by, int(self.kwargs["release"]))
        self.case, self.patient = self.release.case, self.release.patient

    def subject(self) -> ConsentRelease:
        return self.release

    def act(self, form: forms.Form) -> str:
        end_release(by=self.by, release=self.release, reason=form.cleaned_data["reason"])
        return reverse("consent_take", args=[self.case.pk])

    def context(self) -> Context:
        state = standing_of(self.by, self.release, text_of(self.by, self.release))
        return {**super().context(), "release": self.release, "state": STATES[state]}


class AnswerQuestionView(CasePage, FormPage):
    """Answer a question about the consent in writing."""

    right: ClassVar = Right.TAKE_CONSENT
    template = "clinic/consult/consent_answer.html"
    page_name = "Question about the consent"
    form_class = AnswerForm
    success = "The answer is kept, and the person is told that there is one."
    question: ConsentQuestion

    def load(self) -> None:
        self.question = question_of(self.by, int(self.kwargs["question"]))
        self.case, self.patient = self.question.case, self.question.patient

    def subject(self) -> ConsentQuestion:
        return self.question

    def act(self, form: forms.Form) -> str:
        answer_question(by=self.by, question=self.question, answer=form.cleaned_data["answer"])
        return reverse("consent_take", args=[self.case.pk])

    def context(self) -> Context:
        others = [one for one in questions_of(self.case) if one.pk != self.question.pk]
        return {**super().context(), "question": self.question, "others": others}


class ConfirmConsentView(ConsentView, FormPage):
    """Confirm at the visit what was signed at home."""

    right: ClassVar = Right.TAKE_CONSENT
    template = "clinic/consult/consent_confirm.html"
    page_name = "Confirming a consent that was signed at home"
    form_class = ConfirmConsentForm
    success = "The consent is confirmed. A treatment can rest on it."

    def load(self) -> None:
        self.consent = consent_of(self.by, int(self.kwargs["home_consent"]))
        self.case, self.patient = self.consent.case, self.consent.patient
        if not self.consent.is_from_home:
            raise NotHere("There is no such consent.")

    def subject(self) -> Consent:
        return self.consent

    def act(self, form: forms.Form) -> str:
        confirm_consent(by=self.by, consent=self.consent, **form.cleaned_data)
        return reverse("consent", args=[self.consent.pk])

    def context(self) -> Context:
        release = self.consent.release
        assert release is not None
        text = text_of(self.by, release)
        before = basis_of(release)
        now = type(before)(
            text_version=text.version if text is not None else "",
            diagnosis=before.diagnosis,
            plan_mark=plan_mark(self.case),
        )
        return {
            **super().context(),
            "release": release,
            "is_other_text": now.text_version != self.consent.text_version,
            "is_other_plan": is_other_plan(before, now),
        }
