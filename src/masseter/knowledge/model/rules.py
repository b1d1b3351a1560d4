"""Rules: a small language over observations, answered met, not met or unknown."""

from __future__ import annotations

from collections.abc import Iterator
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


Single = Is | AtLeast | AtMost | OneOf | CountAtLeast
"""A rule over one observation."""

Rule = Single | AllOf | AnyOf | NumberOf | Not


def singles_in(rule: Rule) -> Iterator[Single]:
    """The rules over one observation each that a rule is made of, in its order."""
    match rule:
        case AllOf(all=parts) | AnyOf(any=parts) | NumberOf(of_rules=parts):
            for part in parts:
                yield from singles_in(part)
        case Not(negate=part):
            yield from singles_in(part)
        case _:  # of a single observation, as the type of `rule` says
            yield rule
