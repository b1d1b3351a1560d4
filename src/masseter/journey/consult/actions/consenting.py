"""Taking and withdrawing consent."""

from __future__ import annotations

from dataclasses import asdict

from masseter.core.rules import UnknownProduct
from masseter.journey.audit.trail import record
from masseter.journey.consult.actions.concluding import check_open
from masseter.journey.consult.actions.standing import withdraw_signed
from masseter.journey.consult.models import Case, Consent
from masseter.journey.consult.queries import working_diagnosis
from masseter.journey.consult.verdicts import consent_text_of
from masseter.journey.ground import clock
from masseter.journey.ground.action import action
from masseter.journey.ground.actor import Actor
from masseter.journey.ground.refusals import Refused
from masseter.journey.ground.rights import Right


@action(Right.TAKE_CONSENT)
def take_consent(
    *,
    by: Actor,
    case: Case,
    signer_name: str,
    text_version: str,
    product: str = "",
    signature: str = "",
    has_read: bool = True,
    language: str = "en",
) -> Consent:
    """Keep a consent with the very text that was read, signed by drawing or by a typed name.

    Raises: Refused for a closed case, a text that has changed since it was read, or no signer.
    """
    check_open(case)
    try:
        text = consent_text_of(by, case, product=product)
    except UnknownProduct as error:
        raise Refused("Choose a product of the list, or leave it open.", field="product") from error
    if text.version != text_version:
        raise Refused("The text has changed since this page was opened. Read it again before signing.")
    if not signer_name.strip():
        raise Refused("Enter the name of the person who signs.", field="signer_name")
    if not has_read:
        raise Refused("Tick the box to say that the text was read and understood.", field="has_read")
    consent = Consent.objects.create(
        clinic_id=by.clinic_id,
        case=case,
        patient_id=case.patient_id,
        text_version=text.version,
        is_off_label=text.is_off_label,
        language=language,
        product=product,
        diagnosis=working_diagnosis(case),
        licensed=list(text.licensed),
        body=[asdict(section) for section in text.sections],
        signer_name=signer_name.strip(),
        signature=signature,
        signed_at=clock.now(),
        taken_by_name=by.name,
    )
    data = {"text_version": text.version, "is_off_label": text.is_off_label, "product": product}
    data |= {"diagnosis": consent.diagnosis, "licensed": consent.licensed}
    record(by=by, what="consent.signed", on=consent, data=data)
    return consent


@action(Right.TAKE_CONSENT, Right.OWN_CARE)
def withdraw_consent(*, by: Actor, consent: Consent, reason: str) -> Consent:
    """Withdraw a consent; no treatment may go on with it.

    Raises: Refused without a reason, or when it was withdrawn already.
    """
    return withdraw_signed(consent, "consent", by=by, reason=reason)
