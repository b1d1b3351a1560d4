"""Warning signs that are there and not worked up, whatever else is still unknown."""

from __future__ import annotations

from masseter.core.answers import Answer, evaluate
from masseter.core.facts import Facts
from masseter.core.findings import Finding, order_findings
from masseter.core.questions import settle
from masseter.core.rules import has_approval, met_finding
from masseter.knowledge.model import Condition, Jurisdiction, Knowledge


def raised_red_flags(
    *, knowledge: Knowledge, facts: Facts, condition: Condition | None, jurisdiction: Jurisdiction
) -> tuple[Finding, ...]:
    """The warning signs that the facts show, the most urgent first; without a condition the general ones."""
    own = condition.findings if condition is not None else ()
    known = settle(facts, knowledge.observations)
    return order_findings(
        met_finding(rule, known)
        for rule in (*knowledge.precautions, *own)
        if rule.is_red_flag
        and (not rule.jurisdictions or jurisdiction in rule.jurisdictions)
        and (not rule.conditions or (condition is not None and condition.code in rule.conditions))
        and evaluate(rule.when, known).answer is Answer.MET
        and not (rule.needs_approval and has_approval(rule.needs_approval, known))
    )
