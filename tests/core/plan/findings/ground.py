"""The smallest knowledge with every number from a place of its own, and ways to change one thing of it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from masseter.core.plan.types import Earlier, PlannedPoint
from masseter.knowledge.model import (
    Evidence,
)
from tests.core.builders import TODAY, D, between, condition, diagnosis, value, yes
from tests.core.plan.builders import (
    eye,
    knowledge,
    licence,
    limit,
    plan,
    point,
    practice,
    product,
    protocol,
    protocol_site,
    site,
)

Loose = Any  # whichever argument of the check a situation changes


def source(name: str) -> Evidence:
    """A place of its own for each number, so that a finding shows on which of them it rests."""
    return Evidence(sources=(name,), sure="from_memory", checked=TODAY)


def sourced(number: str | int, unit: str, name: str) -> Loose:
    return replace(value(number, unit), evidence=source(name))


def spread(low: int, high: int, name: str) -> Loose:
    return replace(between(low, high, "units"), evidence=source(name))


def cap(code: str = "cap", **fields: Loose) -> Loose:
    return limit(code, **{"evidence": source(code.upper()), **fields})


def brand(**fields: Loose) -> Loose:
    days = sourced(84, "d", "LABEL-DAYS")
    own = {"limits": (cap(),), "min_interval_days": days, "evidence": source("BRAND")}
    return product(**{**own, **fields})


def scheme(**fields: Loose) -> Loose:
    part = protocol_site(units_per_point=spread(10, 20, "RANGE"))
    own = {"sites": (part,), "total_units": spread(40, 80, "TOTAL"), "evidence": source("SCHEME")}
    return protocol(**{**own, "interval_days": sourced(84, "d", "SCHEME-DAYS"), **fields})


def disease(**fields: Loose) -> Loose:
    made = diagnosis("myalgia", yes("pain"), yes("familiar"), evidence=source("DIAGNOSIS"))
    own = {"licences": (licence(evidence=source("LICENCE")),), "diagnoses": (made,)}
    days = sourced(84, "d", "CONDITION-DAYS")
    return condition(**{**own, "interval_days": days, "evidence": source("CONDITION"), **fields})


def house(**fields: Loose) -> Loose:
    own = {
        "rounding_accept_percent": sourced(5, "%", "ACCEPT"),
        "rounding_confirm_percent": sourced(10, "%", "CONFIRM"),
        "other_product_days": sourced(112, "d", "LOOK-BACK"),
        "shortfall_note_percent": sourced(1, "%", "SHORTFALL"),
        "lid_middle_share": sourced("0.34", "share", "UPPER-LID"),
        "lid_medial_share": sourced("0.5", "share", "LOWER-LID"),
    }
    return practice(**{**own, **fields})


def place(**fields: Loose) -> Loose:
    """The smallest knowledge, every number of it from a place of its own."""
    own = {
        "products": {"alfa": brand(), "beta": product("beta")},
        "protocols": {"scheme": scheme()},
        "conditions": {"tmd": disease()},
        "practice": house(),
        "sites": {"masseter": site(), "orbicularis_oculi": eye()},
    }
    return knowledge(**{**own, **fields})


def with_brand(**fields: Loose) -> Loose:
    return {"known": place(products={"alfa": brand(**fields), "beta": product("beta")})}


def with_limit(code: str = "cap", **fields: Loose) -> Loose:
    return with_brand(limits=(cap(code, **fields),))


def with_scheme(**fields: Loose) -> Loose:
    return {"known": place(protocols={"scheme": scheme(**fields)})}


def with_disease(**fields: Loose) -> Loose:
    return {"known": place(conditions={"tmd": disease(**fields)})}


def with_house(**fields: Loose) -> Loose:
    return {"known": place(practice=house(**fields))}


def with_site(**fields: Loose) -> Loose:
    return {"known": place(sites={"masseter": site(**fields), "orbicularis_oculi": eye()})}


def draft(*planned: PlannedPoint, **fields: Loose) -> Loose:
    return {"draft": plan(*planned, **fields)}


def before(*treatments: Earlier) -> Loose:
    return {"earlier": treatments}


def moved(name: str, x: str, y: str, view: str = "front") -> PlannedPoint:
    return point(name, "5", x=D(x), y=D(y), view=view)
