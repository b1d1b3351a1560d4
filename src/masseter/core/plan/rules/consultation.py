"""Whether the consultation carries the plan: answers confirmed, decided together, diagnosis as it was.

Source: DESIGN.
"""

from __future__ import annotations

from collections.abc import Iterator

from masseter.core.answers import Answer
from masseter.core.consult.diagnose import diagnose
from masseter.core.consult.findings import DIAGNOSIS_NOT_MADE, DIAGNOSIS_OPEN
from masseter.core.findings import Finding
from masseter.core.plan.case import PlanCase, rule_finding

_SAID = {
    "wait": "The last shared decision is to wait.",
    "other_way": "The last shared decision is to try something else.",
    "no": "The last shared decision is against a treatment.",
}


def check_confirmed(case: PlanCase) -> Iterator[Finding]:
    """The patient's answers that no clinician has read and confirmed."""
    types = case.knowledge.observations
    waiting = sorted(
        (code for code in case.patient.unconfirmed if code in types), key=lambda code: types[code].order
    )
    if waiting:
        said = "; ".join(types[code].label for code in waiting)
        sentence = f"The patient's answers are not confirmed by a clinician yet: {said}."
        yield rule_finding("answers-unconfirmed", "caution", sentence)


def check_decided(case: PlanCase) -> Iterator[Finding]:
    """Patient and clinician have decided together to go ahead, and not otherwise since."""
    decided = case.patient.decided
    if decided == "":
        sentence = "Nothing is written down yet of what was decided together with the patient."
        yield rule_finding("decision-missing", "caution", sentence)
    elif decided is not None and decided != "go_ahead":
        yield rule_finding("decision-against", "caution", _SAID[decided])


def check_diagnosis(case: PlanCase) -> Iterator[Finding]:
    """The plan's diagnosis is still worked with, can be treated, and its criteria are still met."""
    names = {each.code: each.name for each in case.condition.diagnoses}
    own, now = case.plan.diagnosis, case.patient.diagnosis
    if now is not None and now != own:
        sentence = (
            f"The plan was drafted for {names.get(own, own or 'no diagnosis')}; "
            f"the working diagnosis is now {names.get(now, now or 'not chosen')}."
        )
        yield rule_finding("diagnosis-changed", "caution", sentence, case.condition.evidence)
    for result in diagnose(condition=case.condition, facts=case.facts):
        if result.diagnosis.code != own:
            continue
        if not result.diagnosis.treatable:
            sentence = f"Botulinum toxin is not offered for {result.diagnosis.name}."
            yield rule_finding("diagnosis-not-treatable", "caution", sentence, result.diagnosis.evidence)
        elif result.answer is not Answer.MET and not _is_said(case):
            left = "are not met" if result.answer is Answer.NOT_MET else "are not all known"
            sentence = f"The criteria of {result.diagnosis.name}, for which this plan is, {left}."
            yield rule_finding("diagnosis-unproven", "caution", sentence, result.diagnosis.evidence)


def _is_said(case: PlanCase) -> bool:
    """The candidacy says already that no diagnosis of the condition is made."""
    return bool({DIAGNOSIS_OPEN, DIAGNOSIS_NOT_MADE} & {found.code for found in case.patient.candidacy})
