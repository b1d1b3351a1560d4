"""Where a signed treatment departs from its plan."""

from __future__ import annotations

from masseter.core.inject.deviations import Deviation, find_deviations
from masseter.core.inject.types import LeftOut
from masseter.core.plan.case import drawn_if_possible
from masseter.journey.inject.models import Treatment
from masseter.journey.inject.preparing import Given, given_point
from masseter.journey.plan.drafts import draft_of, point_of_row, stored_points, tidy
from masseter.knowledge.load import load


def deviations_of(treatment: Treatment) -> tuple[Deviation, ...]:
    """Every departure of what was given from the plan, each with the reason that was signed with it."""
    given = tuple(
        given_point(
            Given(point=point_of_row(row), planned=row.planned_label, reason=row.reason),
            tidy(row.units),
            str(row.vial_id),
        )
        for row in treatment.points.all()
    )
    left_out = (LeftOut(planned_id=each["point"], reason=each["reason"]) for each in treatment.left_out)
    return find_deviations(
        planned=stored_points(treatment.plan),
        given=given,
        left_out=left_out,
        # A dose that the syringe rounds is no departure.
        drawn=drawn_if_possible(draft_of(treatment.plan), load()),
    )
