"""Billing: the units of products, codes of procedures, rules of a claim, what payers ask."""

from __future__ import annotations

from masseter.cli.reference.words import GENERATED, number, proof, table
from masseter.knowledge.model import Knowledge

_KINDS = {
    "procedure": "Codes of procedures",
    "claim": "Rules of a claim",
    "start": "What payers ask before the first treatment of chronic migraine",
    "renewal": "What payers ask before it goes on",
}


def billing(known: Knowledge) -> str:
    """Everything about claims; none of it decides a treatment."""
    text = "# Billing\n\nFor claims in the US. Confirm each line with the payer; none of it decides "
    text += "a treatment.\n\n"
    rows = [
        [
            f"{each.system} {each.code}",
            ", ".join(known.products[key].brand for key in each.products),
            number(each.units),
            proof(each.evidence),
        ]
        for each in known.billing
    ]
    text += table(["Code", "Products", "Units of the product in one billing unit", "Source"], rows)
    for kind, title in _KINDS.items():
        text += f"## {title}\n\n"
        notes = [
            [each.title, each.text, ", ".join(each.jurisdictions), proof(each.evidence)]
            for each in known.billing_notes
            if each.kind == kind
        ]
        text += table(["", "What holds", "Where", "Source"], notes)
    return GENERATED + text
