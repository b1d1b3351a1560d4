"""Deciding on a plan: propose, approve, open for changes, withdraw."""

from __future__ import annotations

from typing import ClassVar

from django import forms
from django.urls import reverse

from masseter.clinic.people.forms import ReasonForm
from masseter.clinic.plan.chart import PlanPage
from masseter.clinic.plan.presenters import check_words, plan_title
from masseter.journey.ground import clock
from masseter.journey.ground.rights import Right
from masseter.journey.plan.actions import approve_plan, propose_plan, reopen_plan, withdraw_plan
from masseter.journey.plan.checking import check
from masseter.journey.plan.models import Plan
from masseter.ui.pages import Context, FormPage


class DecideView(PlanPage, FormPage):
    """One decision about a plan, on a page of its own."""

    template = "clinic/plan/decide.html"
    form_class = forms.Form
    page_name = "Decision on a plan"
    title: ClassVar[str]
    words: ClassVar[str]
    button: ClassVar[str]

    def subject(self) -> Plan:
        return self.plan

    def decide(self, form: forms.Form) -> None:
        raise TypeError(f"{type(self).__name__} decides nothing")

    def act(self, form: forms.Form) -> str:
        self.decide(form)
        return reverse("plan", args=[self.plan.pk])

    def context(self) -> Context:
        checked = check(self.by, self.plan, today=clock.today(self.by.zone))
        return {
            **super().context(),
            "title": self.title,
            "words": self.words,
            "button": self.button,
            "plan_title": plan_title(self.plan),
            "check": check_words(checked),
        }


class ProposeView(DecideView):
    """Hand a draft to a prescriber."""

    right: ClassVar = Right.PLAN
    title = "Propose the plan"
    words = "A prescriber looks at it next. You can still open it for changes."
    button = "Propose"
    success = "The plan waits for a prescriber."

    def decide(self, form: forms.Form) -> None:
        propose_plan(by=self.by, plan=self.plan)


class ApproveView(DecideView):
    """Approve a proposed plan as it stands."""

    right: ClassVar = Right.APPROVE_PLAN
    title = "Approve the plan"
    words = "You approve exactly what is shown. Any later change needs a new approval."
    button = "Approve"
    success = "The plan is approved."

    def decide(self, form: forms.Form) -> None:
        approve_plan(by=self.by, plan=self.plan)


class ReopenView(DecideView):
    """Open a proposed or approved plan for changes."""

    right: ClassVar = Right.PLAN
    title = "Open the plan for changes"
    words = "It loses its proposal and its approval, and needs both again."
    button = "Open for changes"
    success = "The plan is a draft again."

    def decide(self, form: forms.Form) -> None:
        reopen_plan(by=self.by, plan=self.plan)


class WithdrawView(DecideView):
    """Withdraw a plan with the reason."""

    right: ClassVar = (Right.PLAN, Right.APPROVE_PLAN)
    form_class = ReasonForm
    title = "Withdraw the plan"
    words = "It stays on record with your reason, and can’t be given any more."
    button = "Withdraw"
    success = "The plan is withdrawn."

    def decide(self, form: forms.Form) -> None:
        withdraw_plan(by=self.by, plan=self.plan, reason=form.cleaned_data["reason"])
