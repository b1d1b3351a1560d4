"""Warning signs that are there, whatever else is still unknown: all of them, or those not worked up yet."""

from __future__ import annotations

from masseter.core.answers import Answer, evaluate
from masseter.core.consult.clearance import clearances_of
from masseter.core.facts import Facts
from masseter.core.findings import Finding, order_findings
from masseter.core.questions import settle
from masseter.core.rules import has_approval, holds_in, met_finding
from masseter.knowledge.model import Condition, FindingRule, Jurisdiction, Knowledge


def raised_red_flags(
    *, knowledge: Knowledge, facts: Facts, condition: Condition | None, jurisdiction: Jurisdiction
) -> tuple[Finding, ...]:
    """The warning signs that the facts show, the most urgent first; without a condition the general ones.

    That one was worked up before takes nothing away: whoever reports it is told what to do now.
    """
    rules = _rules(knowledge, condition, jurisdiction)
    cleared = clearances_of(rules)
    known = settle(facts, knowledge.observations)
    bare = {code: fact for code, fact in known.items() if code not in cleared}
    return order_findings(met_finding(rule, bare) for rule in rules if _is_there(rule, bare))


def open_red_flags(
    *, knowledge: Knowledge, facts: Facts, condition: Condition | None, jurisdiction: Jurisdiction
) -> tuple[Finding, ...]:
    """The warning signs that the facts show and that nobody has worked up yet, the most urgent first."""
    known = settle(facts, knowledge.observations)
    return order_findings(
        met_finding(rule, known)
        for rule in _rules(knowledge, condition, jurisdiction)
        if _is_there(rule, known) and not (rule.needs_approval and has_approval(rule.needs_approval, known))
    )


def _is_there(rule: FindingRule, facts: Facts) -> bool:
    return evaluate(rule.when, facts).answer is Answer.MET


def _rules(
    knowledge: Knowledge, condition: Condition | None, jurisdiction: Jurisdiction
) -> tuple[FindingRule, ...]:
    own = condition.findings if condition is not None else ()
    return tuple(
        rule
        for rule in (*knowledge.precautions, *own)
        if rule.is_red_flag
        and holds_in(rule, jurisdiction)
        and (not rule.conditions or (condition is not None and condition.code in rule.conditions))
    )
