"""A signed treatment."""

from __future__ import annotations

from typing import ClassVar

from masseter.clinic.inject.chart import TreatmentPage
from masseter.clinic.inject.felt import felt_lines, standing
from masseter.clinic.inject.record import record_of, treatment_markers
from masseter.clinic.plan.departures import departures_of
from masseter.journey.ground.rights import Right
from masseter.journey.inject.digest import is_unchanged
from masseter.journey.inject.queries import versions_of
from masseter.journey.inject.sittings import late_taps
from masseter.journey.recover.queries import felt_after
from masseter.ui.felt import felt_markers
from masseter.ui.pages import Context


class TreatmentView(TreatmentPage):
    """What was given, from which vials, by whom; with every version of the record."""

    right: ClassVar = Right.SEE_CHART
    template = "clinic/inject/treatment.html"
    page_name = "Treatment"

    def context(self) -> Context:
        versions = versions_of(self.by, self.treatment)
        felt = felt_after(self.by, self.treatment, with_taken_back=True)
        return {
            **super().context(),
            "record": record_of(self.treatment, self.by.zone),
            "markers": [*treatment_markers(self.treatment, whole_plan=True), *felt_markers(standing(felt))],
            "felt": felt_lines(felt),
            "departures": departures_of(self.treatment),
            "is_unchanged": is_unchanged(self.treatment),
            "versions": versions if len(versions) > 1 else [],
            "late_taps": late_taps(self.by, self.treatment.plan),
            "is_newest": versions[0].pk == self.treatment.pk,
            "newest": versions[0],
            "may_sign": self.by.may(Right.SIGN_TREATMENT),
        }
