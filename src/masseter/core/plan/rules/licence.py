"""Whether this use of this product is licensed here, and what is missing where it is not.

Source: P1, P5.
"""

from __future__ import annotations

from collections.abc import Iterator

from masseter.core.findings import Finding
from masseter.core.plan.case import PlanCase, rule_finding
from masseter.core.plan.label import ages_in_words, covers_age, uses_here
from masseter.knowledge.model import Condition, Jurisdiction, Licence, Protocol


def check_licence(case: PlanCase) -> Iterator[Finding]:
    """A product without licence here; a use outside the licence, which needs a written reason."""
    product = case.product
    if case.jurisdiction not in product.licensed_in:
        sentence = f"{product.brand} is not licensed in this jurisdiction ({case.jurisdiction})."
        yield rule_finding("product-unlicensed", "caution", sentence, product.evidence)
    elif not product.therapeutic:
        sentence = f"{product.brand} is licensed for cosmetic use only."
        yield rule_finding("product-cosmetic", "caution", sentence, product.evidence)
    yield from _age(case)
    licence = licence_of(case)
    if licence is not None and licence.status == "licensed":
        yield rule_finding("use-licensed", "note", licence.text, licence.evidence)
        return
    evidence = licence.evidence if licence else case.product.evidence
    said = licence.text if licence else f"This use of {product.brand} is not licensed here."
    if licence is not None and licence.status == "research":
        yield rule_finding("use-research", "caution", said, evidence)
    if case.plan.off_label_reason.strip():
        yield rule_finding("use-off-label", "note", said, evidence)
    else:
        sentence = f"{said} Write the reason for the off-label use in the plan."
        yield rule_finding("off-label-reason-missing", "caution", sentence, evidence)


def _age(case: PlanCase) -> Iterator[Finding]:
    """The label names this use, but not for people of this age."""
    age = case.facts.get("age_years")
    if age is None or not isinstance(age.value, int):
        return
    here = uses_here(case.product, case.jurisdiction)
    named = [use for use in here if case.plan.diagnosis in use.diagnoses]
    if named and not any(covers_age(use, age.value) for use in named):
        use = named[0]
        sentence = (
            f"{case.product.brand} is licensed for this use {ages_in_words(use)} only; at {age.value} years "
            "it is outside the licence."
        )
        yield rule_finding("age-outside-licence", "caution", sentence, use.evidence)


def licence_of(case: PlanCase) -> Licence | None:
    """The licence row for the use of a plan; None where none speaks of it."""
    return licence_for(
        product=case.product.key,
        protocol=case.protocol,
        condition=case.condition,
        diagnosis=case.plan.diagnosis,
        jurisdiction=case.jurisdiction,
    )


def licence_for(
    *,
    product: str,
    protocol: Protocol | None,
    condition: Condition,
    diagnosis: str,
    jurisdiction: Jurisdiction,
) -> Licence | None:
    """The most specific licence row for a use; of equally specific ones the licensed one; else None."""
    rows = [
        row
        for row in (*(protocol.licences if protocol else ()), *condition.licences)
        if row.jurisdiction == jurisdiction
        and row.product in ("", product)
        and (not row.diagnoses or diagnosis in row.diagnoses)
    ]
    return max(rows, key=_weight, default=None)


def _weight(row: Licence) -> tuple[int, bool]:
    return bool(row.product) + bool(row.diagnoses), row.status == "licensed"
