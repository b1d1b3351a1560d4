"""Every number has a unit and a source, every source is registered, every stop is verified."""

from __future__ import annotations

from collections.abc import Iterator

from masseter.knowledge.checks.walk import blocks, problem
from masseter.knowledge.model import Evidence, FindingRule, Knowledge, Limit, Range, Threshold, Value
from masseter.knowledge.problems import Problem


def check_evidence(knowledge: Knowledge) -> Iterator[Problem]:
    """Problems of sources, units and of what may stop."""
    for place, block in blocks(knowledge):
        match block:
            case Evidence():
                yield from _sources(place, block, knowledge)
            case Value() | Range() if not block.unit.strip():
                yield problem(place, "a number needs a unit")
            case FindingRule() | Limit():
                yield from _stop(place, block)
            case Threshold() if block.value <= 0:
                yield problem(place, "a change that matters is above zero")


def _sources(place: str, evidence: Evidence, knowledge: Knowledge) -> Iterator[Problem]:
    if not evidence.sources:
        yield problem(place, "evidence needs at least one source")
    for key in evidence.sources:
        if key not in knowledge.sources:
            yield problem(place, f"sources.yaml has no {key}")
    if evidence.sure == "verified" and evidence.sources:
        known = [knowledge.sources[key] for key in evidence.sources if key in knowledge.sources]
        if known and all(source.sure != "verified" for source in known):
            yield problem(place, "verified evidence needs at least one verified source")


def _stop(place: str, block: FindingRule | Limit) -> Iterator[Problem]:
    is_red_flag = isinstance(block, FindingRule) and block.is_red_flag
    if block.severity == "stop" and block.evidence.sure != "verified" and not is_red_flag:
        yield problem(place, f"a stop needs verified evidence; this is {block.evidence.sure}")
