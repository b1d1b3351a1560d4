"""The six conditions as the program knows them."""

from __future__ import annotations

from masseter.cli.reference.words import GENERATED, amount, number, places, proof, rule, table
from masseter.knowledge.model import Code, Condition, Knowledge


def conditions(known: Knowledge) -> str:
    """Diagnoses, criteria, candidacy, follow-up rules, licences and codes."""
    ordered = sorted(known.conditions.values(), key=lambda condition: condition.order)
    words = "Codes of one system are a choice by side, cause or course: one of them fits a patient. One that "
    words += "ends in a dash is a family. Those from memory have to be looked up before they are used.\n\n"
    return GENERATED + "# Conditions\n\n" + words + "".join(_condition(each) for each in ordered)


def _condition(told: Condition) -> str:
    text = f"## {told.name}\n\nCode `{told.code}`. Main measure `{told.main_measure}`; "
    text += f"a responder has {amount(told.response_percent)} ({proof(told.response_percent.evidence)}). "
    text += f"Interval {amount(told.interval_days)}; review {amount(told.review_days)}.\n\n"
    if told.codes:
        text += f"Codes of the condition as a whole: {_codes(told.codes)}.\n\n"
    for diagnosis in told.diagnoses:
        untreated = "goes along with it" if diagnosis.accompanies else "not treated with toxin"
        kind = "" if diagnosis.treatable else f" ({untreated})"
        text += f"### {diagnosis.name}{kind}\n\n{_codes(diagnosis.codes)} {proof(diagnosis.evidence)}\n\n"
        if (found := diagnosis.accuracy) is not None:
            text += f"Sensitivity {number(found.sensitivity)}, specificity {number(found.specificity)}. "
            text += f"{proof(found.evidence)}\n\n"
        rows = [[each.label, rule(each.rule), proof(each.evidence)] for each in diagnosis.criteria]
        text += table(["Criterion", "Rule", "Source"], rows)
    return text + _rules(told)


def _codes(codes: tuple[Code, ...]) -> str:
    """Codes in a row; those from memory say so, as they have to be looked up before use."""
    unsure = " (from memory)"
    named = (f"{c.system} {c.code}{'' if c.evidence.sure == 'verified' else unsure}" for c in codes)
    return ", ".join(named) or "No code known."


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
            places(r.jurisdictions),
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
