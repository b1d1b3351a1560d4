"""What the pages of a plan have in common: plan, case and patient are loaded, and the opening logged."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from masseter.clinic.people.chart import CasePage
from masseter.clinic.people.steps import Known, way_of
from masseter.clinic.plan.against import Against, against
from masseter.core.plan.compare import MappedPoints
from masseter.core.plan.types import PlannedPoint
from masseter.journey.consult.queries import verdict_so_far
from masseter.journey.inject.models import Treatment
from masseter.journey.inject.queries import last_treatment, mapped_points
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

    @cached_property
    def last_points(self) -> MappedPoints | None:
        """What was given last, which a plan that still runs is held against."""
        return mapped_points(self.last) if self.last and self.plan.is_running else None

    def against_last(self, points: Iterable[PlannedPoint]) -> Against | None:
        """What the plan with these points does otherwise than the last treatment."""
        if self.last_points is None:
            return None
        plan = self.plan
        now = MappedPoints(points=tuple(points), product=plan.product, map_version=plan.map_version)
        return against(self.last_points, now)

    def context(self) -> Context:
        return {**super().context(), "plan": self.plan, "steps": self._steps()}

    def _steps(self) -> list[dict[str, str]]:
        """The line of the steps, told from what the page has read already."""
        verdict, has_consent = verdict_so_far(self.case)
        known = Known(
            verdict=verdict,
            has_consent=has_consent,
            plan=self.plan if self.plan.state in RUNNING else running_plan(self.by, self.case),
            treatment=self.last,
        )
        return way_of(self.by, self.case, known).steps
