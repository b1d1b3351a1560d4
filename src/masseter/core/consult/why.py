"""The whole tree of reasons behind a candidacy: diagnosis, findings, open questions, all with sources."""

from __future__ import annotations

from masseter.core.answers import Answer
from masseter.core.consult.candidacy import Candidacy
from masseter.core.consult.diagnose import DiagnosisResult
from masseter.core.explain import Because, explain_rule
from masseter.core.facts import Facts
from masseter.core.findings import Finding
from masseter.core.questions import settle
from masseter.core.rules import holds_in, rules_for
from masseter.knowledge.model import Condition, FindingRule, Guideline, Knowledge, Position

OPEN = "-open"
POSITIONS: dict[Position, str] = {
    "for": "for it",
    "conditional_for": "for it under conditions",
    "none": "takes no position",
    "conditional_against": "against it under conditions",
    "against": "against it",
    "unread": "not read",
}


def explain_candidacy(
    candidacy: Candidacy, *, condition: Condition, knowledge: Knowledge, facts: Facts
) -> Because:
    """The tree behind a verdict; `facts` are those that it was made with.

    Raises: UnknownObservation when a rule names one that does not exist.
    """
    known = settle(facts, knowledge.observations)
    rules = {
        rule.code: rule
        for rule in rules_for(condition=condition, knowledge=knowledge, jurisdiction=candidacy.jurisdiction)
    }
    diagnoses = tuple(_diagnosis(each, known, knowledge) for each in candidacy.diagnoses)
    findings = tuple(_finding(each, rules, known, knowledge) for each in candidacy.findings)
    asked = tuple(
        Because(says=knowledge.observations[code].label, observation=code) for code in candidacy.questions
    )
    says = tuple(_guideline(each) for each in guidelines_for(candidacy, knowledge))
    sections = (("Diagnosis", diagnoses), ("Findings", findings), ("Guidelines", says), ("Ask next", asked))
    return Because(
        says=f"{condition.name}: {candidacy.verdict.replace('_', ' ')}",
        parts=tuple(Because(says=title, parts=parts) for title, parts in sections if parts),
    )


def guidelines_for(candidacy: Candidacy, knowledge: Knowledge) -> tuple[Guideline, ...]:
    """What guidelines say of the diagnoses made, or of the whole condition while none is made."""
    made = {result.diagnosis.code for result in candidacy.diagnoses if result.answer is Answer.MET}
    return tuple(
        one
        for one in knowledge.guidelines
        if candidacy.condition in one.conditions
        and holds_in(one, candidacy.jurisdiction)
        and (not one.diagnoses or not made or made & set(one.diagnoses))
    )


def guideline_words(one: Guideline) -> str:
    """A guideline in one line: its name, whether it is in force, its position and what it says."""
    gone = f", no longer in force ({one.until})" if one.until else ""
    strength = f", {one.strength}" if one.strength else ""
    return f"{one.title}{gone}: {POSITIONS[one.position]}{strength}. {one.text}"


def _guideline(one: Guideline) -> Because:
    return Because(says=guideline_words(one), sources=one.evidence.sources)


def _diagnosis(result: DiagnosisResult, facts: Facts, knowledge: Knowledge) -> Because:
    return Because(
        says=result.diagnosis.name,
        answer=result.answer,
        sources=result.diagnosis.evidence.sources,
        parts=tuple(
            Because(
                says=each.criterion.label,
                answer=each.outcome.answer,
                sources=each.criterion.evidence.sources,
                parts=(explain_rule(each.criterion.rule, facts, knowledge.observations),),
            )
            for each in result.criteria
        ),
    )


def _finding(finding: Finding, rules: dict[str, FindingRule], facts: Facts, knowledge: Knowledge) -> Because:
    rule = rules.get(finding.code.removesuffix(OPEN))
    parts = () if rule is None else (explain_rule(rule.when, facts, knowledge.observations),)
    return Because(says=f"{finding.severity}: {finding.sentence}", sources=finding.sources, parts=parts)
