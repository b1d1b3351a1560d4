"""What to do next: repeat, adjust, pause, stop or refer, with the published rules behind it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from masseter.core.answers import Outcome, evaluate
from masseter.core.facts import Facts
from masseter.core.findings import Finding, order_findings
from masseter.core.questions import askable, settle
from masseter.core.rules import holds_in
from masseter.knowledge.model import (
    Condition,
    FollowUpRule,
    Jurisdiction,
    Knowledge,
    Recommends,
    Sureness,
)

PRECEDENCE: tuple[Recommends, ...] = ("refer", "stop", "pause", "adjust", "repeat")

Advice = Recommends | Literal["ask", "discuss"]


@dataclass(frozen=True, kw_only=True)
class FollowUpReason:
    """One rule or safety finding that is met and what it recommends."""

    code: str
    recommends: Recommends
    sentence: str
    plain: str
    sources: tuple[str, ...] = ()
    sure: Sureness = "design"


@dataclass(frozen=True, kw_only=True)
class Recommendation:
    """The advice, all its reasons with the gravest first, and what is still to be asked.

    `ask`: an open question could lead to graver advice than `so_far`, which is what the known facts
    alone recommend. `discuss`: everything is known and no published rule decides.
    """

    recommends: Advice
    so_far: Recommends | None
    reasons: tuple[FollowUpReason, ...]
    questions: tuple[str, ...]


def recommend(
    *,
    condition: Condition,
    knowledge: Knowledge,
    facts: Facts,
    jurisdiction: Jurisdiction,
    findings: Iterable[Finding] = (),
    diagnosis: str = "",
    product: str = "",
) -> Recommendation:
    """The gravest advice of all rules that are met; refer over stop, pause, adjust and repeat.

    `diagnosis` and `product` are those of the last treatment; a rule that names some holds for these.
    `findings`: those of a candidacy assessed again at the visit; what was safe then may not be now.
    Raises: UnknownObservation when a rule names one that does not exist.
    """
    known = settle(facts, knowledge.observations)
    rules = [
        rule
        for rule in _in_force(condition, jurisdiction)
        if (not rule.diagnoses or diagnosis in rule.diagnoses)
        and (not rule.products or product in rule.products)
    ]
    judged = [(rule, evaluate(rule.when, known)) for rule in rules]
    reasons = [_of_rule(rule) for rule, outcome in judged if outcome.is_met]
    findings_seen = order_findings(findings)
    reasons += [reason for finding in findings_seen for reason in _of_finding(finding)]
    reasons.sort(key=lambda reason: (PRECEDENCE.index(reason.recommends), reason.code))
    so_far = reasons[0].recommends if reasons else None
    open_codes = _questions(judged, findings_seen, so_far)
    questions = askable(open_codes, known, knowledge.observations)
    return Recommendation(
        recommends="ask" if questions else so_far or "discuss",
        so_far=so_far,
        reasons=tuple(reasons),
        questions=questions,
    )


def _in_force(condition: Condition, jurisdiction: Jurisdiction) -> list[FollowUpRule]:
    return [rule for rule in condition.follow_up if holds_in(rule, jurisdiction)]


def _questions(
    judged: list[tuple[FollowUpRule, Outcome]], findings: tuple[Finding, ...], so_far: Recommends | None
) -> tuple[str, ...]:
    """What is missing for graver advice than so far: first for safety, then for the gravest rules."""
    reached = len(PRECEDENCE) if so_far is None else PRECEDENCE.index(so_far)
    if reached == 0:
        return ()
    safety = [code for finding in findings if finding.severity != "note" for code in finding.asks]
    graver = sorted(
        (item for item in judged if PRECEDENCE.index(item[0].recommends) < reached),
        key=lambda item: (PRECEDENCE.index(item[0].recommends), item[0].code),
    )
    rules = [code for _, outcome in graver for code in outcome.missing]
    return tuple(dict.fromkeys([*safety, *rules]))


def _of_rule(rule: FollowUpRule) -> FollowUpReason:
    return FollowUpReason(
        code=rule.code,
        recommends=rule.recommends,
        sentence=rule.sentence,
        plain=rule.plain,
        sources=rule.evidence.sources,
        sure=rule.evidence.sure,
    )


def _of_finding(finding: Finding) -> tuple[FollowUpReason, ...]:
    if finding.is_open or finding.leads_to not in ("refer_urgently", "not_a_candidate"):
        return ()
    return (
        FollowUpReason(
            code=finding.code,
            recommends="refer" if finding.leads_to == "refer_urgently" else "stop",
            sentence=finding.sentence,
            plain=finding.plain,
            sources=finding.sources,
            sure=finding.sure,
        ),
    )
