"""Where it hurts, and which side is affected, as history and examination tell."""

from __future__ import annotations

from collections.abc import Iterator
from typing import get_args

from masseter.core.facts import NONE_CHOSEN, Facts
from masseter.core.plan.propose import AffectedSide
from masseter.knowledge.model import Knowledge, Side

# The muscle that an examination names otherwise than the face map.
_PALPATED = {"digastric": "anterior_digastric"}
_SIDE_FACTS = ("spasm_side", "affected_side", "sensory_side")
_SPASM = "spasm_muscles"
_BOTH: tuple[Side, ...] = ("left", "right")


def painful_sites(facts: Facts, knowledge: Knowledge) -> tuple[tuple[str, Side], ...]:
    """The muscles and areas that hurt, each with its side.

    They are the muscles that hurt on palpation, familiar or not, the skin of the divisions with pain, and
    the places in which a headache is worst.
    """
    found: dict[tuple[str, Side], None] = {}
    for side in _BOTH:
        for code in (*_skin(facts, side), *_chosen(facts, f"pain_sites_{side}"), *_palpated(facts, side)):
            if code in knowledge.sites:
                found.setdefault((code, side))
    return tuple(found)


def quiet_sites(facts: Facts, knowledge: Knowledge, condition: str) -> frozenset[str]:
    """The muscles that were looked at and take no part in the spasm; none where nobody looked."""
    asked, told = knowledge.observations.get(_SPASM), facts.get(_SPASM)
    if (
        asked is None
        or condition not in asked.conditions
        or told is None
        or not isinstance(told.value, tuple)
    ):
        return frozenset()
    return frozenset(choice.code for choice in asked.choices) - {NONE_CHOSEN, *told.value}


def recorded_side(facts: Facts) -> AffectedSide | None:
    """The side that history or examination names; None where none or both are named."""
    painful = [side for side in _BOTH if _divisions(facts, side)]
    if len(painful) == 1:
        return "left" if painful[0] == "left" else "right"
    for code in _SIDE_FACTS:
        value = facts[code].value if code in facts else None
        for side in get_args(AffectedSide):
            if value == side:
                known: AffectedSide = side
                return known
    return None


def _skin(facts: Facts, side: Side) -> Iterator[str]:
    return (f"skin_{division}" for division in _divisions(facts, side))


def _palpated(facts: Facts, side: Side) -> Iterator[str]:
    for code, observation in facts.items():
        if not code.startswith("palpation_") or not code.endswith(f"_{side}"):
            continue
        if isinstance(observation.value, str) and observation.value != "painless":
            name = code.removeprefix("palpation_").removesuffix(f"_{side}")
            yield _PALPATED.get(name, name)


def _divisions(facts: Facts, side: Side) -> tuple[str, ...]:
    """The trigeminal divisions in which a side has pain."""
    return _chosen(facts, f"divisions_{side}")


def _chosen(facts: Facts, code: str) -> tuple[str, ...]:
    """What was chosen of a list, without the answer that there is none."""
    named = facts.get(code)
    value = named.value if named is not None else None
    return tuple(each for each in value if each != NONE_CHOSEN) if isinstance(value, tuple) else ()
