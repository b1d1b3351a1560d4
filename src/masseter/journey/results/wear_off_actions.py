"""'Has it worn off?': taking the answer."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from masseter.journey.audit.trail import record
from masseter.journey.consult.models import Case
from masseter.journey.ground import clock
from masseter.journey.ground.action import action
from masseter.journey.ground.actor import Actor
from masseter.journey.ground.refusals import Refused
from masseter.journey.ground.rights import Right
from masseter.journey.results.actions import who
from masseter.journey.results.models import WearOffTold
from masseter.journey.results.queries import treatment_days


@action(Right.OWN_CARE, Right.RECORD_RESULTS, Right.REVIEW)
def tell_wear_off(*, by: Actor, case: Case, answer: str, worn_off_on: date | None = None) -> WearOffTold:
    """Say whether the last treatment of a case still works, or since when it does not.

    Raises: Refused before a treatment, for an answer that there is not, or a day outside the cycle.
    """
    if answer not in WearOffTold.Answer.values:
        raise Refused(_("Choose one answer."), field="answer")
    today = clock.today(by.zone)
    given = [day for day in treatment_days(case) if day < today]
    if not given:
        raise Refused(_("There is no treatment yet that could have worn off."), field="answer")
    since = worn_off_on if answer == WearOffTold.Answer.WORN_OFF else None
    if answer == WearOffTold.Answer.WORN_OFF:
        _check_since(since, given[-1], today)
    row = WearOffTold.objects.create(
        clinic_id=by.clinic_id,
        case=case,
        patient_id=case.patient_id,
        treated_on=given[-1],
        day=today,
        answer=answer,
        worn_off_on=since,
        entered_by=who(by),
        by_name=by.name,
    )
    record(by=by, what="wear_off.told", on=row, data={"answer": answer, "worn_off_on": since})
    return row


def _check_since(since: date | None, treated_on: date, today: date) -> None:
    if since is None:
        raise Refused(_("Say since about when."), field="since")
    if since > today:
        raise Refused(_("This day is still to come."), field="since")
    if since <= treated_on:
        raise Refused(_("This day lies before your last treatment."), field="since")
