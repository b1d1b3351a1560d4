"""The patient's follow-up: what was decided, when the next treatment may be, and every treatment so far."""

from __future__ import annotations

from typing import ClassVar

from masseter.journey.consult.queries import cases_of, elsewhere_of
from masseter.journey.ground import clock
from masseter.journey.ground.rights import Right
from masseter.journey.inject.queries import treatments_of
from masseter.journey.people.models import Patient
from masseter.journey.people.queries import own_record
from masseter.portal.follow_up.presenters import given_rows, standings
from masseter.ui.pages import Context
from masseter.ui.records import RecordPage


class MyFollowUpView(RecordPage):
    """The last review in plain words, the earliest next day with its reason, the treatments so far."""

    right: ClassVar = (Right.OWN_CARE, Right.SEE_OWN)
    template = "portal/follow_up/follow_up.html"
    page_name = "My follow-up"
    patient: Patient

    def load(self) -> None:
        self.patient = own_record(self.by)

    def shown_record(self) -> Patient:
        return self.patient

    def context(self) -> Context:
        today, elsewhere = clock.today(self.by.zone), list(elsewhere_of(self.patient))
        treatments = treatments_of(self.by, self.patient)
        cases = cases_of(self.by, self.patient)
        return {
            "patient": self.patient,
            "today": today,
            "standings": standings(self.by, cases, treatments, elsewhere, today),
            "given": given_rows(self.by, treatments, elsewhere),
            "has_treatment": bool(treatments),
        }
