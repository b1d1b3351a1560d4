"""What guidelines say of botulinum toxin, condition by condition."""

from __future__ import annotations

from masseter.cli.reference.words import GENERATED, places, proof, table
from masseter.core.consult.why import POSITIONS
from masseter.knowledge.model import Condition, Guideline, Knowledge

_HEAD = ["Guideline", "Of", "Where", "In force", "Position", "Strength", "In our words", "Source"]


def guidelines(known: Knowledge) -> str:
    """Every position that is known, for and against; those that are over say so."""
    text = (
        "# Guideline positions\n\nThey decide nothing by themselves: the rules that follow from them stand "
    )
    text += "with their [condition](conditions.md). A guideline that was not read says so.\n\n"
    for told in sorted(known.conditions.values(), key=lambda condition: condition.order):
        text += f"## {told.name}\n\n"
        text += table(_HEAD, (_row(one, told) for one in known.guidelines if told.code in one.conditions))
    return GENERATED + text


def _row(one: Guideline, told: Condition) -> list[str]:
    names = {each.code: each.name for each in told.diagnoses}
    return [
        f"{one.title} (`{one.code}`)",
        ", ".join(names.get(code, code) for code in one.diagnoses) or told.name,
        places(one.jurisdictions),
        f"{one.since or 'not dated'}{f' to {one.until}' if one.until else ''}",
        POSITIONS[one.position],
        one.strength,
        one.text,
        proof(one.evidence),
    ]
