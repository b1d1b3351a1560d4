"""A person's own goals: what they want to be able to do again."""

from __future__ import annotations

from django.utils.translation import gettext as _

from masseter.journey.audit.trail import record
from masseter.journey.consult.models import Case
from masseter.journey.ground import clock
from masseter.journey.ground.action import action
from masseter.journey.ground.actor import Actor
from masseter.journey.ground.refusals import NotHere, Refused
from masseter.journey.ground.rights import Right
from masseter.journey.results.actions import who
from masseter.journey.results.models import NAME, Goal

MOST_GOALS = 3  # of one case at a time: few enough to keep in mind


@action(Right.OWN_CARE, Right.RECORD_RESULTS)
def set_goal(*, by: Actor, case: Case, words: str) -> Goal:
    """Write down a goal of the person's own.

    Raises: Refused without words, with too many, or while three are open.
    """
    said = " ".join(words.split())
    if not said:
        raise Refused(_("Write what you want to be able to do."), field="words")
    if len(said) > NAME:
        raise Refused(_("At most %(most)d letters, please.") % {"most": NAME}, field="words")
    Case.objects.select_for_update().get(pk=case.pk)
    still_open = [one for one in goals_of(case) if is_open(one)]
    if len(still_open) >= MOST_GOALS:
        raise Refused(
            _("You have %(most)d goals already. Reach one or let it go first.") % {"most": MOST_GOALS},
            field="words",
        )
    today = clock.today(by.zone)
    row = Goal.objects.create(
        clinic_id=by.clinic_id,
        case=case,
        patient_id=case.patient_id,
        words=said,
        set_on=today,
        looked_on=today,
        entered_by=who(by),
        by_name=by.name,
    )
    record(by=by, what="goal.set", on=row, data={"words": said})
    return row


@action(Right.OWN_CARE, Right.RECORD_RESULTS)
def look_at_goal(*, by: Actor, goal: Goal, standing: str) -> Goal:
    """Say how near a goal is: not yet, partly, reached, or let go.

    Raises: Refused for an answer that there is not.
    """
    if standing not in Goal.Standing.values:
        raise Refused(_("Choose how near the goal is."), field="standing")
    before = goal.standing
    goal.standing, goal.looked_on = standing, clock.today(by.zone)
    goal.save(update_fields=["standing", "looked_on"])
    record(by=by, what="goal.looked_at", on=goal, data={"before": before, "after": standing})
    return goal


def goals_of(case: Case) -> list[Goal]:
    """The goals of a case, the oldest first."""
    return list(Goal.objects.filter(case=case).order_by("set_on", "id"))


def goal_of(by: Actor, goal_id: int) -> Goal:
    """One goal.

    Raises: NotHere.
    """
    goals = Goal.objects.filter(clinic_id=by.clinic_id, pk=goal_id)
    if by.patient_id is not None:
        goals = goals.filter(patient_id=by.patient_id)
    found = goals.select_related("case__patient").first()
    if found is None:
        raise NotHere("There is no such goal.")
    return found


def is_open(goal: Goal) -> bool:
    """Neither reached nor let go."""
    return goal.standing in {Goal.Standing.NOT_YET, Goal.Standing.PARTLY}
