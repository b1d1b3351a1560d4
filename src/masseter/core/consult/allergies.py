"""Allergies of a person beside the components of one product.

Source: L1, P24b, P28d.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from masseter.core.answers import evaluate, observations_of
from masseter.core.facts import NONE_CHOSEN, NOT_APPLICABLE, Facts, fact
from masseter.core.findings import Finding
from masseter.core.questions import ObservationTypes
from masseter.core.rules import concerns_product
from masseter.knowledge.model import FindingRule, Product

ALLERGIES = "allergies"
ALLERGY_NOTE = "allergy_note"


def allergy_findings(
    product: Product, rules: Iterable[FindingRule], facts: Facts, types: ObservationTypes
) -> Iterator[Finding]:
    """An allergy to a component of the product, or to something else; never asked is not 'none'.

    It stops even where the component is known from memory alone: decision 012. `rules`: those in force,
    so that an allergy which one of them names for this product is not said twice.
    """
    known = facts.get(ALLERGIES)
    value = known.value if known else None
    if value is NOT_APPLICABLE:
        return
    if not isinstance(value, (str, tuple)):
        yield _not_known(product)
        return
    named = {value} if isinstance(value, str) else set(value)
    written = tuple(rules)
    for code in sorted(named - {NONE_CHOSEN}):
        part = next((part for part in product.excipients if _names(part.text, code)), None)
        if part is not None or code in product.allergens:
            sentence = f"Allergic to a component of {product.brand}: {code.replace('_', ' ')}."
            evidence = part.evidence if part else product.evidence
            yield Finding(
                code="allergy",
                severity="stop",
                sentence=sentence,
                sources=evidence.sources,
                sure=evidence.sure,
                leads_to="not_a_candidate",
                subject=code,
            )
        elif not _is_said_by_a_rule(code, product, written):
            yield _of_something_else(code, product, facts, types)


def _not_known(product: Product) -> Finding:
    return Finding(
        code="allergies-unknown",
        severity="caution",
        sentence=f"Allergies are not known; ask before giving {product.brand}.",
        sources=product.evidence.sources,
        sure=product.evidence.sure,
        leads_to="needs_information",
        asks=(ALLERGIES,),
    )


def _is_said_by_a_rule(code: str, product: Product, rules: tuple[FindingRule, ...]) -> bool:
    """A precaution for this product speaks of this allergy already."""
    alone = {ALLERGIES: fact(ALLERGIES, (code,))}
    return any(
        concerns_product(rule, product.key) and evaluate(rule.when, alone).is_met
        for rule in rules
        if observations_of(rule.when) == (ALLERGIES,)
    )


def _of_something_else(code: str, product: Product, facts: Facts, types: ObservationTypes) -> Finding:
    """An allergy that the product's list of components does not name, with what was written about it."""
    known = types.get(ALLERGIES)
    labels = {choice.code: choice.label for choice in known.choices} if known else {}
    note = facts.get(ALLERGY_NOTE)
    said = f" Written down: {note.value}." if note is not None and isinstance(note.value, str) else ""
    label = labels.get(code, code.replace("_", " "))
    sentence = (
        f"Allergy on record: {label}. It is not a listed component of {product.brand}; make sure that "
        f"nothing used for the injection contains it.{said}"
    )
    return Finding(
        code="allergy-named",
        severity="caution",
        sentence=sentence,
        sources=product.evidence.sources,
        sure=product.evidence.sure,
        subject=code,
    )


def _names(part: str, allergy: str) -> bool:
    """The words of an allergy all stand in the name of a part, e.g. polysorbate in polysorbate 80."""
    words = part.lower().replace("'", "").replace("(", " ").replace(")", " ").split()
    return set(allergy.lower().split("_")) <= set(words)
