"""Holding a review visit and keeping the recall list."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date

from masseter.core.facts import NotApplicable
from masseter.core.follow_up.decide import DecisionRefused, check_decision, check_due
from masseter.journey.audit.trail import record
from masseter.journey.consult.models import Case
from masseter.journey.follow_up.due_days import RUNNING
from masseter.journey.follow_up.models import Recall, Review
from masseter.journey.follow_up.queries import Asked, AtReview, at_review
from masseter.journey.ground import clock
from masseter.journey.ground.action import action
from masseter.journey.ground.actor import Actor
from masseter.journey.ground.refusals import Refused
from masseter.journey.ground.rights import Right
from masseter.knowledge.load import load

# state → the states that it may go to
MOVES = {
    Recall.State.OPEN: {Recall.State.BOOKED, Recall.State.DONE, Recall.State.DROPPED},
    Recall.State.BOOKED: {Recall.State.OPEN, Recall.State.DONE, Recall.State.DROPPED},
    Recall.State.DONE: set[Recall.State](),
    Recall.State.DROPPED: set[Recall.State](),
}
REVIEWED = "A newer review was held."


@action(Right.REVIEW)
def hold_review(
    *,
    by: Actor,
    case: Case,
    effect: str,
    asked: Asked,
    wish: str,
    decision: str,
    adverse: str = "",
    reason: str = "",
    next_due_on: date | None = None,
) -> Review:
    """Hold a review visit: what was found, what is recommended and why, what was decided, and when next.

    Raises: Refused for what was not asked, a decision without its reason, a day inside the interval.
    """
    _check_asked(by, case, effect, wish, asked)
    today = clock.today(by.zone)
    seen = at_review(by, case, today=today, wish=wish, asked=asked)
    _check_events(len(seen.in_cycle), asked)
    try:
        decided = check_decision(seen.recommendation, decision, reason)
        due = check_due(decided, next_due_on, seen.due, today)
    except DecisionRefused as error:
        raise Refused(error.sentence, field=error.field) from error
    review = _kept(
        by,
        case,
        seen,
        effect=effect.strip(),
        adverse=adverse.strip(),
        wish=wish,
        decision=decided,
        reason=reason.strip(),
        next_due_on=due,
    )
    data = {"decision": decided, "recommended": seen.recommendation.recommends, "next_due_on": due}
    record(by=by, what="review.held", on=review, why=reason.strip(), data=data)
    _renew_recall(by, review)
    return review


@action(Right.KEEP_CALENDAR)
def set_recall_state(*, by: Actor, recall: Recall, state: str, note: str = "") -> Recall:
    """Say that a patient was booked, seen, or will not be called any more.

    Raises: Refused for a step that does not follow, or dropping without a reason.
    """
    current = Recall.objects.select_for_update().get(pk=recall.pk)
    if state not in Recall.State.values or Recall.State(state) not in MOVES[Recall.State(current.state)]:
        raise Refused(
            f"This recall is {current.get_state_display().lower()}: choose another step.", field="state"
        )
    if state == Recall.State.DROPPED and not note.strip():
        raise Refused("Write why this patient is not called any more.", field="note")
    recall.state, recall.note = state, note.strip()
    recall.save(update_fields=["state", "note"])
    record(by=by, what=f"recall.{state}", on=recall, why=note.strip())
    return recall


def _kept(by: Actor, case: Case, seen: AtReview, **said: object) -> Review:
    """The review with everything that it rests on."""
    return Review.objects.create(
        clinic_id=by.clinic_id,
        case=case,
        patient_id=case.patient_id,
        treatment=seen.treatment,
        held_on=clock.today(by.zone),
        facts=_told_facts(seen),
        recommendation=asdict(seen.recommendation),
        knowledge_version=load().version,
        by_name=by.name,
        **said,
    )


def _renew_recall(by: Actor, review: Review) -> None:
    for old in Recall.objects.filter(case_id=review.case_id, state__in=RUNNING):
        old.state, old.note = Recall.State.DONE, REVIEWED
        old.save(update_fields=["state", "note"])
        record(by=by, what="recall.done", on=old, why=REVIEWED)
    if review.next_due_on is None:
        return
    recall = Recall.objects.create(
        clinic_id=by.clinic_id,
        case_id=review.case_id,
        patient_id=review.patient_id,
        review=review,
        due_on=review.next_due_on,
    )
    record(by=by, what="recall.opened", on=recall, data={"due_on": recall.due_on})


def _check_asked(by: Actor, case: Case, effect: str, wish: str, asked: str) -> None:
    if case.state != Case.State.OPEN:
        raise Refused("This case is closed. Open a new one to go on.")
    if not effect.strip():
        raise Refused("Write in a few words what the treatment did.", field="effect")
    if wish not in Review.Wish.values:
        raise Refused("Ask whether the patient wants another treatment.", field="wish")
    if asked not in ("none", "recorded"):
        raise Refused("Ask for unwanted effects.", field="asked")
    # Two reviews of one case at once: the second waits here and sees the first.
    Case.objects.select_for_update().get(pk=case.pk)


def _check_events(count: int, asked: Asked) -> None:
    if asked == "none" and count:
        some = "one unwanted effect is" if count == 1 else f"{count} unwanted effects are"
        raise Refused(f"In this cycle {some} on record. Choose the other answer.", field="asked")
    if asked == "recorded" and not count:
        raise Refused("No unwanted effect is on record in this cycle. Record it first.", field="asked")


def _told_facts(seen: AtReview) -> dict[str, str]:
    types = load().observations
    return {
        code: "does not apply" if isinstance(one.value, NotApplicable) else str(one.value)
        for code, one in seen.facts.items()
        if code in types and "derived" in types[code].asked_in
    }
