"""The six conditions as the program knows them."""

from __future__ import annotations

from masseter.cli.reference.words import GENERATED, amount, proof, rule, table
from masseter.knowledge.model import Condition, Knowledge


def conditions(known: Knowledge) -> str:
    """Diagnoses, criteria, candidacy, follow-up rules, licences and codes."""
    ordered = sorted(known.conditions.values(), key=lambda condition: condition.order)
    return GENERATED + "# Conditions\n\n" + "".join(_condition(each) for each in ordered)


def _condition(told: Condition) -> str:
    text = f"## {told.name}\n\nCode `{told.code}`. Main measure `{told.main_measure}`; "
    text += f"a responder has {amount(told.response_percent)} ({proof(told.response_percent.evidence)}). "
    text += f"Interval {amount(told.interval_days)}; review {amount(told.review_days)}.\n\n"
    for diagnosis in told.diagnoses:
        untreated = "goes along with it" if diagnosis.accompanies else "not treated with toxin"
        kind = "" if diagnosis.treatable else f" ({untreated})"
        codes = ", ".join(f"{code.system} {code.code}" for code in diagnosis.codes)
        text += (
            f"### {diagnosis.name}{kind}\n\n{codes or 'No code verified.'} {proof(diagnosis.evidence)}\n\n"
        )
        rows = [[each.label, rule(each.rule), proof(each.evidence)] for each in diagnosis.criteria]
        text += table(["Criterion", "Rule", "Source"], rows)
    return text + _rules(told)


def _rules(told: Condition) -> str:
    text = f"### {told.name}: who may be treated\n\n"
    rows = [
        [f"`{each.code}`", each.severity, each.leads_to, each.sentence, rule(each.when), proof(each.evidence)]
        for each in told.findings
    ]
    text += table(["Finding", "Severity", "Leads to", "Sentence", "When", "Source"], rows)
    text += f"### {told.name}: follow-up\n\n"
    follow = [
        [
            f"`{r.code}`",
            r.recommends,
            ", ".join(r.jurisdictions) or "all",
            r.sentence,
            rule(r.when),
            proof(r.evidence),
        ]
        for r in told.follow_up
    ]
    text += table(["Rule", "Recommends", "Where", "Sentence", "When", "Source"], follow)
    text += f"### {told.name}: licence\n\n"
    rows = [
        [lic.jurisdiction, lic.product or "all", lic.status, lic.text, proof(lic.evidence)]
        for lic in told.licences
    ]
    return text + table(["Where", "Product", "Status", "In words", "Source"], rows)
