"""Gauges in words: what stands over a limit is as grave as the limit is."""

from __future__ import annotations

from fractions import Fraction

import pytest

from masseter.clinic.plan.gauges import gauge_words
from masseter.core.plan.gauges import Gauge
from masseter.knowledge.model import Severity


@pytest.mark.parametrize("severity", ["note", "caution", "stop"])
def test_units_over_a_limit_have_the_tone_of_the_limit(severity: Severity) -> None:
    units = {"units": Fraction(50), "counted": Fraction(50), "most": Fraction(40)}
    gauge = Gauge(site="", side="", span=None, exceeded=severity, **units)

    whole = gauge_words([gauge], ()).whole

    assert (whole.tone, whole.standing) == (severity, "over the limit")
