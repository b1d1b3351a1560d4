"""What speaks against going on with the product in use, judged again at a review visit.

Source: L1, P24b, P28d.
"""

from __future__ import annotations

from masseter.core.consult.allergies import allergy_findings
from masseter.core.consult.candidacy import assess_candidacy
from masseter.core.facts import Facts
from masseter.core.findings import Finding, order_findings
from masseter.core.plan.lookup import find_product
from masseter.core.questions import settle
from masseter.core.rules import rules_for
from masseter.knowledge.model import Condition, Jurisdiction, Knowledge


def findings_at_review(
    *,
    condition: Condition,
    knowledge: Knowledge,
    facts: Facts,
    jurisdiction: Jurisdiction,
    product: str = "",
) -> tuple[Finding, ...]:
    """The candidacy's findings with the product of the last treatment, and its components' allergies.

    Before a first treatment there is no product, and what one label alone forbids only warns.
    Raises: UnknownProduct.
    """
    candidacy = assess_candidacy(
        condition=condition,
        knowledge=knowledge,
        facts=facts,
        jurisdiction=jurisdiction,
        product=product or None,
    )
    if not product:
        return candidacy.findings
    rules = rules_for(condition=condition, knowledge=knowledge, jurisdiction=jurisdiction)
    known = settle(facts, knowledge.observations)
    allergies = allergy_findings(find_product(knowledge, product), rules, known, knowledge.observations)
    return order_findings((*candidacy.findings, *allergies))
