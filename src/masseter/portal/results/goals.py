"""The patient's own goals."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy

from masseter.journey.ground.rights import Right
from masseter.journey.people.models import Patient
from masseter.journey.results.goal_actions import (
    MOST_GOALS,
    goal_of,
    goals_of,
    is_open,
    look_at_goal,
    set_goal,
)
from masseter.journey.results.models import NAME, Goal
from masseter.portal.results.choice import OneOwnCase
from masseter.portal.results.presenters import STANDINGS
from masseter.ui.forms import OneField
from masseter.ui.pages import Context, FormPage
from masseter.ui.records import RecordPage


class GoalForm(forms.Form):
    """One goal in the person's own words."""

    words = forms.CharField(
        label=gettext_lazy("What do you want to be able to do?"),
        help_text=gettext_lazy(
            "Something that you can notice, such as: eat an apple, sleep through, sing again."
        ),
        max_length=NAME,
    )


class MyGoalsView(OneOwnCase, FormPage):
    """Write down a goal, and see how near the others are."""

    template = "portal/results/goals.html"
    page_name = "My goals"
    form_class = GoalForm
    success = gettext_lazy("Your goal is saved. Your clinic sees it, too.")

    def act(self, form: forms.Form) -> str:
        set_goal(by=self.by, case=self.case, words=form.cleaned_data["words"])
        return f"{reverse('my_goals')}?case={self.case.pk}"

    def context(self) -> Context:
        words = dict(STANDINGS)
        goals = goals_of(self.case)
        shown = [{"goal": one, "words": words[one.standing], "is_open": is_open(one)} for one in goals]
        return {
            "patient": self.patient,
            "case": self.case,
            "name": self.condition.plain_name,
            "goals": shown,
            "most": MOST_GOALS,
            "is_full": sum(1 for one in goals if is_open(one)) >= MOST_GOALS,
        }


class StandingForm(forms.Form):
    """How near a goal is."""

    standing = OneField(label=gettext_lazy("How near is it?"), choices=STANDINGS)


class MyGoalView(RecordPage, FormPage):
    """Say how near a goal is."""

    right: ClassVar = Right.OWN_CARE
    template = "portal/results/goal.html"
    page_name = "My goal"
    form_class = StandingForm
    success = gettext_lazy("Saved. Thank you.")
    goal: Goal

    def load(self) -> None:
        self.goal = goal_of(self.by, int(self.kwargs["goal"]))

    def shown_record(self) -> Patient:
        return self.goal.patient

    def subject(self) -> Goal:
        return self.goal

    def initial(self) -> dict[str, Any]:
        return {"standing": self.goal.standing}

    def act(self, form: forms.Form) -> str:
        look_at_goal(by=self.by, goal=self.goal, standing=form.cleaned_data["standing"])
        return f"{reverse('my_goals')}?case={self.goal.case_id}"

    def context(self) -> Context:
        return {"goal": self.goal}
