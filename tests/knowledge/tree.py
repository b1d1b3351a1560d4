"""The smallest set of knowledge files that is read without a problem, for a test to spoil."""

from __future__ import annotations

from pathlib import Path

EVIDENCE = "evidence: {sources: [S1], sure: verified, checked: 2026-01-02}\n"
PRACTICE = "".join(
    f"{name}: {{value: 1, unit: percent}}\n"
    for name in (
        "rounding_accept_percent",
        "rounding_confirm_percent",
        "other_product_days",
        "graduation_ml",
        "dead_space_ml",
        "shortfall_note_percent",
        "lid_middle_share",
        "lid_medial_share",
    )
)
FILES = {
    "sources.yaml": (
        "S1: {title: A label, locator: page 1, sure: verified}\n"
        "S2: {title: A memory, locator: nowhere, sure: from_memory}\n"
    ),
    "practice.yaml": EVIDENCE + PRACTICE,
    "sites/face_map.yaml": (
        EVIDENCE
        + 'version: "1"\nviews: [{view: front, title: Front, width: 100, height: 100, mm_per_unit: 0.5}]\n'
    ),
    "observations/all.yaml": (
        '- {code: fever, label: Fever, question: "Fever?", kind: boolean, group: G, order: 1,\n'
        "   asked_in: [intake]}\n"
        '- {code: pain, label: Pain, question: "Pain?", kind: integer, group: G, order: 2,\n'
        "   asked_in: [intake], unit: points, low: 0, high: 10}\n"
    ),
}
RULE = """\
evidence: {sources: [S1], sure: verified, checked: 2026-01-02}
items:
  - code: too-hot
    when: {observation: fever}
    severity: stop
    leads_to: not_a_candidate
    sentence: There is a fever.
    plain: You have a fever.
"""
RULES = "precautions/rules.yaml"


def write_tree(path: Path, **files: str) -> Path:
    """The smallest files with the rule above; `files` replaces or adds some, `__` standing for a slash."""
    contents = {**FILES, RULES: RULE}
    contents.update({f"{name.replace('__', '/')}.yaml": content for name, content in files.items()})
    for name, content in contents.items():
        file = path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content, encoding="utf-8")
    return path
