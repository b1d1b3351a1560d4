"""Taking and withdrawing the consent to photographs."""

from __future__ import annotations

from masseter.core.consult.photographs import SECTIONS
from masseter.journey.consult.actions.standing import sign_standing, withdraw_signed
from masseter.journey.consult.models import PhotographConsent
from masseter.journey.ground.action import action
from masseter.journey.ground.actor import Actor
from masseter.journey.ground.rights import Right
from masseter.journey.people.models import Patient

WHAT = "photograph_consent"


@action(Right.TAKE_CONSENT)
def take_photograph_consent(
    *,
    by: Actor,
    patient: Patient,
    signer_name: str,
    text_version: str,
    signature: str = "",
    has_read: bool = True,
) -> PhotographConsent:
    """Keep a consent to photographs with the very text that was read.

    Raises: Refused where one is in force, the text has changed since it was read, or nobody signs.
    """
    return sign_standing(
        PhotographConsent,
        SECTIONS,
        WHAT,
        by=by,
        patient=patient,
        signer_name=signer_name,
        text_version=text_version,
        signature=signature,
        has_read=has_read,
    )


@action(Right.TAKE_CONSENT, Right.OWN_CARE)
def withdraw_photograph_consent(
    *, by: Actor, photograph_consent: PhotographConsent, reason: str
) -> PhotographConsent:
    """Withdraw a consent to photographs; what was taken under it is hidden from then on.

    Raises: Refused without a reason, or when it was withdrawn already.
    """
    return withdraw_signed(photograph_consent, WHAT, by=by, reason=reason)
