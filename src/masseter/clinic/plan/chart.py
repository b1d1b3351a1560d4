"""What the pages of a plan have in common: plan, case and patient are loaded, and the opening logged."""

from __future__ import annotations

from functools import cached_property

from masseter.clinic.people.chart import CasePage
from masseter.clinic.people.steps import Known, way_of
from masseter.journey.consult.queries import latest_assessment, valid_consent
from masseter.journey.inject.models import Treatment
from masseter.journey.inject.queries import last_treatment
from masseter.journey.plan.models import Plan
from masseter.journey.plan.queries import RUNNING, plan_of, running_plan
from masseter.ui.pages import Context


class PlanPage(CasePage):
    """A page about one plan."""

    plan: Plan

    def load(self) -> None:
        self.plan = plan_of(self.by, int(self.kwargs["plan"]))
        self.case = self.plan.case
        self.patient = self.case.patient

    @cached_property
    def last(self) -> Treatment | None:
        """The last treatment of the case; several parts of a page tell of it."""
        return last_treatment(self.by, self.case)

    def context(self) -> Context:
        return {**super().context(), "plan": self.plan, "steps": self._steps()}

    def _steps(self) -> list[dict[str, str]]:
        """The line of the steps, told from what the page has read already."""
        known = Known(
            verdict=latest_assessment(self.case),
            consent=valid_consent(self.case),
            plan=self.plan if self.plan.state in RUNNING else running_plan(self.by, self.case),
            treatment=self.last,
        )
        return way_of(self.by, self.case, known).steps
