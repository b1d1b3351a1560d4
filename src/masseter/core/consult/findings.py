"""The three kinds of findings of a candidacy: precautions, diagnosis, licence."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace

from masseter.core.answers import Answer
from masseter.core.consult.diagnose import DiagnosisResult
from masseter.core.facts import Facts
from masseter.core.findings import SEVERITIES, Finding
from masseter.core.rules import concerns_product, concerns_regions, finding_of
from masseter.knowledge.model import Condition, FindingRule, Jurisdiction, Knowledge, Licence, Severity

DIAGNOSIS_OPEN = "diagnosis-open"
DIAGNOSIS_NOT_MADE = "diagnosis-not-made"
ALSO_FITS = "also-fits"
LICENCE_NOT_RECORDED = "licence-not-recorded"


def precaution_findings(
    rules: Iterable[FindingRule],
    facts: Facts,
    knowledge: Knowledge,
    *,
    product: str | None,
    regions: Collection[str],
) -> tuple[Finding, ...]:
    """The findings of the rules that concern the product and the regions, met or open."""
    cosmetic = frozenset(key for key, each in knowledge.products.items() if not each.therapeutic)
    concerned = (
        rule for rule in rules if concerns_product(rule, product) and concerns_regions(rule, regions)
    )
    judged = ((rule, finding_of(rule, facts, knowledge.observations)) for rule in concerned)
    return tuple(
        _as_choice(rule, finding, product, cosmetic) for rule, finding in judged if finding is not None
    )


def diagnosis_findings(condition: Condition, results: tuple[DiagnosisResult, ...]) -> tuple[Finding, ...]:
    """Why the diagnosis does not carry a treatment yet, and which look-alikes also fit."""
    treatable = [result for result in results if result.diagnosis.treatable]
    others = [_also_fits(result) for result in results if _is_made(result) and not result.diagnosis.treatable]
    if any(_is_made(result) for result in treatable):
        return tuple(others)
    still_open = [result for result in treatable if result.answer is Answer.UNKNOWN]
    return (_open(condition, still_open) if still_open else _not_made(condition), *others)


def licence_findings(
    condition: Condition,
    results: tuple[DiagnosisResult, ...],
    *,
    jurisdiction: Jurisdiction,
    product: str | None,
) -> tuple[Finding, ...]:
    """A note for each licence that speaks of this use; the product's own wins over the general one."""
    made = {result.diagnosis.code for result in results if _is_made(result) and result.diagnosis.treatable}
    speaking = [
        licence
        for licence in condition.licences
        if licence.jurisdiction == jurisdiction
        and (not licence.diagnoses or not made or made & set(licence.diagnoses))
    ]
    if product is not None:
        own = [licence for licence in speaking if licence.product == product]
        speaking = own or [licence for licence in speaking if not licence.product]
    return tuple(_licence(licence) for licence in speaking) or (_no_licence(condition, jurisdiction),)


def _as_choice(
    rule: FindingRule, finding: Finding, product: str | None, cosmetic: Collection[str]
) -> Finding:
    """A rule about some products is a matter of choice while no product has been chosen.

    It then warns; where all of them are sold for looks alone it is only told, since hardly anybody would
    choose one. The plan asks again with the product that is chosen. What is not known is still asked.
    """
    if not rule.products:
        return finding
    if product is not None:
        return replace(finding, subject=product)
    milder: Severity = "note" if set(rule.products) <= set(cosmetic) else "caution"
    is_milder = SEVERITIES.index(milder) > SEVERITIES.index(finding.severity) and not finding.is_open
    return replace(
        finding,
        severity=milder if is_milder else finding.severity,
        leads_to=finding.leads_to if finding.is_open else "candidate",
        subject=" ".join(rule.products),
    )


def _is_made(result: DiagnosisResult) -> bool:
    return result.answer is Answer.MET


def _open(condition: Condition, results: list[DiagnosisResult]) -> Finding:
    names = ", ".join(result.diagnosis.name for result in results)
    return Finding(
        code=DIAGNOSIS_OPEN,
        severity="caution",
        sentence=f"No diagnosis of {condition.name} is made yet; still possible: {names}.",
        plain="It is not yet clear what you have. Some questions or tests are still open.",
        sources=_sources(results),
        leads_to="needs_information",
        asks=tuple(dict.fromkeys(code for result in results for code in result.missing)),
    )


def _not_made(condition: Condition) -> Finding:
    return Finding(
        code=DIAGNOSIS_NOT_MADE,
        severity="caution",
        sentence=f"{condition.name}: no diagnosis that botulinum toxin may be considered for is met.",
        plain=f"What was found does not fit {condition.plain_name}. Another cause should be looked for.",
        sources=condition.evidence.sources,
        sure=condition.evidence.sure,
        leads_to="something_else_first",
    )


def _also_fits(result: DiagnosisResult) -> Finding:
    diagnosis = result.diagnosis
    kind = "as well" if diagnosis.accompanies else "for which botulinum toxin is not offered"
    sentence = f"{diagnosis.name} is met, {kind}. {diagnosis.look_alike}"
    return Finding(
        code=f"{ALSO_FITS}-{diagnosis.code}",
        severity="note",
        sentence=sentence.strip(),
        plain=f"What was found also fits {diagnosis.plain_name}.",
        sources=diagnosis.evidence.sources,
        sure=diagnosis.evidence.sure,
        subject=diagnosis.code,
    )


def _licence(licence: Licence) -> Finding:
    return Finding(
        code=f"licence-{licence.status.replace('_', '-')}",
        severity="note",
        sentence=licence.text,
        plain=licence.text,
        sources=licence.evidence.sources,
        sure=licence.evidence.sure,
        subject=licence.product,
    )


def _no_licence(condition: Condition, jurisdiction: Jurisdiction) -> Finding:
    return Finding(
        code=LICENCE_NOT_RECORDED,
        severity="note",
        sentence=f"{condition.name}: no licence for this use is on record ({jurisdiction}); it is off-label.",
        plain="This medicine is not officially approved for this use here.",
    )


def _sources(results: list[DiagnosisResult]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(key for result in results for key in result.diagnosis.evidence.sources))
