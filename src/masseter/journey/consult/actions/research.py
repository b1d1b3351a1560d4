"""Taking and withdrawing the consent to the registry."""

from __future__ import annotations

from masseter.core.consult.research import SECTIONS
from masseter.journey.consult.actions.standing import sign_standing, withdraw_signed
from masseter.journey.consult.models import ResearchConsent
from masseter.journey.ground.action import action
from masseter.journey.ground.actor import Actor
from masseter.journey.ground.rights import Right
from masseter.journey.people.models import Patient

WHAT = "research_consent"


@action(Right.TAKE_CONSENT)
def take_research_consent(
    *,
    by: Actor,
    patient: Patient,
    signer_name: str,
    text_version: str,
    signature: str = "",
    has_read: bool = True,
) -> ResearchConsent:
    """Keep a consent to the registry with the very text that was read.

    Raises: Refused where one is in force, the text has changed since it was read, or nobody signs.
    """
    return sign_standing(
        ResearchConsent,
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
def withdraw_research_consent(
    *, by: Actor, research_consent: ResearchConsent, reason: str
) -> ResearchConsent:
    """Withdraw a consent to the registry; no new release holds anything of the patient from then on.

    Raises: Refused without a reason, or when it was withdrawn already.
    """
    return withdraw_signed(research_consent, WHAT, by=by, reason=reason)
