"""Reading the requests for an appointment."""

from __future__ import annotations

from masseter.journey.ground.actor import Actor
from masseter.journey.ground.refusals import NotHere
from masseter.journey.screen.models import Referral

NEWEST_ANSWERED = 50


def new_referrals(by: Actor) -> list[Referral]:
    """Requests that nobody has answered, oldest first."""
    return list(Referral.objects.filter(clinic_id=by.clinic_id, state=Referral.State.NEW))


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
