"""Which time course a person is forecast from."""

from __future__ import annotations

from collections.abc import Iterable

from masseter.knowledge.model import ResponseCurve


def curve_for(
    curves: Iterable[ResponseCurve], *, condition: str, measure: str, for_patient: bool
) -> ResponseCurve | None:
    """The curve of a measure of a condition: the fitted one where there is one, else the literature's.

    `for_patient`: one whose report says that its bands do not hold is passed over. None where nothing is
    known, since absent evidence gives no number.
    """
    fits = [one for one in curves if one.condition == condition and one.measure == measure]
    fitted = next((one for one in fits if one.fit is not None), None)
    if fitted is not None and fitted.fit is not None and (fitted.fit.is_calibrated or not for_patient):
        return fitted
    return next((one for one in fits if one.fit is None), None)
