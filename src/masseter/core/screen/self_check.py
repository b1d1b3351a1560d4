"""The self-check: red flags first, then the questions of the condition, one answer of three."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from masseter.core.answers import Answer, evaluate, observations_of
from masseter.core.facts import Facts
from masseter.core.findings import URGENCIES, Finding, order_findings
from masseter.core.questions import askable, settle, type_of
from masseter.core.rules import finding_of, rules_for
from masseter.knowledge.model import (
    Condition,
    FindingRule,
    Jurisdiction,
    Knowledge,
    ObservationType,
)

HELP = "refer_urgently"
TURNS_AWAY = frozenset({"not_a_candidate", "something_else_first"})


class SelfCheckAnswer(StrEnum):
    """How a self-check ends."""

    WORTH_CONSULTATION = "worth_consultation"
    SOMETHING_ELSE_FIRST = "something_else_first"
    GET_HELP_NOW = "get_help_now"


class Fit(StrEnum):
    """What the answers about the complaint say: it fits, it does not, or it cannot be told, and why not."""

    FITS = "fits"
    DOES_NOT_FIT = "does_not_fit"
    LEFT_OUT = "left_out"
    NOT_KNOWN = "not_known"


@dataclass(frozen=True, kw_only=True)
class SelfCheck:
    """The answer of a self-check with its reasons.

    `reasons` are the findings' sentences for the patient, the gravest first; `fit` is what the answers
    about the complaint say beside them. `red_flags_open` names the warning
    signs that were not answered: while there are any, the answer reassures nobody. `is_undecided`:
    nothing turns away and nothing fits, because questions about the complaint are open.
    """

    answer: SelfCheckAnswer
    urgency: str
    findings: tuple[Finding, ...]
    unanswered: tuple[str, ...]
    reasons: tuple[str, ...]
    fit: Fit
    red_flags_open: tuple[str, ...]
    is_undecided: bool
    knowledge_version: str

    @property
    def is_reassuring(self) -> bool:
        """Every warning sign was answered, and none is there."""
        return self.answer is not SelfCheckAnswer.GET_HELP_NOW and not self.red_flags_open


def questions_for(condition: Condition, knowledge: Knowledge) -> tuple[ObservationType, ...]:
    """The questions of the self-check in the order asked: red flags first, then the condition's.

    Raises: UnknownObservation when a rule or the condition names one that does not exist.
    """
    rules = [rule for rule in (*knowledge.precautions, *condition.findings) if _is_asked(rule, condition)]
    flags = [code for rule in rules if rule.is_red_flag for code in observations_of(rule.when)]
    others = [code for rule in rules if not rule.is_red_flag for code in observations_of(rule.when)]
    own = [*condition.self_check, *observations_of(condition.worth_consultation)]
    types = [type_of(code, knowledge.observations) for code in dict.fromkeys([*flags, *own, *others])]
    return tuple(type_ for type_ in types if "self_check" in type_.asked_in)


def red_flag_codes(rules: Iterable[FindingRule]) -> frozenset[str]:
    """The observations that these rules take as warning signs."""
    return frozenset(code for rule in rules if rule.is_red_flag for code in observations_of(rule.when))


def run_self_check(
    *, condition: Condition, knowledge: Knowledge, facts: Facts, jurisdiction: Jurisdiction
) -> SelfCheck:
    """Whether a consultation is worth it, something else comes first, or help is needed at once.

    A warning sign that is there decides alone. One that was not answered never counts as absent.
    Where questions about the complaint were left out, they come first: nothing is called worth a
    consultation before anything was said. Where they were answered with 'don't know', a clinician can ask.
    """
    known = settle(facts, knowledge.observations)
    rules = rules_for(condition=condition, knowledge=knowledge, jurisdiction=jurisdiction)
    asked = [rule for rule in rules if rule.in_self_check]
    findings = order_findings(
        finding for rule in asked if (finding := finding_of(rule, known, knowledge.observations)) is not None
    )
    worth = evaluate(condition.worth_consultation, known)
    open_ = askable(worth.missing, known, knowledge.observations) if worth.is_unknown else ()
    fit = _fit(worth.answer, left_out=any(code not in facts for code in open_))
    missing = [code for finding in findings for code in finding.asks]
    flags = [code for rule in asked if rule.is_red_flag for code in evaluate(rule.when, known).missing]
    return SelfCheck(
        answer=_answer(findings, fit),
        urgency=_urgency(findings),
        findings=findings,
        unanswered=askable([*missing, *worth.missing], known, knowledge.observations),
        reasons=tuple(f.plain for f in findings if f.plain),
        fit=fit,
        red_flags_open=askable(flags, known, knowledge.observations),
        is_undecided=fit in (Fit.LEFT_OUT, Fit.NOT_KNOWN) and not _leads(findings),
        knowledge_version=knowledge.version,
    )


def _is_asked(rule: FindingRule, condition: Condition) -> bool:
    return rule.in_self_check and (not rule.conditions or condition.code in rule.conditions)


def _fit(worth: Answer, *, left_out: bool) -> Fit:
    if worth is Answer.UNKNOWN:
        return Fit.LEFT_OUT if left_out else Fit.NOT_KNOWN
    return Fit.FITS if worth is Answer.MET else Fit.DOES_NOT_FIT


def _leads(findings: tuple[Finding, ...]) -> set[str]:
    return {str(finding.leads_to) for finding in findings} & {HELP, *TURNS_AWAY}


def _answer(findings: tuple[Finding, ...], fit: Fit) -> SelfCheckAnswer:
    leads = _leads(findings)
    if HELP in leads:
        return SelfCheckAnswer.GET_HELP_NOW
    if leads or fit in (Fit.DOES_NOT_FIT, Fit.LEFT_OUT):
        return SelfCheckAnswer.SOMETHING_ELSE_FIRST
    return SelfCheckAnswer.WORTH_CONSULTATION


def _urgency(findings: tuple[Finding, ...]) -> str:
    urgencies = {finding.urgency for finding in findings}
    return next((urgency for urgency in URGENCIES if urgency in urgencies), "")
