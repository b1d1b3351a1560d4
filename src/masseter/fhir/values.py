"""Answers and findings as FHIR values."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from masseter.core.facts import ObservationValue
from masseter.fhir.parts import OWN, Part, number, own_coding
from masseter.journey.consult.rows import from_json
from masseter.knowledge.model import ObservationType


def observed(type_: ObservationType | None, code: str, stored: object) -> Part:
    """The value of an observation; one that is not known says so and gives none."""
    if stored is None:
        return {"dataAbsentReason": _absent("asked-unknown")}
    if type_ is None:
        return {"valueString": str(stored)}
    value = from_json(type_, stored)  # type: ignore[arg-type]  # as it was stored
    if isinstance(value, tuple):
        chosen = [own_coding(f"observation:{code}", each, _label(type_, each)) for each in value]
        return {"valueCodeableConcept": {"coding": chosen}} if chosen else {"valueString": "none"}
    if isinstance(value, str) and type_.choices:
        return {"valueCodeableConcept": {"coding": [_chosen(type_, code, value)]}}
    if isinstance(value, date):
        return {"valueDateTime": value.isoformat()}
    return _plain(value, type_.unit)


def answered(type_: ObservationType | None, code: str, stored: object) -> list[Part]:
    """The same as the answers of a questionnaire; none where it is not known."""
    told = observed(type_, code, stored)
    if "valueCodeableConcept" in told:
        return [{"valueCoding": coding} for coding in told["valueCodeableConcept"]["coding"]]
    if "valueQuantity" in told:
        return [told]
    if "valueInteger" in told or "valueString" in told or "valueBoolean" in told:
        return [told]
    return [{"valueDate": told["valueDateTime"]}] if "valueDateTime" in told else []


def anything(value: object) -> list[Part]:
    """An answer of a diary or a questionnaire, whose kind the stored value itself tells."""
    if value is None or value == "":
        return []
    if isinstance(value, bool):
        return [{"valueBoolean": value}]
    if isinstance(value, int):
        return [{"valueInteger": value}]
    if isinstance(value, float | Decimal):
        return [{"valueDecimal": number(Decimal(str(value)))}]
    if isinstance(value, list):
        return [each for one in value for each in anything(one)]
    return [{"valueString": str(value)}]


def _plain(value: ObservationValue, unit: str) -> Part:
    if isinstance(value, bool):
        return {"valueBoolean": value}
    if isinstance(value, int | Decimal):
        return {
            "valueQuantity": {
                "value": number(value),
                **({"unit": unit, "system": f"{OWN}:unit", "code": unit} if unit else {}),
            }
        }
    return {"valueString": str(value)}


def _chosen(type_: ObservationType, code: str, value: str) -> Part:
    return own_coding(f"observation:{code}", value, _label(type_, value))


def _label(type_: ObservationType, value: str) -> str:
    return {choice.code: choice.label for choice in type_.choices}.get(value, value)


def _absent(why: str) -> Part:
    system = "http://terminology.hl7.org/CodeSystem/data-absent-reason"
    return {"coding": [{"system": system, "code": why}]}
