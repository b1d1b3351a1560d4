"""What speaks against toxin in this person: the written precautions, allergies, infection at a site.

Source: L1, P24b, P28d.
"""

from __future__ import annotations

from collections.abc import Iterator

from masseter.core.answers import evaluate, observations_of
from masseter.core.facts import NONE_CHOSEN, NOT_APPLICABLE, fact
from masseter.core.findings import Finding
from masseter.core.plan.case import PlanCase, rule_finding
from masseter.core.rules import concerns_product, concerns_regions, finding_of, regions_of, rules_for
from masseter.knowledge.model import FindingRule

ALLERGIES = "allergies"
ALLERGY_NOTE = "allergy_note"


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
    """An allergy to a component of the product, or to something else; never asked is not 'none'.

    It stops even where the component is known from memory alone: decision 012.
    """
    known = case.facts.get(ALLERGIES)
    value = known.value if known else None
    if value is NOT_APPLICABLE:
        return
    if not isinstance(value, (str, tuple)):
        yield Finding(
            code="allergies-unknown",
            severity="caution",
            sentence=f"Allergies are not known; ask before giving {case.product.brand}.",
            sources=case.product.evidence.sources,
            sure=case.product.evidence.sure,
            leads_to="needs_information",
            asks=(ALLERGIES,),
        )
        return
    named = {value} if isinstance(value, str) else set(value)
    for code in sorted(named - {NONE_CHOSEN}):
        part = next((part for part in case.product.excipients if _names(part.text, code)), None)
        if part is not None or code in case.product.allergens:
            sentence = f"Allergic to a component of {case.product.brand}: {code.replace('_', ' ')}."
            evidence = part.evidence if part else case.product.evidence
            yield rule_finding("allergy", "stop", sentence, evidence, code)
        elif not _is_said_by_a_rule(code, case):
            yield rule_finding("allergy-named", "caution", _named(code, case), case.product.evidence, code)


def _is_said_by_a_rule(code: str, case: PlanCase) -> bool:
    """A precaution for this product speaks of this allergy already."""
    alone = {ALLERGIES: fact(ALLERGIES, (code,))}
    return any(
        concerns_product(rule, case.product.key) and evaluate(rule.when, alone).is_met
        for rule in _rules(case)
        if observations_of(rule.when) == (ALLERGIES,)
    )


def _named(code: str, case: PlanCase) -> str:
    """An allergy that the product's list of components does not name, with what was written about it."""
    known = case.knowledge.observations.get(ALLERGIES)
    labels = {choice.code: choice.label for choice in known.choices} if known else {}
    note = case.facts.get(ALLERGY_NOTE)
    said = f" Written down: {note.value}." if note is not None and isinstance(note.value, str) else ""
    label = labels.get(code, code.replace("_", " "))
    return (
        f"Allergy on record: {label}. It is not a listed component of {case.product.brand}; make sure that "
        f"nothing used for the injection contains it.{said}"
    )


def _rules(case: PlanCase) -> tuple[FindingRule, ...]:
    return rules_for(condition=case.condition, knowledge=case.knowledge, jurisdiction=case.jurisdiction)


def _names(part: str, allergy: str) -> bool:
    """The words of an allergy all stand in the name of a part, e.g. polysorbate in polysorbate 80."""
    words = part.lower().replace("'", "").replace("(", " ").replace(")", " ").split()
    return set(allergy.lower().split("_")) <= set(words)
