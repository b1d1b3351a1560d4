"""Which diagnosis a clinician may work with: a treatable one that is met, or another with a reason."""

from __future__ import annotations

from masseter.core.consult.diagnose import DiagnosisResult


class UnknownDiagnosis(LookupError):
    """The condition has no such diagnosis."""


class ReasonMissing(ValueError):
    """The chosen diagnosis is not proven, or not one that is treated, and no reason was written."""


def check_choice(results: tuple[DiagnosisResult, ...], code: str, reason: str) -> DiagnosisResult:
    """The result of the chosen diagnosis.

    Raises: UnknownDiagnosis; ReasonMissing without a reason where its criteria are not all met, or where
    botulinum toxin is not offered for it.
    """
    chosen = next((result for result in results if result.diagnosis.code == code), None)
    if chosen is None:
        raise UnknownDiagnosis(f"There is no diagnosis called {code!r} in this condition.")
    if chosen.answer != "met" and not reason.strip():
        raise ReasonMissing("Not all criteria of this diagnosis are met. Write why you work with it.")
    if not chosen.diagnosis.treatable and not reason.strip():
        raise ReasonMissing("Botulinum toxin is not offered for this diagnosis. Write why you work with it.")
    return chosen
