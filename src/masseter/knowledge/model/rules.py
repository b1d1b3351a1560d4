"""Rules: a small language over observations, answered met, not met or unknown."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, kw_only=True)
class Is:
    """The boolean observation has this value."""

    observation: str
    equals: bool = True


@dataclass(frozen=True, kw_only=True)
class AtLeast:
    observation: str
    at_least: Decimal


@dataclass(frozen=True, kw_only=True)
class AtMost:
    observation: str
    at_most: Decimal


@dataclass(frozen=True, kw_only=True)
class OneOf:
    """The choice is one of these codes; for `choices`, at least one of those chosen is."""

    observation: str
    one_of: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class CountAtLeast:
    """At least so many of the codes in `of` (all codes when empty) are chosen in a `choices` observation."""

    observation: str
    count_at_least: int
    of: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class AllOf:
    all: tuple[Rule, ...]


@dataclass(frozen=True, kw_only=True)
class AnyOf:
    any: tuple[Rule, ...]


@dataclass(frozen=True, kw_only=True)
class NumberOf:
    """At least `count` of these rules are met."""

    count: int
    of_rules: tuple[Rule, ...]


@dataclass(frozen=True, kw_only=True)
class Not:
    negate: Rule


Rule = Is | AtLeast | AtMost | OneOf | CountAtLeast | AllOf | AnyOf | NumberOf | Not
