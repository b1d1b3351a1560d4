"""Reading the requests for an appointment."""

from __future__ import annotations

from masseter.journey.ground.action import check_right
from masseter.journey.ground.actor import Actor
from masseter.journey.ground.refusals import NotHere
from masseter.journey.ground.rights import Right
from masseter.journey.people.models import Patient
from masseter.journey.screen.models import Referral

NEWEST_ANSWERED = 50


GET_HELP_NOW = "get_help_now"


def new_referrals(by: Actor) -> list[Referral]:
    """Requests that nobody has answered: 'get help now' first, then open warning signs, then the oldest."""
    waiting = Referral.objects.filter(clinic_id=by.clinic_id, state=Referral.State.NEW)
    return sorted(waiting, key=lambda one: (one.outcome != GET_HELP_NOW, not one.red_flags_open))


def referrals_of(by: Actor, patient: Patient) -> list[Referral]:
    """The requests that became this patient's, newest first; for those who may open the chart."""
    check_right(by, Right.SEE_CHART)
    mine = Referral.objects.filter(clinic_id=by.clinic_id, patient=patient, state=Referral.State.ACCEPTED)
    return list(mine.order_by("-created_at", "-id"))


def checked_before(by: Actor, patient: Patient) -> str:
    """The condition of the newest self-check that became this patient's; '' where there was none."""
    mine = Referral.objects.filter(clinic_id=by.clinic_id, patient=patient, state=Referral.State.ACCEPTED)
    checked = mine.exclude(checked_condition="").order_by("-created_at", "-id")
    return checked.values_list("checked_condition", flat=True).first() or ""


def answered_referrals(by: Actor) -> list[Referral]:
    """Requests answered last, newest first."""
    answered = Referral.objects.filter(clinic_id=by.clinic_id).exclude(state=Referral.State.NEW)
    return list(answered.select_related("patient").order_by("-answered_at")[:NEWEST_ANSWERED])


def referral_of(by: Actor, referral_id: int) -> Referral:
    """One request.

    Raises: NotHere.
    """
    mine = Referral.objects.filter(clinic_id=by.clinic_id, pk=referral_id)
    found = mine.select_related("patient").first()
    if found is None:
        raise NotHere("There is no such request.")
    return found
