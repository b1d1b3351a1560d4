"""What the pages of a plan have in common: plan, case and patient are loaded, and the opening logged."""

from __future__ import annotations

from masseter.clinic.people.chart import CasePage
from masseter.journey.plan.models import Plan
from masseter.journey.plan.queries import plan_of
from masseter.ui.pages import Context


class PlanPage(CasePage):
    """A page about one plan."""

    plan: Plan

    def load(self) -> None:
        self.plan = plan_of(self.by, int(self.kwargs["plan"]))
        self.case = self.plan.case
        self.patient = self.case.patient

    def context(self) -> Context:
        return {**super().context(), "plan": self.plan}
