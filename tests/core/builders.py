"""The smallest valid pieces of knowledge, each with only what a test wants to be different.

The figures are made up for the tests; none of them is a clinical value.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any

from masseter.core.facts import Observation, ObservationValue
from masseter.knowledge.model import (
    Condition,
    Criterion,
    Diagnosis,
    Effect,
    Evidence,
    FaceMap,
    FindingRule,
    FollowUpRule,
    Instrument,
    Is,
    Item,
    Knowledge,
    ObservationKind,
    ObservationType,
    Range,
    Rule,
    Story,
    SymptomRule,
    Text,
    Value,
)

TODAY = date(2026, 11, 23)
EVIDENCE = Evidence(sources=("T1",), sure="verified", checked=TODAY)

Loose = Any  # the builders pass on whichever field of the dataclass a test wants different


D = Decimal  # short to write


def text(words: str = "Words.") -> Text:
    return Text(text=words, evidence=EVIDENCE)


def value(number: str | int, unit: str = "d") -> Value:
    return Value(value=D(number), unit=unit, evidence=EVIDENCE)


def between(low: str | int, high: str | int, unit: str = "d") -> Range:
    return Range(low=D(low), high=D(high), unit=unit, evidence=EVIDENCE)


def yes(code: str) -> Is:
    return Is(observation=code)


def facts(**values: ObservationValue) -> dict[str, Observation]:
    return {code: Observation(code=code, value=held, observed_on=TODAY) for code, held in values.items()}


def observation_type(code: str, kind: ObservationKind = "boolean", **fields: Loose) -> ObservationType:
    return ObservationType(
        **{
            "code": code,
            "label": code.capitalize(),
            "question": f"{code}?",
            "kind": kind,
            "group": "group",
            "order": 1,
            "asked_in": ("intake",),
            **fields,
        }
    )


def finding_rule(code: str, when: Rule | None = None, **fields: Loose) -> FindingRule:
    return FindingRule(
        **{
            "code": code,
            "when": when or yes(code),
            "severity": "caution",
            "leads_to": "candidate",
            "sentence": f"{code} found.",
            "plain": f"You told us: {code}.",
            "evidence": EVIDENCE,
            **fields,
        }
    )


def red_flag(code: str, when: Rule | None = None, **fields: Loose) -> FindingRule:
    flag: dict[str, Loose] = {
        "severity": "stop",
        "leads_to": "refer_urgently",
        "urgency": "same_day",
        "is_red_flag": True,
        "in_self_check": True,
    }
    return finding_rule(code, when, **{**flag, **fields})


def diagnosis(code: str, *rules: Rule, treatable: bool = True, **fields: Loose) -> Diagnosis:
    criteria = tuple(
        Criterion(code=f"{code}-{letter}", label=letter, rule=rule, evidence=EVIDENCE)
        for letter, rule in zip("ABCDEFGH", rules, strict=False)
    )
    return Diagnosis(
        **{
            "code": code,
            "name": code.capitalize(),
            "plain_name": code,
            "treatable": treatable,
            "criteria": criteria,
            "codes": (),
            "evidence": EVIDENCE,
            **fields,
        }
    )


def story() -> Story:
    lists = ("what_it_is", "why_toxin", "for_whom", "not_for", "what_happens", "how_well", "how_long")
    more = ("side_effects", "cannot", "other_options", "get_help")
    said: dict[str, Loose] = {name: (text(),) for name in (*lists, *more)}
    return Story(title="Title", lead="Lead", **said)


def condition(**fields: Loose) -> Condition:
    return Condition(
        **{
            "code": "tmd",
            "name": "Temporomandibular disorder",
            "plain_name": "jaw pain",
            "order": 1,
            "story": story(),
            "self_check": ("pain",),
            "worth_consultation": yes("pain"),
            "not_worth": text("This does not sound like jaw pain."),
            "diagnoses": (diagnosis("myalgia", yes("pain"), yes("familiar")),),
            "findings": (),
            "follow_up": (),
            "licences": (),
            "main_measure": "pain_score",
            "instruments": ("pain_score",),
            "response_percent": value(30, "%"),
            "interval_days": value(84),
            "review_days": between(28, 42),
            "off_label_consent": None,
            "diary": (),
            "evidence": EVIDENCE,
            **fields,
        }
    )


def follow_up_rule(code: str, recommends: str, when: Rule | None = None, **fields: Loose) -> FollowUpRule:
    return FollowUpRule(
        **{
            "code": code,
            "when": when or yes(code),
            "recommends": recommends,
            "sentence": f"{code} holds.",
            "plain": f"You told us: {code}.",
            "evidence": EVIDENCE,
            **fields,
        }
    )


def symptom_rule(code: str, grade: str, when: Rule | None = None, **fields: Loose) -> SymptomRule:
    return SymptomRule(
        **{
            "code": code,
            "when": when or yes(code),
            "grade": grade,
            "sentence": f"{code} reported.",
            "plain": f"You feel: {code}.",
            "evidence": EVIDENCE,
            **fields,
        }
    )


def effect(code: str, **fields: Loose) -> Effect:
    return Effect(
        **{
            "code": code,
            "name": code.capitalize(),
            "plain_name": code,
            "onset_days": between(0, 7),
            "lasts_days": None,
            "regions": ("jaw",),
            "conditions": (),
            "management": text(),
            "rates": (),
            "evidence": EVIDENCE,
            **fields,
        }
    )


def item(code: str, low: int = 0, high: int = 10, **fields: Loose) -> Item:
    return Item(code=code, label=code, low=D(low), high=D(high), **fields)


def instrument(*items: Item, **fields: Loose) -> Instrument:
    return Instrument(
        **{
            "code": "pain_score",
            "name": "Pain",
            "short_name": "NRS",
            "measures": "pain",
            "higher_is_worse": True,
            "low": D(0),
            "high": D(10),
            "unit": "points",
            "step": D(1),
            "method": "single",
            "max_missing": 0,
            "total_only": False,
            "asked_of": "patient",
            "recall": "24 h",
            "licence": text(),
            "items": items or (item("now"),),
            "bands": (),
            "thresholds": (),
            "evidence": EVIDENCE,
            **fields,
        }
    )


def knowledge(*types: ObservationType, **fields: Loose) -> Knowledge:
    """Knowledge with these observations; `pain` and `familiar` are always there."""
    known = (observation_type("pain", asked_in=("self_check",)), observation_type("familiar"), *types)
    empty = ("sources", "conditions", "products", "sites", "protocols")
    nothing: dict[str, Loose] = {name: {} for name in (*empty, "instruments", "effects", "response_bands")}
    return Knowledge(
        **{
            "version": "test",
            "billing": (),
            "observations": {type_.code: type_ for type_ in known},
            "precautions": (),
            "face_map": FaceMap(version="test", views=(), evidence=EVIDENCE),
            "symptom_rules": (),
            "aftercare": (),
            **nothing,
            "practice": None,
            **fields,
        }
    )


self_check_type = partial(observation_type, asked_in=("self_check",))
symptom_type = partial(observation_type, asked_in=("symptom_check",))
