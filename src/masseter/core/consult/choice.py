"""Which diagnosis a clinician may work with: one whose criteria are met, or another with a reason."""

from __future__ import annotations

from masseter.core.consult.diagnose import DiagnosisResult


class UnknownDiagnosis(LookupError):
    """The condition has no such diagnosis."""


class ReasonMissing(ValueError):
    """The criteria of the chosen diagnosis are not all met, and no reason was written."""


def check_choice(results: tuple[DiagnosisResult, ...], code: str, reason: str) -> DiagnosisResult:
    """The result of the chosen diagnosis.

    Raises: UnknownDiagnosis; ReasonMissing where its criteria are not all met and no reason is given.
    """
    chosen = next((result for result in results if result.diagnosis.code == code), None)
    if chosen is None:
        raise UnknownDiagnosis(f"There is no diagnosis called {code!r} in this condition.")
    if chosen.answer != "met" and not reason.strip():
        raise ReasonMissing("Not all criteria of this diagnosis are met. Write why you work with it.")
    return chosen
