"""Everything that a rule of the treatment's check may look at."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from masseter.core.inject.types import ApprovedPlan, Consent, GivenPoint, LeftOut, TimeOut, VialState
from masseter.core.plan.case import PlanCase
from masseter.core.plan.reconstitute import DrawUp


@dataclass(frozen=True, kw_only=True)
class TreatmentCase:
    """A treatment beside its approved plan, its vials and the person's consent.

    `as_given` is the plan's case with the points and units that were really given;
    `drawn_as_planned` the draw-up of the plan itself. `began` is the time-out, `now` the last injection.
    """

    timeout: TimeOut
    approved: ApprovedPlan
    given: tuple[GivenPoint, ...]
    left_out: tuple[LeftOut, ...]
    vials: tuple[VialState, ...]
    consent: Consent | None
    as_given: PlanCase
    drawn_as_planned: DrawUp | None
    today: date
    began: datetime
    now: datetime

    def vial(self, name: str) -> VialState | None:
        """The vial of an id, if it was recorded for this treatment."""
        return next((vial for vial in self.vials if vial.id == name), None)
