"""Answers that meet a rule, found by trying: for the tests that each rule can be met at all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from itertools import combinations

from masseter.core.answers import Answer, evaluate
from masseter.core.facts import NONE_CHOSEN, ObservationValue, fact
from masseter.knowledge.model import AllOf, AnyOf, AtLeast, AtMost, Not, NumberOf, ObservationType, Rule

Values = dict[str, ObservationValue]
Types = Mapping[str, ObservationType]


def answer(rule: Rule, values: Values) -> Answer:
    held = {code: fact(code, value, observed_on=date(2026, 1, 2)) for code, value in values.items()}
    return evaluate(rule, held).answer


def meet(rule: Rule, types: Types, chosen: Values, *, wanted: bool) -> Iterator[Values]:
    """Every way found to make the rule met (or not met), beginning with what is chosen already."""
    match rule:
        case Not(negate=part):
            yield from meet(part, types, chosen, wanted=not wanted)
        case AllOf(all=parts) if wanted:
            yield from _together(parts, types, chosen, wanted=True)
        case AnyOf(any=parts) if not wanted:
            yield from _together(parts, types, chosen, wanted=False)
        case NumberOf(count=count, of_rules=parts) if wanted:
            for some in combinations(parts, count):
                yield from _together(some, types, chosen, wanted=True)
        case NumberOf(count=count, of_rules=parts):
            for some in combinations(parts, len(parts) - count + 1):
                yield from _together(some, types, chosen, wanted=False)
        case AllOf(all=parts) | AnyOf(any=parts):
            for part in parts:
                yield from meet(part, types, chosen, wanted=wanted)
        case _:
            yield from _single(rule, types, chosen, wanted=wanted)


def _together(parts: tuple[Rule, ...], types: Types, chosen: Values, *, wanted: bool) -> Iterator[Values]:
    if not parts:
        yield chosen
        return
    for found in meet(parts[0], types, chosen, wanted=wanted):
        yield from _together(parts[1:], types, found, wanted=wanted)


def _single(rule: Rule, types: Types, chosen: Values, *, wanted: bool) -> Iterator[Values]:
    assert not isinstance(rule, AllOf | AnyOf | NumberOf | Not)
    code = rule.observation
    tried = [chosen[code]] if code in chosen else _possible(rule, types[code])
    for value in tried:
        if answer(rule, {code: value}) is (Answer.MET if wanted else Answer.NOT_MET):
            yield {**chosen, code: value}


def _possible(rule: Rule, type_: ObservationType) -> list[ObservationValue]:
    codes = [choice.code for choice in type_.choices]
    match type_.kind:
        case "boolean":
            return [True, False]
        case "choice":
            return list(codes)
        case "choices":
            several = tuple(code for code in codes if code != NONE_CHOSEN)
            return [several, *((code,) for code in several), (NONE_CHOSEN,)]
        case _:
            limit = rule.at_least if isinstance(rule, AtLeast) else Decimal(0)
            limit = rule.at_most if isinstance(rule, AtMost) else limit
            near = [limit, limit - 1, limit + 1]
            return [number for number in near if _is_plausible(number, type_)]


def _is_plausible(number: Decimal, type_: ObservationType) -> bool:
    return (type_.low is None or number >= type_.low) and (type_.high is None or number <= type_.high)
