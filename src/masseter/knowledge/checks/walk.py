"""Goes through all of knowledge, block by block, with the file and the path of each block."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from functools import cache

from masseter.knowledge.model import FindingRule, FollowUpRule, Knowledge, Rule, singles_in
from masseter.knowledge.problems import Problem


def problem(place: str, sentence: str) -> Problem:
    """A problem at a place of the form `file#path`."""
    file, _, path = place.partition("#")
    return Problem(file=file, line=0, path=path, sentence=sentence)


def things(knowledge: Knowledge) -> Iterator[tuple[str, object]]:
    """Every thing that a file or an entry of a file holds, with its place."""
    yield "sites/face_map.yaml#", knowledge.face_map
    yield "practice.yaml#", knowledge.practice
    for folder, named in (
        ("conditions", knowledge.conditions),
        ("products", knowledge.products),
        ("sites", knowledge.sites),
        ("protocols", knowledge.protocols),
        ("instruments", knowledge.instruments),
        ("response", knowledge.response_bands),
        ("curves", knowledge.curves),
        ("structures", knowledge.structures),
    ):
        yield from ((f"{folder}/{key}.yaml#", thing) for key, thing in named.items())
    yield from ((f"observations#{code}", thing) for code, thing in knowledge.observations.items())
    yield from ((f"effects/effects.yaml#{code}", thing) for code, thing in knowledge.effects.items())
    yield from ((f"unlicensed.yaml#{key}", toxin) for key, toxin in knowledge.unlicensed.items())
    yield from ((f"adjustments.yaml#{each.code}", each) for each in knowledge.adjustments)
    yield from ((f"precautions#{rule.code}", rule) for rule in knowledge.precautions)
    yield from ((f"effects/symptom_rules.yaml#{rule.code}", rule) for rule in knowledge.symptom_rules)
    yield from ((f"billing#{code.code}", code) for code in knowledge.billing)
    yield from ((f"guidelines#{one.code}", one) for one in knowledge.guidelines)
    yield from ((f"published#{one.code}", one) for one in knowledge.published)
    yield from ((f"effects/aftercare.yaml#{advice.code}", advice) for advice in knowledge.aftercare)
    yield from _of_the_house(knowledge)


def _of_the_house(knowledge: Knowledge) -> Iterator[tuple[str, object]]:
    """Figures over all effects, supply and records."""
    yield from ((f"effects/overall.yaml#{rate.code}", rate) for rate in knowledge.overall_rates)
    yield from ((f"supply/alert_lots.yaml#{lot.number}", lot) for lot in knowledge.alert_lots)
    yield from ((f"supply/receipt_checks.yaml#{check.code}", check) for check in knowledge.receipt_checks)
    yield from ((f"supply/barcode.yaml#{each.ai}", each) for each in knowledge.barcode_fields)
    yield from ((f"records/retention.yaml#{kept.code}", kept) for kept in knowledge.retention)
    yield from ((f"records/duties.yaml#{duty.code}", duty) for duty in knowledge.duties)
    yield from ((f"records/reports.yaml#{scheme.code}", scheme) for scheme in knowledge.report_schemes)
    yield from ((f"records/blocks.yaml#{block.code}", block) for block in knowledge.record_blocks)
    yield from ((f"unscored.yaml#{measure.code}", measure) for measure in knowledge.unscored)
    yield from ((f"billing/notes.yaml#{note.code}", note) for note in knowledge.billing_notes)
    yield from ((f"emergency.yaml#{each.jurisdiction}", each) for each in knowledge.emergency)
    yield from ((f"medicine_groups.yaml#{each.code}", each) for each in knowledge.medicine_groups)
    yield from ((f"medicines#{each.name}", each) for each in knowledge.medicines)


def blocks(knowledge: Knowledge) -> Iterator[tuple[str, object]]:
    """Every block of every thing, the thing itself included."""
    for place, thing in things(knowledge):
        found: list[tuple[str, object]] = []
        _inside(place, thing, found)
        yield from found


def observations_in(rule: Rule) -> frozenset[str]:
    """The codes of all observations that a rule looks at."""
    return frozenset(single.observation for single in singles_in(rule))


def findings(knowledge: Knowledge) -> Iterator[tuple[str, FindingRule]]:
    """Every finding rule, general and of a condition."""
    return ((place, block) for place, block in blocks(knowledge) if isinstance(block, FindingRule))


def follow_ups(knowledge: Knowledge) -> Iterator[tuple[str, FollowUpRule]]:
    return ((place, block) for place, block in blocks(knowledge) if isinstance(block, FollowUpRule))


def _inside(place: str, block: object, found: list[tuple[str, object]]) -> None:
    if isinstance(block, tuple):
        for number, item in enumerate(block):
            if _holds_blocks(item):
                name = getattr(item, "code", None) or getattr(item, "key", None) or number
                _inside(f"{place}[{name}]", item, found)
        return
    found.append((place, block))
    joint = "" if place.endswith("#") else "."
    for name in _names_of(block) or ():
        value = getattr(block, name)
        if _holds_blocks(value):
            _inside(f"{place}{joint}{name}", value, found)


def _holds_blocks(value: object) -> bool:
    """Whether a value is a block or may hold some; most are words and numbers."""
    return isinstance(value, tuple) or _names_of(value) is not None


def _names_of(value: object) -> tuple[str, ...] | None:
    return _names(type(value))  # type: ignore[arg-type]  # every class is hashable


@cache
def _names(kind: type) -> tuple[str, ...] | None:
    """The names of what a block of this kind holds; None for what is no block."""
    return tuple(each.name for each in fields(kind)) if is_dataclass(kind) else None
