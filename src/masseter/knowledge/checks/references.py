"""Every key of one file that another file speaks of exists, and none is given twice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from typing import get_args, get_type_hints

from masseter.knowledge.checks.walk import blocks, findings, follow_ups, problem
from masseter.knowledge.model import (
    Adjustment,
    Aftercare,
    BillingCode,
    BillingNote,
    Condition,
    Effect,
    FaceRounding,
    FindingRule,
    FollowUpRule,
    Guideline,
    Indication,
    Instrument,
    Knowledge,
    Licence,
    Limit,
    ObservationType,
    OverallRate,
    Product,
    Protocol,
    ProtocolSite,
    PublishedScheme,
    Rate,
    ReferenceDose,
    ResponseBand,
    ResponseCurve,
    Site,
    SiteCause,
    SymptomRule,
    UnscoredMeasure,
)
from masseter.knowledge.problems import Problem

PER_ML = "mL"
DIARY_FIELDS = ("pain", "headache", "migraine", "medicine", "clenching", "attacks", "spasm")


def check_references(knowledge: Knowledge) -> Iterator[Problem]:
    """References that lead nowhere, and codes that are given twice."""
    names = _names(knowledge)
    for place, block in blocks(knowledge):
        for kind, codes in _references(block):
            for code in codes:
                if code not in names[kind]:
                    yield problem(place, f"there is no {kind} {code}")
    for condition in knowledge.conditions.values():
        if condition.main_measure not in condition.instruments:
            place = f"conditions/{condition.code}.yaml#main_measure"
            yield problem(place, "the main measure must be among the instruments")
    yield from _duplicates(knowledge)


def _names(knowledge: Knowledge) -> dict[str, Collection[str]]:
    return {
        "condition": knowledge.conditions,
        "product": knowledge.products,
        "site": knowledge.sites,
        "instrument": knowledge.instruments,
        "effect": knowledge.effects,
        "region": get_args(get_type_hints(Site)["region"]),
        "diary field": DIARY_FIELDS,
        "diagnosis": _diagnoses(knowledge),
    }


def _references(block: object) -> Iterator[tuple[str, Iterable[str]]]:
    """The codes that a block speaks of, with the kind of each: lists of them, and single ones."""
    yield from _lists(block)
    match block:
        case Protocol():
            yield "condition", (block.condition,)
            yield "product", (block.product,)
        case ProtocolSite():
            yield "site", (block.site,)
        case ReferenceDose():
            yield "product", (block.product,)
        case Licence() if block.product:
            yield "product", (block.product,)
        case OverallRate():
            yield "condition", (block.condition,)
        case PublishedScheme():
            yield "condition", (block.condition,)
        case ResponseBand() | ResponseCurve():
            yield "condition", (block.condition,)
            yield "instrument", (block.measure,)
        case SymptomRule() if block.effect:
            yield "effect", (block.effect,)
        case Condition():
            yield "instrument", block.instruments
            yield "diary field", block.diary
        case Instrument() if block.diary_field:
            yield "diary field", (block.diary_field,)


def _lists(block: object) -> Iterator[tuple[str, Iterable[str]]]:
    if isinstance(
        block,
        Aftercare
        | BillingNote
        | Effect
        | FindingRule
        | Guideline
        | Limit
        | ObservationType
        | Rate
        | UnscoredMeasure,
    ):
        yield "condition", block.conditions
    if isinstance(block, BillingCode | FaceRounding | FindingRule | FollowUpRule):
        yield "product", block.products
    if isinstance(block, Adjustment | Effect | FaceRounding | FindingRule):
        yield "region", block.regions
    if isinstance(block, FollowUpRule | Indication | Licence | Limit | Protocol | Guideline):
        yield "diagnosis", block.diagnoses
    if isinstance(block, Adjustment | BillingNote | Limit | SiteCause):
        yield "site", block.sites


def _diagnoses(knowledge: Knowledge) -> list[str]:
    return [
        diagnosis.code for condition in knowledge.conditions.values() for diagnosis in condition.diagnoses
    ]


def _duplicates(knowledge: Knowledge) -> Iterator[Problem]:
    yield from _twice("conditions#", "finding", (rule.code for _, rule in findings(knowledge)))
    yield from _twice("conditions#", "follow-up rule", (rule.code for _, rule in follow_ups(knowledge)))
    yield from _twice("conditions#", "diagnosis", _diagnoses(knowledge))
    yield from _twice("effects#", "symptom rule", (rule.code for rule in knowledge.symptom_rules))
    yield from _twice("effects#", "aftercare", (advice.code for advice in knowledge.aftercare))
    yield from _twice("guidelines#", "guideline", (one.code for one in knowledge.guidelines))
    measures = (*knowledge.instruments, *(each.code for each in knowledge.unscored))
    yield from _twice("unscored.yaml#", "measure", measures)
    yield from _twice("billing/notes.yaml#", "note", (note.code for note in knowledge.billing_notes))
    yield from _twice("emergency.yaml#", "place", (each.jurisdiction for each in knowledge.emergency))
    yield from _twice("published#", "scheme", (one.code for one in knowledge.published))
    yield from _twice("sites#", "abbreviation", (site.abbreviation for site in knowledge.sites.values()))
    yield from _twice("adjustments.yaml#", "adjustment", (each.code for each in knowledge.adjustments))
    yield from _twice("medicine_groups.yaml#", "group", (each.code for each in knowledge.medicine_groups))
    names = (name.casefold() for each in knowledge.medicines for name in (each.name, *each.also))
    yield from _twice("medicines#", "name", names)
    yield from _medicines(knowledge)
    yield from _twice("unlicensed.yaml#", "toxin", (*knowledge.products, *knowledge.unlicensed))
    for place, block in blocks(knowledge):
        match block:
            case ObservationType():
                yield from _twice(place, "choice", (choice.code for choice in block.choices))
            case Product():
                yield from _twice(place, "limit", (limit.code for limit in block.limits))
                yield from _amounts(place, block)
            case Site():
                marks = (f"{point.view} {point.side} {point.number}" for point in block.points)
                yield from _twice(place, "point", marks)


def _medicines(knowledge: Knowledge) -> Iterator[Problem]:
    """Each group stands for a choice that there is, and each medicine has a code or names its groups."""
    known = {one.code for one in knowledge.medicine_groups}
    for group in knowledge.medicine_groups:
        type_ = knowledge.observations.get(group.observation)
        if type_ is None or group.choice not in {choice.code for choice in type_.choices}:
            sentence = f"there is no choice {group.choice} of an observation {group.observation}"
            yield problem(f"medicine_groups.yaml#{group.code}", sentence)
    for medicine in knowledge.medicines:
        place = f"medicines#{medicine.name}"
        if not medicine.atc and not medicine.groups:
            yield problem(place, "give it an ATC code, or the groups that it belongs to")
        yield from (problem(place, f"there is no group {code}") for code in set(medicine.groups) - known)


def _amounts(place: str, product: Product) -> Iterator[Problem]:
    """Each amount of a part is of a vial that exists, or of each mL."""
    known = {PER_ML, *(size.key for size in product.presentations)}
    for part in product.excipients:
        for amount in part.amounts:
            if amount.per not in known:
                yield problem(f"{place}excipients", f"there is no presentation {amount.per}")


def _twice(place: str, kind: str, codes: Iterable[str]) -> Iterator[Problem]:
    for code, count in Counter(codes).items():
        if count > 1:
            yield problem(place, f"the {kind} {code} is given {count} times")
