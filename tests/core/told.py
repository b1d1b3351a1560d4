"""A finding as one line of a table that a reader can check: severity, code, subject, evidence, sentence."""

from __future__ import annotations

from collections.abc import Iterable

from masseter.core.findings import Finding


def told(findings: Iterable[Finding]) -> list[str]:
    """Each finding in a line, e.g. `stop vial-recalled v1 (LABEL, verified): Vial C1 is recalled.`"""
    return [_line(each) for each in findings]


def _line(finding: Finding) -> str:
    name = " ".join((finding.severity, finding.code, finding.subject)).strip()
    return f"{name} ({', '.join((*finding.sources, finding.sure))}): {finding.sentence}"


def told_in_full(findings: Iterable[Finding]) -> list[dict[str, str]]:
    """Each finding with what follows from it: the verdict, what to ask, and what the patient reads."""
    return [
        {
            name: words
            for name, words in (
                ("finding", _line(each)),
                ("leads to", each.leads_to),
                ("asks", ", ".join(each.asks)),
                ("patient reads", each.plain),
            )
            if words
        }
        for each in findings
    ]
