"""The day of the next treatment: never inside the interval of any toxin that is known of."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from masseter.journey.consult.actions import add_elsewhere_treatment
from masseter.journey.consult.models import Case
from masseter.journey.follow_up.due_days import running_recalls
from masseter.journey.follow_up.queries import at_review
from masseter.journey.ground import clock
from masseter.journey.ground.actor import Actor
from masseter.journey.ground.refusals import Refused
from tests.factories import make_case, observe
from tests.journey.follow_up.test_actions import DAYS_AGO, by, case, review
from tests.journey.inject.test_amend import amend
from tests.journey.treated import jaw_treated

__all__ = ["by", "case"]


def toxin_elsewhere(by: Actor, case: Case, day: date, how: str) -> None:
    """A toxin given in another place: only told of in the history, or entered as a treatment."""
    if how == "told":
        observe(by, case, had_toxin_before=True, last_toxin_on=day)
    else:
        add_elsewhere_treatment(by=by, patient=case.patient, given_on=day)


@pytest.mark.parametrize("how", ["told", "elsewhere"])
def test_review_day_inside_the_interval_of_a_toxin_from_elsewhere_is_refused(
    by: Actor, case: Case, how: str
) -> None:
    today = clock.today(by.zone)
    toxin_elsewhere(by, case, today - timedelta(days=5), how)

    with pytest.raises(Refused, match="inside the interval"):
        review(by, case, next_due_on=today + timedelta(days=78))


@pytest.mark.parametrize("how", ["told", "elsewhere", "other case"])
def test_review_of_a_case_never_treated_keeps_the_interval_of_every_toxin(
    by: Actor, case: Case, how: str
) -> None:
    today = clock.today(by.zone)
    jaw = make_case(by, case.patient if how == "other case" else None, "tmd")
    if how != "other case":
        toxin_elsewhere(by, jaw, today - timedelta(days=DAYS_AGO), how)
    earliest = today - timedelta(days=DAYS_AGO) + timedelta(days=112)
    said = {"reason": "As the test asks.", "decision": "repeat"}

    with pytest.raises(Refused, match="inside the interval"):
        review(by, jaw, next_due_on=earliest - timedelta(days=1), **said)
    assert review(by, jaw, next_due_on=earliest, **said).next_due_on == earliest


def test_review_that_pauses_needs_a_day_to_look_again_and_opens_a_recall(by: Actor, case: Case) -> None:
    due = at_review(by, case, today=clock.today(by.zone)).due
    assert due is not None
    paused = {"decision": "pause", "reason": "A winter without."}

    with pytest.raises(Refused, match="look again") as refusal:
        review(by, case, next_due_on=None, **paused)
    review(by, case, next_due_on=due.earliest + timedelta(days=60), **paused)

    assert refusal.value.field == "next_due_on"
    assert [one.recall.case for one in running_recalls(by)] == [case]


@pytest.mark.parametrize("how", ["told", "elsewhere", "other case"])
def test_recall_moves_with_a_toxin_given_after_it_was_set(by: Actor, case: Case, how: str) -> None:
    kept, today = review(by, case), clock.today(by.zone)
    assert running_recalls(by)[0].moved_by is None

    if how == "other case":
        jaw_treated(by, case.patient)
    else:
        toxin_elsewhere(by, case, today, how)

    shown = running_recalls(by)[0]
    assert kept.next_due_on is not None
    assert shown.due_on > kept.next_due_on
    assert (shown.due_on - today).days >= 84
    assert shown.moved_by is not None
    assert shown.moved_by.given_on == today
    assert running_recalls(by, until=kept.next_due_on) == []


def test_recall_stays_when_an_older_treatment_is_corrected(by: Actor, case: Case) -> None:
    review(by, case)
    treatment = at_review(by, case, today=clock.today(by.zone)).treatment
    assert treatment is not None

    amend(by, treatment)

    assert [one.recall.case for one in running_recalls(by)] == [case]
