"""Which curve a person is forecast from, and which of them a patient may see."""

from __future__ import annotations

from dataclasses import replace

from masseter.core.results.curves import curve_for
from tests.knowledge.test_curves import CURVE, FIT

FITTED = replace(CURVE, key="fitted", kind="fitted", fit=FIT)
UNCALIBRATED = replace(FITTED, fit=replace(FIT, is_calibrated=False))
ASKED = {"condition": "tmd", "measure": "nrs_pain"}


def test_curve_that_is_not_calibrated_never_reaches_a_patient() -> None:
    assert curve_for([UNCALIBRATED], **ASKED, for_patient=True) is None
    assert curve_for([UNCALIBRATED, CURVE], **ASKED, for_patient=True) is CURVE


def test_curve_that_is_not_calibrated_is_shown_to_the_clinic() -> None:
    assert curve_for([CURVE, UNCALIBRATED], **ASKED, for_patient=False) is UNCALIBRATED


def test_calibrated_fit_comes_before_the_literature_for_everybody() -> None:
    assert curve_for([CURVE, FITTED], **ASKED, for_patient=True) is FITTED


def test_literature_serves_until_there_is_a_fit() -> None:
    assert curve_for([CURVE], **ASKED, for_patient=True) is CURVE


def test_measure_without_a_curve_has_none() -> None:
    assert curve_for([CURVE, FITTED], condition="tmd", measure="phq9", for_patient=False) is None
