"""Why: the whole tree of reasons behind today's verdict, the same that the command line prints."""

from __future__ import annotations

from typing import ClassVar

from masseter.clinic.people.chart import CasePage
from masseter.core.consult.why import explain_candidacy
from masseter.journey.consult.queries import facts_of
from masseter.journey.consult.verdicts import candidacy_of
from masseter.journey.ground import clock
from masseter.journey.ground.rights import Right
from masseter.knowledge.load import load
from masseter.ui.pages import Context


class WhyView(CasePage):
    """Each diagnosis, criterion and finding with its rule, its answer and the fact that decided it."""

    right: ClassVar = Right.SEE_CHART
    template = "clinic/consult/why.html"
    page_name = "Why this verdict"

    def context(self) -> Context:
        today, knowledge = clock.today(self.by.zone), load()
        tree = explain_candidacy(
            candidacy_of(self.by, self.case, today=today),
            condition=knowledge.conditions[self.case.condition],
            knowledge=knowledge,
            facts=facts_of(self.case, today=today),
        )
        return {**super().context(), "tree": tree, "version": knowledge.version}
