"""The plan as PDF."""

from __future__ import annotations

from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse

from masseter.clinic.plan.chart import PlanPage
from masseter.clinic.plan.paper import plan_markers, plan_paper
from masseter.journey.accounts.queries import clinic_of
from masseter.journey.ground import clock
from masseter.journey.ground.rights import Right
from masseter.journey.plan.checking import check
from masseter.ui.paper.answer import as_pdf
from masseter.ui.paper.maps import maps_of
from masseter.ui.paper.typst import render


class PlanPaperView(PlanPage):
    """The plan as it stands, on the clinic's paper."""

    right: ClassVar = Right.SEE_CHART
    template = ""
    page_name = "Plan (PDF)"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        today = clock.today(self.by.zone)
        checked = check(self.by, self.plan, today=today)
        pictures, maps = maps_of(plan_markers(checked), version=self.plan.map_version)
        data = plan_paper(self.plan, checked, clinic_of(self.by), maps, today)
        return as_pdf(render("plan", data, pictures), f"plan-{self.plan.pk}")
