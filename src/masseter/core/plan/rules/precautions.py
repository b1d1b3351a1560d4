"""What speaks against toxin in this person: the written precautions, allergies, infection at a site.

Source: L1, P24b, P28d.
"""

from __future__ import annotations

from collections.abc import Iterator

from masseter.core.consult.allergies import allergy_findings
from masseter.core.findings import Finding
from masseter.core.plan.case import PlanCase
from masseter.core.rules import concerns_product, concerns_regions, finding_of, regions_of, rules_for
from masseter.knowledge.model import FindingRule


def check_precautions(case: PlanCase) -> Iterator[Finding]:
    """The precautions and the condition's own rules for this product, these regions and this place."""
    regions = regions_of({point.site for point in case.plan.points}, case.knowledge)
    for rule in _rules(case):
        if concerns_product(rule, case.product.key) and concerns_regions(rule, regions):
            found = finding_of(rule, case.facts, case.knowledge.observations)
            if found is not None:
                yield found


def check_candidacy(case: PlanCase) -> Iterator[Finding]:
    """The findings of the candidacy that do not come from a rule that is asked again here."""
    asked_again = {code for rule in _rules(case) for code in (rule.code, f"{rule.code}-open")}
    for found in case.patient.candidacy:
        if found.code not in asked_again:
            yield found


def check_allergies(case: PlanCase) -> Iterator[Finding]:
    """The person's allergies beside the components of the plan's product."""
    yield from allergy_findings(case.product, _rules(case), case.facts, case.knowledge.observations)


def _rules(case: PlanCase) -> tuple[FindingRule, ...]:
    return rules_for(condition=case.condition, knowledge=case.knowledge, jurisdiction=case.jurisdiction)
