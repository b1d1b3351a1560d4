"""What stands on a consent as paper: the very text that was signed, and the signature."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from masseter.journey.accounts.models import Clinic
from masseter.journey.consult.models import Consent
from masseter.knowledge.load import load
from masseter.ui.paper.letterhead import identity, letterhead

WITHOUT_DRAWING = "Signed with the typed name and a tick on the screen."


def consent_paper(consent: Consent, clinic: Clinic) -> dict[str, object]:
    """The data of the consent's paper."""
    knowledge, patient, zone = load(), consent.patient, ZoneInfo(clinic.zone)
    signed = consent.signed_at.astimezone(zone)
    title = f"Consent: {knowledge.conditions[consent.case.condition].name}"
    product = knowledge.products[consent.product].brand if consent.product else "decided with the plan"
    use = use_words(consent)
    named = knowledge.conditions[consent.case.condition].diagnoses
    diagnosis = next((each.name for each in named if each.code == consent.diagnosis), "any of this condition")
    return {
        **letterhead(
            clinic,
            title,
            f"{identity(patient)}. Signed on {signed:%-d %B %Y}.",
            version=f"Text version {consent.text_version}, signed {signed:%-d %B %Y, %H:%M}.",
            mark="Withdrawn" if consent.is_withdrawn else "",
        ),
        "facts": [
            ["Patient", identity(patient)],
            ["Product", product],
            ["Diagnosis", diagnosis],
            ["Use", use],
            ["Text version", consent.text_version],
        ],
        "sections": consent.body,
        "signature": consent.signature,
        "signed_without": WITHOUT_DRAWING,
        "signed": [
            ["Signed by", consent.signer_name],
            ["On", f"{signed:%-d %B %Y, %H:%M}"],
            *_where(consent, zone),
        ],
        "withdrawn": _withdrawal(consent, zone),
    }


def _where(consent: Consent, zone: ZoneInfo) -> list[list[str]]:
    """Where it was signed; at home also how the person had shown who they are, and the visit's word."""
    if consent.release is None or consent.shown_at is None:
        return [["Where", "At the clinic"], ["Taken by", consent.taken_by_name]]
    confirmed = "not yet"
    if consent.confirmed_at is not None:
        confirmed = f"{consent.confirmed_at.astimezone(zone):%-d %B %Y, %H:%M}, {consent.confirmed_by_name}"
    return [
        ["Where", "At home, after signing in"],
        ["Shown who they are", f"{consent.shown_at.astimezone(zone):%-d %B %Y, %H:%M}"],
        ["Talk before", f"{consent.release.talked_on:%-d %B %Y}, released by {consent.release.by_name}"],
        ["Confirmed at the visit", confirmed],
    ]


def use_words(consent: Consent) -> str:
    """What the signed text says of the licence."""
    if consent.licensed and consent.is_off_label:
        brands = ", ".join(load().products[key].brand for key in consent.licensed if key in load().products)
        return f"licensed with {brands}, off-label with other products"
    return "off-label" if consent.is_off_label else "licensed"


def _withdrawal(consent: Consent, zone: ZoneInfo) -> str:
    if consent.withdrawn_at is None:
        return ""
    on = consent.withdrawn_at.astimezone(zone)
    return f"{on:%-d %B %Y, %H:%M}, {consent.withdrawn_by_name}: {consent.withdrawn_reason}"
