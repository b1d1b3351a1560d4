"""The parts that rules, criteria and diagnoses make for one product and its regions."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from itertools import chain
from operator import attrgetter
from typing import NamedTuple

from masseter.core.answers import observations_of
from masseter.core.consult.alike import NOT_KNOWN, Alike, Tokens
from masseter.core.consult.diagnose import CriterionResult, DiagnosisResult, from_criteria, judge_criterion
from masseter.core.consult.findings import precaution_findings
from masseter.core.consult.parts import (
    MOST_KEPT,
    Line,
    Part,
    Parts,
    Place,
    Says,
    bundled,
    rules_bundled,
    saying,
)
from masseter.core.consult.priority import Stake, criterion_stakes, rule_stakes
from masseter.core.facts import Facts
from masseter.core.kept import Kept
from masseter.core.questions import ObservationTypes, settle
from masseter.core.rules import has_approval, rules_for
from masseter.knowledge.model import Condition, Criterion, Diagnosis, FindingRule, Jurisdiction, Knowledge

# Observations of one part; with more, too few sets of answers come again.
_MOST_READ_BY_GENERAL, _MOST_READ, _MOST_READ_TWICE = 8, 6, 10
_RESULTS = attrgetter("results")


class CriterionSays(NamedTuple):
    """What one criterion says, and what hangs on each observation that it waits for."""

    result: CriterionResult
    stakes: dict[str, Stake]


class DiagnosesSay(NamedTuple):
    """What some diagnoses say. `number` is the same where their answers and what is missing are the same."""

    results: tuple[Line[DiagnosisResult], ...]
    stakes: tuple[Stake, ...]
    number: int


class Diagnoses:
    """All diagnoses of a condition, asked in bundles."""

    def __init__(self, bundles: Sequence[Part[DiagnosesSay]], numbers: Sequence[int]) -> None:
        self._bundles = Parts(bundles)
        self._places = sorted(range(len(numbers)), key=numbers.__getitem__)
        self.reads, self.ask = self._bundles.reads, self._bundles.ask

    def in_order(self, said: Iterable[DiagnosesSay]) -> list[Line[DiagnosisResult]]:
        """Each result, in the order of the knowledge."""
        results = list(chain.from_iterable(map(_RESULTS, said)))
        return [results[place] for place in self._places]


class Workshop:
    """The parts for one product and these regions; conditions and jurisdictions share the most of them."""

    def __init__(self, knowledge: Knowledge, product: str | None, regions: frozenset[str]) -> None:
        self.knowledge, self.types, self.product = knowledge, knowledge.observations, product
        self._regions = regions
        self._numbers: dict[Hashable, int] = {}
        self._alike: Kept[Hashable, CriterionSays] = Kept(MOST_KEPT)
        # By id: the knowledge holds every rule and diagnosis for as long as this lives.
        self._diagnoses: dict[int, Diagnoses] = {}
        self._rules = {
            id(rule): self._rule((is_own, number), rule)
            for is_own, rules in self._all_rules()
            for number, rule in enumerate(rules)
        }
        general = [rule for rule in knowledge.precautions if _is_for_all(rule)]
        self._everywhere = frozenset(map(id, general))
        self._general = rules_bundled([self._rules[id(rule)] for rule in general], _MOST_READ_BY_GENERAL)

    def rules(self, condition: Condition, jurisdiction: Jurisdiction) -> Parts[Says]:
        """The rules in force for a condition in a jurisdiction; those that are in force everywhere shared."""
        rules = rules_for(condition=condition, knowledge=self.knowledge, jurisdiction=jurisdiction)
        own = [self._rules[id(rule)] for rule in rules if id(rule) not in self._everywhere]
        return Parts([*self._general, *rules_bundled(own, _MOST_READ)])

    def diagnoses(self, condition: Condition) -> Diagnoses:
        """The diagnoses of a condition; all jurisdictions share them."""
        if id(condition) not in self._diagnoses:
            parts = [self._diagnosis(each) for each in condition.diagnoses]
            bundles = bundled(parts, _MOST_READ)
            joined = [self._diagnoses_joined([parts[number] for number in bundle]) for bundle in bundles]
            self._diagnoses[id(condition)] = Diagnoses(
                joined, [each for bundle in bundles for each in bundle]
            )
        return self._diagnoses[id(condition)]

    def _all_rules(self) -> Iterable[tuple[bool, tuple[FindingRule, ...]]]:
        yield False, self.knowledge.precautions
        yield from ((True, condition.findings) for condition in self.knowledge.conditions.values())

    def _rule(self, place: Place, rule: FindingRule) -> Part[Says]:
        reads = with_what_they_hang_on((*observations_of(rule.when), rule.needs_approval), self.types)
        own = self._own(reads)
        return Part(reads, lambda tokens, facts: self._judge(place, rule, own(facts)))

    def _judge(self, place: Place, rule: FindingRule, own: Facts) -> Says:
        found = precaution_findings([rule], own, self.knowledge, product=self.product, regions=self._regions)
        is_met = any(each.code == rule.code for each in found)
        waits = is_met and rule.needs_approval and not has_approval(rule.needs_approval, own)
        return saying(
            found,
            stakes=rule_stakes(rule, own, self.types),
            waits_for=((place, rule.needs_approval),) if waits else (),
        )

    def _diagnoses_joined(self, parts: Sequence[Part[DiagnosesSay]]) -> Part[DiagnosesSay]:
        if len(parts) == 1:
            return parts[0]
        together = Parts(parts)

        def say(tokens: Tokens, facts: Facts) -> DiagnosesSay:
            said = together.ask(tokens, facts)
            return DiagnosesSay(
                results=tuple(result for each in said for result in each.results),
                stakes=tuple(stake for each in said for stake in each.stakes),
                number=self._number(tuple(each.number for each in said)),
            )

        return Part(together.reads, say)

    def _number(self, told: Hashable) -> int:
        return self._numbers.setdefault(told, len(self._numbers))

    def _diagnosis(self, diagnosis: Diagnosis) -> Part[DiagnosesSay]:
        criteria = Parts([self._criterion(each) for each in diagnosis.criteria])
        joined: Kept[Hashable, tuple[DiagnosesSay, object]] = Kept(MOST_KEPT)

        def say(tokens: Tokens, facts: Facts) -> DiagnosesSay:
            said = criteria.ask(tokens, facts)
            key = tuple(map(id, said))
            # What the criteria said is held too, so that nothing else takes over its id.
            return (joined.get(key) or joined.keep(key, (self._join(diagnosis, said), said)))[0]

        return Part(criteria.reads, say)

    def _criterion(self, criterion: Criterion) -> Part[CriterionSays]:
        reads = with_what_they_hang_on(observations_of(criterion.rule), self.types)
        own = self._own(reads)

        def judge(tokens: Tokens, facts: Facts) -> CriterionSays:
            return self._judge_criterion(criterion, own(facts))

        if len(reads) > _MOST_READ_TWICE:
            return Part(reads, judge)
        hang_on = (self.types[code].only_if for code in reads if code in self.types)
        # Other rules may tell answers apart that are alike to this one.
        alike = Alike([criterion.rule, *(rule for rule in hang_on if rule is not None)])
        unanswered = dict.fromkeys(reads, NOT_KNOWN)
        judged = Part(reads, judge)

        def say(tokens: Tokens, facts: Facts) -> CriterionSays:
            read = {code: facts[code] for code in reads if code in facts}
            return judged.ask({**unanswered, **alike.tokens(read)}, read)

        return Part(reads, say)

    def _judge_criterion(self, criterion: Criterion, own: Facts) -> CriterionSays:
        result = judge_criterion(criterion, own)
        stakes = criterion_stakes(result, own, self.types)
        # Many answers come to the same: it is said by the same thing, and written only once.
        key = (id(criterion), result.outcome, *stakes.items())
        return self._alike.get(key) or self._alike.keep(key, CriterionSays(result, stakes))

    def _join(self, diagnosis: Diagnosis, criteria: list[CriterionSays]) -> DiagnosesSay:
        result = from_criteria(diagnosis, [each.result for each in criteria])
        missing = result.missing
        stakes = {code: stake for each in criteria for code, stake in each.stakes.items()}
        return DiagnosesSay(
            results=(Line(result),),
            stakes=tuple(stakes[code] for code in missing) if diagnosis.treatable else (),
            number=self._number((diagnosis.code, result.answer, missing)),
        )

    def _own(self, reads: tuple[str, ...]) -> Callable[[Facts], Facts]:
        """Takes from the facts what a part may read of them."""
        types = {code: self.types[code] for code in reads if code in self.types}
        hanging = {code: type_ for code, type_ in types.items() if type_.only_if is not None}

        def own(facts: Facts) -> Facts:
            read = {code: facts[code] for code in reads if code in facts}
            return settle(read, hanging)

        return own


def with_what_they_hang_on(codes: Iterable[str], types: ObservationTypes) -> tuple[str, ...]:
    """The codes, and those that decide whether or by which question each one is asked; in one order."""
    reached: set[str] = set()
    waiting = list(codes)
    while waiting:
        code = waiting.pop()
        if not code or code in reached:
            continue
        reached.add(code)
        if code in types:
            waiting.append(types[code].asked_by)
            only_if = types[code].only_if
            waiting += observations_of(only_if) if only_if is not None else ()
    return tuple(sorted(reached))


def _is_for_all(rule: FindingRule) -> bool:
    """It is in force for every condition, in every jurisdiction."""
    return not rule.conditions and not rule.jurisdictions
