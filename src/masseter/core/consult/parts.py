"""The parts of a verdict: what one rule, criterion or diagnosis says, kept for the next who answers alike."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Generic, TypeVar, cast

from masseter.core.answers import observations_of
from masseter.core.consult.alike import Token, Tokens
from masseter.core.consult.diagnose import CriterionResult, DiagnosisResult, from_criteria, judge_criterion
from masseter.core.consult.findings import precaution_findings
from masseter.core.consult.priority import Stake, criterion_stakes, rule_stakes
from masseter.core.facts import Facts
from masseter.core.findings import Finding, Rank, rank
from masseter.core.kept import Kept
from masseter.core.questions import ObservationTypes, settle
from masseter.core.rules import has_approval
from masseter.knowledge.model import Criterion, Diagnosis, FindingRule, Knowledge

MOST_KEPT = 20_000  # answers of one part; then it forgets them all, so that memory stays bounded
T = TypeVar("T")
Ranked = tuple[Rank, Finding]


@dataclass(frozen=True, kw_only=True)
class RuleSays:
    """What one rule says of one set of answers; `waits_for` is the approval that would settle it."""

    findings: tuple[Ranked, ...]
    stakes: tuple[Stake, ...]
    waits_for: str


@dataclass(frozen=True, kw_only=True)
class CriterionSays:
    """What one criterion says, and what hangs on each observation that it waits for."""

    result: CriterionResult
    stakes: dict[str, Stake]


@dataclass(frozen=True, kw_only=True)
class DiagnosisSays:
    """What one diagnosis says. `number` is the same where its answer and what is missing are the same."""

    result: DiagnosisResult
    stakes: tuple[Stake, ...]
    number: int


class Part(Generic[T]):
    """One part of a verdict and what it said of each set of answers that it was asked about so far."""

    def __init__(self, reads: tuple[str, ...], say: Callable[[Tokens, Facts], T]) -> None:
        self.reads = reads
        self._say = say
        self._said: Kept[Token, T] = Kept(MOST_KEPT)
        self.key: Callable[[Tokens], Token] = itemgetter(*reads) if reads else _nothing
        self.find = self._said.get

    def ask(self, tokens: Tokens, facts: Facts) -> T:
        """What it says of these answers; `tokens` has one for each that it reads."""
        key = self.key(tokens)
        return self.find(key) or self._said.keep(key, self._say(tokens, facts))


class Parts(Generic[T]):
    """Several parts that are asked together."""

    def __init__(self, parts: Sequence[Part[T]]) -> None:
        self.reads = tuple(code for part in parts for code in part.reads)
        self._parts = parts
        self._looks = tuple((part.find, part.key) for part in parts)

    def ask(self, tokens: Tokens, facts: Facts) -> list[T]:
        """What each part says; written for speed, since nearly every answer is there already."""
        said = [find(key(tokens)) for find, key in self._looks]
        if all(said):
            return cast(list[T], said)
        return [each or part.ask(tokens, facts) for each, part in zip(said, self._parts, strict=True)]


class Workshop:
    """The parts for one product and these regions; conditions and jurisdictions share the most of them."""

    def __init__(self, knowledge: Knowledge, product: str | None, regions: frozenset[str]) -> None:
        self.knowledge, self.types, self.product = knowledge, knowledge.observations, product
        self._regions = regions
        # By id: the knowledge holds every rule and diagnosis for as long as this lives.
        self._rules: dict[int, Part[RuleSays]] = {}
        self._diagnoses: dict[int, Part[DiagnosisSays]] = {}
        self._numbers: dict[Hashable, int] = {}

    def rule(self, rule: FindingRule) -> Part[RuleSays]:
        """The part of a rule."""
        if id(rule) not in self._rules:
            reads = with_what_they_hang_on((*observations_of(rule.when), rule.needs_approval), self.types)
            self._rules[id(rule)] = Part(reads, lambda tokens, facts: self._judge_rule(rule, facts, reads))
        return self._rules[id(rule)]

    def diagnosis(self, diagnosis: Diagnosis) -> Part[DiagnosisSays]:
        """The part of a diagnosis, made of those of its criteria."""
        if id(diagnosis) not in self._diagnoses:
            criteria = [self._criterion(each) for each in diagnosis.criteria]
            reads = tuple(dict.fromkeys(code for each in criteria for code in each.reads))

            def say(tokens: Tokens, facts: Facts) -> DiagnosisSays:
                return self._join(diagnosis, [each.ask(tokens, facts) for each in criteria])

            self._diagnoses[id(diagnosis)] = Part(reads, say)
        return self._diagnoses[id(diagnosis)]

    def _criterion(self, criterion: Criterion) -> Part[CriterionSays]:
        reads = with_what_they_hang_on(observations_of(criterion.rule), self.types)

        def say(tokens: Tokens, facts: Facts) -> CriterionSays:
            own = self._own(facts, reads)
            result = judge_criterion(criterion, own)
            return CriterionSays(result=result, stakes=criterion_stakes(result, own, self.types))

        return Part(reads, say)

    def _join(self, diagnosis: Diagnosis, criteria: list[CriterionSays]) -> DiagnosisSays:
        result = from_criteria(diagnosis, [each.result for each in criteria])
        missing = result.missing
        stakes = {code: stake for each in criteria for code, stake in each.stakes.items()}
        told = (diagnosis.code, result.answer, missing)
        return DiagnosisSays(
            result=result,
            stakes=tuple(stakes[code] for code in missing) if diagnosis.treatable else (),
            number=self._numbers.setdefault(told, len(self._numbers)),
        )

    def _judge_rule(self, rule: FindingRule, facts: Facts, reads: tuple[str, ...]) -> RuleSays:
        own = self._own(facts, reads)
        found = precaution_findings([rule], own, self.knowledge, product=self.product, regions=self._regions)
        is_met = any(each.code == rule.code for each in found)
        waits = is_met and rule.needs_approval and not has_approval(rule.needs_approval, own)
        return RuleSays(
            findings=ranked(found),
            stakes=rule_stakes(rule, own, self.types),
            waits_for=rule.needs_approval if waits else "",
        )

    def _own(self, facts: Facts, reads: tuple[str, ...]) -> Facts:
        """What a part may read of the facts."""
        types = {code: self.types[code] for code in reads if code in self.types}
        return settle({code: facts[code] for code in reads if code in facts}, types)


def ranked(findings: Iterable[Finding]) -> tuple[Ranked, ...]:
    """Each finding with its place in a verdict."""
    return tuple((rank(each), each) for each in findings)


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


def _nothing(tokens: Tokens) -> None:
    """The key of a part that reads nothing."""
