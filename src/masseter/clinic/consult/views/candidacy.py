"""Candidacy: the verdict with everything that it rests on, and the reasons written against cautions."""

from __future__ import annotations

from typing import ClassVar

from django import forms
from django.urls import reverse

from masseter.clinic.consult.forms import NoteForm
from masseter.clinic.consult.presenters import finding_cards
from masseter.clinic.consult.questions import question_links
from masseter.clinic.people.chart import CasePage
from masseter.clinic.people.forms import ReasonForm
from masseter.core.findings import Finding, still_blocking
from masseter.journey.consult.actions import assess, give_reason
from masseter.journey.consult.models import Assessment
from masseter.journey.consult.queries import assessment_of, latest_assessment
from masseter.journey.consult.verdicts import candidacy_of, written_overrides
from masseter.journey.ground import clock
from masseter.journey.ground.refusals import NotHere
from masseter.journey.ground.rights import Right
from masseter.ui.pages import Context, FormPage


class CandidacyView(CasePage, FormPage):
    """May this person be treated: verdict, findings, questions; saving keeps the verdict as it is now."""

    right: ClassVar = Right.CONSULT
    template = "clinic/consult/candidacy.html"
    page_name = "Candidacy"
    form_class = NoteForm
    success = "The verdict is saved with everything that it rests on."

    def act(self, form: forms.Form) -> str:
        assess(by=self.by, case=self.case, note=form.cleaned_data["note"])
        return reverse("case", args=[self.case.pk])

    def context(self) -> Context:
        candidacy = candidacy_of(self.by, self.case, today=clock.today(self.by.zone))
        overrides, findings = written_overrides(self.case), candidacy.findings
        return {
            **super().context(),
            "verdict": candidacy.verdict,
            "found": finding_cards(self.case, [one for one in findings if not one.is_open], overrides),
            "open": finding_cards(self.case, [one for one in findings if one.is_open], overrides),
            "questions": question_links(self.case, candidacy.questions),
            "approvals": question_links(self.case, candidacy.approvals),
            "blocking": still_blocking(findings, overrides),
            "saved": latest_assessment(self.case),
        }


class OverruleView(CasePage, FormPage):
    """Write why the case goes on despite one caution."""

    right: ClassVar = Right.CONSULT
    template = "clinic/consult/overrule.html"
    page_name = "Reason against a caution"
    form_class = ReasonForm
    success = "The reason is kept beside the caution."
    finding: Finding

    def load(self) -> None:
        super().load()
        code, subject = str(self.kwargs["finding"]), self.request.GET.get("subject", "")
        candidacy = candidacy_of(self.by, self.case, today=clock.today(self.by.zone))
        found = [one for one in candidacy.findings if (one.code, one.subject) == (code, subject)]
        if not found:
            raise NotHere("There is no such finding.")
        self.finding = found[0]

    def act(self, form: forms.Form) -> str:
        give_reason(
            by=self.by,
            case=self.case,
            finding_code=self.finding.code,
            subject=self.finding.subject,
            reason=form.cleaned_data["reason"],
        )
        return reverse("candidacy", args=[self.case.pk])

    def context(self) -> Context:
        card = finding_cards(self.case, [self.finding], written_overrides(self.case))[0]
        return {**super().context(), "finding": card}


class AssessmentView(CasePage):
    """A saved verdict as it was shown then."""

    right: ClassVar = Right.SEE_CHART
    template = "clinic/consult/assessment.html"
    page_name = "Saved verdict"
    assessment: Assessment

    def load(self) -> None:
        self.assessment = assessment_of(self.by, int(self.kwargs["assessment"]))
        self.case, self.patient = self.assessment.case, self.assessment.patient

    def context(self) -> Context:
        return {**super().context(), "assessment": self.assessment}
