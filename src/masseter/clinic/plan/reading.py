"""A settled plan for reading: map, list, totals, findings as they stand today."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import prefetch_related_objects

from masseter.clinic.plan.changes import changes_of
from masseter.clinic.plan.departures import departures_of
from masseter.clinic.plan.felt import felt_context
from masseter.clinic.plan.placed import point_words
from masseter.clinic.plan.presenters import check_words, markers, volumes
from masseter.clinic.plan.words import plain
from masseter.core.plan.compare import MappedPoints
from masseter.core.plan.types import PlannedPoint
from masseter.journey.ground import clock
from masseter.journey.ground.actor import Actor
from masseter.journey.ground.rights import Right
from masseter.journey.inject.models import Treatment
from masseter.journey.inject.queries import given_points, treatment_of_plan
from masseter.journey.plan.checking import check
from masseter.journey.plan.models import Plan
from masseter.journey.recover.queries import felt_after
from masseter.ui.felt import felt_markers
from masseter.ui.pages import Context


@dataclass(frozen=True, kw_only=True)
class PointLine:
    """One point of the list."""

    id: str
    words: str
    units: str
    ml: str


def settled(by: Actor, plan: Plan, last: Treatment | None, given_last: MappedPoints | None) -> Context:
    """What the page of a plan that is no draft shows.

    `last` is the last treatment of its case; `given_last` are its points where the plan still runs.
    """
    checked = check(by, plan, today=clock.today(by.zone))
    drawn = volumes(checked)
    lines = _lines(plan, checked.draft.points, drawn)
    treatment = _treatment(by, plan, last) if plan.state == Plan.State.GIVEN else None
    given = (
        markers(given_points(treatment), state="given", version=treatment.map_version) if treatment else []
    )
    # After its own treatment once a plan is given, else what is suggested to it.
    felt = (
        {"suggestions": [], "felt_markers": felt_markers(felt_after(by, treatment))}
        if treatment is not None
        else felt_context(by, plan, last, checked.draft.points, given_last)
    )
    return {
        **felt,
        "check": check_words(checked),
        "markers": [
            *markers(checked.draft.points, () if treatment else checked.findings, version=plan.map_version),
            *given,
            *felt["felt_markers"],
        ],
        "departures": departures_of(treatment) if treatment else None,
        "lines": lines,
        "changes": changes_of(plan, checked.draft.points),
        "treatment": treatment,
        "may_plan": by.may(Right.PLAN),
        "may_approve": by.may(Right.APPROVE_PLAN),
        "may_inject": by.may(Right.SIGN_TREATMENT),
    }


def _lines(plan: Plan, points: Sequence[PlannedPoint], drawn: Mapping[str, Decimal]) -> list[PointLine]:
    """Each point in words, with its units and volume."""
    return [
        PointLine(
            id=point.id,
            words=point_words(point, plan.map_version),
            units=plain(point.units),
            ml=plain(drawn.get(point.id)),
        )
        for point in points
    ]


def _treatment(by: Actor, plan: Plan, last: Treatment | None) -> Treatment | None:
    """The treatment that a plan led to, which mostly is the last one, with its points."""
    found = last if last is not None and last.plan_id == plan.pk else treatment_of_plan(by, plan)
    if found is not None:
        found.plan = plan
        prefetch_related_objects([found], "points")
    return found
