"""Precautions that hold for every condition, observations, and the register of sources."""

from __future__ import annotations

from masseter.cli.reference.words import GENERATED, number, proof, rule, table
from masseter.core.inject.codes import TREATMENT_CODES
from masseter.core.plan.codes import PLAN_CODES
from masseter.knowledge.model import Knowledge, ObservationType


def findings(known: Knowledge) -> str:
    """Red flags, contraindications and cautions, and the codes of the plan and treatment checks."""
    text = "# Findings\n\n## Red flags, contraindications and cautions\n\n"
    rows = [
        [f"`{r.code}`", r.severity, r.leads_to, r.sentence, rule(r.when), proof(r.evidence)]
        for r in known.precautions
    ]
    text += table(["Code", "Severity", "Leads to", "Sentence", "When", "Source"], rows)
    text += "## Checks of plans and treatments\n\n"
    text += table(
        ["Code", "What it says"],
        ([f"`{code}`", words] for code, words in sorted({**PLAN_CODES, **TREATMENT_CODES}.items())),
    )
    return GENERATED + text


def observations(known: Knowledge) -> str:
    """Every fact that may be asked, with its limits."""
    rows = [
        [
            f"`{o.code}`",
            o.label,
            o.question,
            o.kind,
            _limits(o),
            ", ".join(o.asked_in),
            ", ".join(o.conditions),
        ]
        for o in known.observations.values()
    ]
    head = ["Code", "Label", "Question", "Kind", "Limits", "Asked in", "Conditions"]
    return GENERATED + "# Observations\n\n" + table(head, rows)


def _limits(told: ObservationType) -> str:
    if told.choices:
        return "; ".join(choice.label for choice in told.choices)
    low = number(told.low) if told.low is not None else ""
    high = number(told.high) if told.high is not None else ""
    return f"{low}–{high} {told.unit}".strip() if low or high else ""


def sources(known: Knowledge) -> str:
    """The register of sources."""
    text = "# Sources\n\n"
    for source in known.sources.values():
        sure = source.sure.replace("_", " ")
        text += f"### {source.key}\n\n{source.title}. {source.locator} ({sure})\n\n"
    return GENERATED + text
