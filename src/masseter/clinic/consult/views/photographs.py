"""The consent to photographs: read, signed on screen, shown, withdrawn."""

from __future__ import annotations

from typing import ClassVar

from masseter.clinic.consult.views.standing import StandingConsentView, Subject, TakeStandingConsentView
from masseter.core.consult.photographs import SECTIONS
from masseter.journey.consult.actions import take_photograph_consent, withdraw_photograph_consent
from masseter.journey.consult.models import PhotographConsent

PHOTOGRAPHS = Subject(
    kind=PhotographConsent,
    name="consent to photographs",
    sections=SECTIONS,
    agree="I have read this text, or it was read to me, and I agree to the photographs.",
    take_page="photograph_consent_take",
    page="photograph_consent",
    withdrawing="From then on no photograph can be taken or shown. They stay sealed in the record.",
    withdrawn="What was photographed under it is kept sealed, as the law asks, and shown to nobody.",
)


class TakePhotographConsentView(TakeStandingConsentView[PhotographConsent]):
    """Read the text together and sign it. It holds for every case of the patient."""

    page_name = "Taking consent to photographs"
    success = "The consent to photographs is signed."
    about: ClassVar = PHOTOGRAPHS
    sign = staticmethod(take_photograph_consent)


class PhotographConsentView(StandingConsentView[PhotographConsent]):
    """A consent to photographs as it was signed; it is withdrawn here, with a reason."""

    page_name = "Consent to photographs"
    success = "The consent is withdrawn. The photographs taken under it are shown to nobody any more."
    about: ClassVar = PHOTOGRAPHS

    def withdraw(self, reason: str) -> None:
        withdraw_photograph_consent(by=self.by, photograph_consent=self.consent, reason=reason)
