"""Whether what was given is recorded whole, and each departure from the plan has its reason.

Source: P5, P7, P10.
"""

from __future__ import annotations

from collections.abc import Iterator

from masseter.core.findings import Finding
from masseter.core.inject.case import TreatmentCase
from masseter.core.inject.deviations import find_deviations
from masseter.core.plan.case import rule_finding


def check_given(case: TreatmentCase) -> Iterator[Finding]:
    """Nothing given, points without units, and departures without a reason."""
    if not case.given:
        yield rule_finding("nothing-given", "stop", "Nothing is recorded as given.")
    for point in case.given:
        if not point.units:
            sentence = f"{point.id} has no units; record it as left out instead."
            yield rule_finding("given-nothing", "stop", sentence, subject=point.id)
    deviations = find_deviations(
        planned=case.approved.plan.points,
        given=case.given,
        left_out=case.left_out,
        drawn=case.drawn_as_planned,
    )
    for deviation in deviations:
        if not deviation.has_reason:
            words = deviation.kind.replace("_", " ")
            sentence = f"{deviation.point_id} departs from the plan ({words}); write the reason."
            yield rule_finding("deviation-reason-missing", "stop", sentence, subject=deviation.point_id)
