"""Finding things of the knowledge by their code; an unknown code is an error, never a default."""

from __future__ import annotations

from collections.abc import Mapping
from typing import get_args

from masseter.core.rules import UnknownProduct, UnknownSite
from masseter.knowledge.model import (
    Condition,
    Diagnosis,
    FaceMapView,
    Knowledge,
    Presentation,
    Product,
    Protocol,
    Side,
    Site,
)

__all__ = [
    "UnknownCondition",
    "UnknownPresentation",
    "UnknownProduct",
    "UnknownProtocol",
    "UnknownSite",
    "as_side",
    "find_condition",
    "find_diagnosis",
    "find_presentation",
    "find_product",
    "find_protocol",
    "find_side",
    "find_site",
    "find_view",
]

_SIDES: Mapping[str, Side] = {side: side for side in get_args(Side)}


class UnknownPresentation(LookupError):
    """The product has no presentation with this key."""


class UnknownProtocol(LookupError):
    """No protocol has this key."""


class UnknownCondition(LookupError):
    """No condition has this code."""


def find_product(knowledge: Knowledge, key: str) -> Product:
    """The product of a key. Raises: UnknownProduct."""
    if key not in knowledge.products:
        raise UnknownProduct(f"There is no product called {key!r}.")
    return knowledge.products[key]


def find_presentation(product: Product, key: str) -> Presentation:
    """The vial size of a key. Raises: UnknownPresentation."""
    for presentation in product.presentations:
        if presentation.key == key:
            return presentation
    raise UnknownPresentation(f"{product.brand} has no presentation called {key!r}.")


def find_protocol(knowledge: Knowledge, key: str) -> Protocol:
    """The protocol of a key. Raises: UnknownProtocol."""
    if key not in knowledge.protocols:
        raise UnknownProtocol(f"There is no protocol called {key!r}.")
    return knowledge.protocols[key]


def find_site(knowledge: Knowledge, code: str) -> Site:
    """The site of a code. Raises: UnknownSite."""
    if code not in knowledge.sites:
        raise UnknownSite(f"There is no site called {code!r}.")
    return knowledge.sites[code]


def find_side(text: str) -> Side | None:
    """The side that a text names; None for any other text."""
    return _SIDES.get(text)


def as_side(text: str) -> Side:
    """The side that a stored text names. Raises: KeyError for any other text."""
    return _SIDES[text]


def find_view(knowledge: Knowledge, view: str) -> FaceMapView | None:
    """The view of the face map with this name; None where it has none."""
    return next((each for each in knowledge.face_map.views if each.view == view), None)


def find_condition(knowledge: Knowledge, code: str) -> Condition:
    """The condition of a code. Raises: UnknownCondition."""
    if code not in knowledge.conditions:
        raise UnknownCondition(f"There is no condition called {code!r}.")
    return knowledge.conditions[code]


def find_diagnosis(condition: Condition, code: str) -> Diagnosis | None:
    """The diagnosis of a condition with this code; None for an empty code or another one."""
    return next((each for each in condition.diagnoses if each.code == code), None)
