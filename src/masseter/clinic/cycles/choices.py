"""What of a case can be compared: its treatments and the plan that still runs, by date."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from masseter.clinic.plan.presenters import STATES
from masseter.core.plan.compare import MappedPoints
from masseter.journey.consult.models import Case
from masseter.journey.ground.actor import Actor
from masseter.journey.ground.refusals import NotHere
from masseter.journey.inject.queries import mapped_points, treatment_of, treatments_listed
from masseter.journey.plan.drafts import planned_points
from masseter.journey.plan.queries import plan_of, running_plan
from masseter.journey.recover.queries import felt_after
from masseter.ui.facemap import MapMarker
from masseter.ui.facemap.marker import State
from masseter.ui.felt import felt_markers
from masseter.ui.words import product_words


@dataclass(frozen=True, kw_only=True)
class Choice:
    """One plan or treatment: what a form sends for it, and its words, the day first."""

    code: str
    words: str


@dataclass(frozen=True, kw_only=True)
class Side:
    """One of the two that are compared: its points, how they are drawn, its record, what was felt."""

    choice: Choice
    points: MappedPoints
    state: State
    page: str
    pk: int
    felt: tuple[MapMarker, ...] = ()


def choices_of(by: Actor, case: Case) -> list[Choice]:
    """The running plan, then the treatments, the newest first."""
    plan = running_plan(by, case)
    found = []
    if plan is not None:
        words = f"Plan for cycle {plan.cycle}, {STATES[plan.state][1].lower()}, {product_words(plan.product)}"
        found.append(Choice(code=f"p{plan.pk}", words=words))
    for one in reversed(treatments_listed(by, case)):
        day = day_words(one.given_at, by.zone)
        words = f"{day}, treatment of cycle {one.cycle}, {product_words(one.product)}"
        found.append(Choice(code=f"t{one.pk}", words=words))
    return found


def chosen(choices: list[Choice], before: str, after: str) -> tuple[Choice, Choice] | None:
    """The two that were asked for; else the newest and the one before it. None where there are not two.

    Raises: NotHere for a code that is no choice.
    """
    if len(choices) < 2:
        return None
    by_code = {choice.code: choice for choice in choices}
    unknown = {code for code in (before, after) if code} - set(by_code)
    if unknown:
        raise NotHere("There is no such plan or treatment in this case.")
    new = by_code[after] if after else next(each for each in choices if each.code != before)
    older = choices[choices.index(new) + 1 :] or [each for each in choices if each is not new]
    return (by_code[before] if before else older[0]), new


def side_of(by: Actor, choice: Choice) -> Side:
    """The points of a choice."""
    pk = int(choice.code[1:])
    if choice.code.startswith("p"):
        plan = plan_of(by, pk)
        return Side(choice=choice, points=planned_points(plan), state="planned", page="plan", pk=pk)
    treatment = treatment_of(by, pk)
    felt = tuple(felt_markers(felt_after(by, treatment)))
    points = mapped_points(treatment)
    return Side(choice=choice, points=points, state="given", page="treatment", pk=pk, felt=felt)


def day_words(at: datetime, zone: str) -> str:
    """A day in the clinic's zone, in words."""
    return f"{at.astimezone(ZoneInfo(zone)):%-d %B %Y}"
