"""Candidacy of many people: the verdicts of `assess_candidacy`, each part worked out once, then looked up.

A rule or a diagnosis reads a few observations. Two people who answer these alike get the same from it,
whatever else is known of them. So each part is asked of the few facts that it can read, and what it said
is kept for the next person who answers the same.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import count
from operator import itemgetter
from typing import Any, Generic, TypeVar

from masseter.core.answers import observations_of
from masseter.core.consult.candidacy import Candidacy
from masseter.core.consult.diagnose import DiagnosisResult, judge
from masseter.core.consult.findings import diagnosis_findings, licence_findings, precaution_findings
from masseter.core.consult.priority import Stake, diagnosis_stakes, order_questions, rule_stakes
from masseter.core.facts import NOT_APPLICABLE, Facts, Observation
from masseter.core.findings import Finding, Rank, gravest_lead, rank
from masseter.core.kept import Kept
from masseter.core.questions import ObservationTypes, settle
from masseter.core.rules import UnknownProduct, has_approval, regions_of, rules_for
from masseter.knowledge.model import Condition, Diagnosis, FindingRule, Jurisdiction, Knowledge

MOST_KEPT = 20_000  # answers of one part; then it forgets them all, so that memory stays bounded
_PLAIN = frozenset((bool, str, tuple, type(None)))  # values that are equal only to their like
_NOT_APPLICABLE = ("not applicable",)
_Tokens = dict[str, Hashable]  # what tells one answer from another, by code
T = TypeVar("T")
Ranked = tuple[Rank, Finding]


class Assessor:
    """Verdicts for many people from one knowledge, equal in every field to those of `assess_candidacy`."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge
        self._benches: dict[Hashable, _Bench] = {}
        self._workshops: dict[Hashable, _Workshop] = {}

    def assess(
        self,
        *,
        condition: Condition,
        facts: Facts,
        jurisdiction: Jurisdiction,
        product: str | None = None,
        sites: Sequence[str] = (),
    ) -> Candidacy:
        """The verdict for one person and one condition.

        Raises: UnknownProduct, UnknownSite, UnknownObservation, WrongKind.
        """
        regions = regions_of(sites, self._knowledge)
        key = (condition.code, jurisdiction, product, regions)
        bench = self._benches.get(key)
        if bench is None:
            if product is not None and product not in self._knowledge.products:
                raise UnknownProduct(f"There is no product called {product!r}.")
            bench = _Bench(condition, self._workshop(product, regions), jurisdiction)
            self._benches[key] = bench
        return bench.assess(facts)

    def _workshop(self, product: str | None, regions: frozenset[str]) -> _Workshop:
        key = (product, regions)
        if key not in self._workshops:
            self._workshops[key] = _Workshop(self._knowledge, product, regions)
        return self._workshops[key]


@dataclass(frozen=True, kw_only=True)
class _RuleSays:
    """What one rule says of one set of answers; `waits_for` is the approval that would settle it."""

    findings: tuple[Ranked, ...]
    stakes: tuple[Stake, ...]
    waits_for: str


@dataclass(frozen=True, kw_only=True)
class _DiagnosisSays:
    """What the criteria of one diagnosis say of one set of answers; each such saying has its own number."""

    result: DiagnosisResult
    stakes: tuple[Stake, ...]
    number: int


class _Part(Generic[T]):
    """One part of a verdict and what it said of each set of answers that it was asked about so far."""

    def __init__(self, reads: tuple[str, ...], types: ObservationTypes, say: Callable[[Facts], T]) -> None:
        self.reads = reads
        self._types = {code: types[code] for code in reads if code in types}
        self._say = say
        self._said: Kept[Hashable, T] = Kept(MOST_KEPT)
        self.key: Callable[[_Tokens], Hashable] = itemgetter(*reads) if reads else _nothing
        self.find = self._said.get

    def work_out(self, key: Hashable, facts: Facts) -> T:
        own = {code: facts[code] for code in self.reads if code in facts}
        return self._said.keep(key, self._say(settle(own, self._types)))


def _ask(parts: Iterable[_Part[T]], tokens: _Tokens, facts: Facts) -> list[T]:
    """What each part says; written for speed, since nearly every answer is there already."""
    return [part.find(key) or part.work_out(key, facts) for part in parts for key in (part.key(tokens),)]


class _Workshop:
    """The parts for one product and these regions; conditions and jurisdictions share the most of them."""

    def __init__(self, knowledge: Knowledge, product: str | None, regions: frozenset[str]) -> None:
        self.knowledge, self.types, self.product = knowledge, knowledge.observations, product
        self._regions = regions
        self._rules: dict[int, _Part[_RuleSays]] = {}
        self._numbers = count()

    def rule(self, rule: FindingRule) -> _Part[_RuleSays]:
        if id(rule) not in self._rules:  # the knowledge holds every rule for as long as this lives
            self._rules[id(rule)] = _Part(_read_by_rule(rule, self.types), self.types, self._judge_rule(rule))
        return self._rules[id(rule)]

    def diagnosis(self, diagnosis: Diagnosis) -> _Part[_DiagnosisSays]:
        return _Part(_read_by_diagnosis(diagnosis, self.types), self.types, self._judge(diagnosis))

    def _judge_rule(self, rule: FindingRule) -> Callable[[Facts], _RuleSays]:
        def say(facts: Facts) -> _RuleSays:
            found = precaution_findings(
                [rule], facts, self.knowledge, product=self.product, regions=self._regions
            )
            is_met = any(each.code == rule.code for each in found)
            waits = is_met and rule.needs_approval and not has_approval(rule.needs_approval, facts)
            return _RuleSays(
                findings=_ranked(found),
                stakes=rule_stakes(rule, facts, self.types),
                waits_for=rule.needs_approval if waits else "",
            )

        return say

    def _judge(self, diagnosis: Diagnosis) -> Callable[[Facts], _DiagnosisSays]:
        def say(facts: Facts) -> _DiagnosisSays:
            result = judge(diagnosis, facts)
            stakes = diagnosis_stakes(result, facts, self.types)
            return _DiagnosisSays(result=result, stakes=stakes, number=next(self._numbers))

        return say


class _Bench:
    """All that is the same for people with one condition, jurisdiction, product and regions."""

    def __init__(self, condition: Condition, workshop: _Workshop, jurisdiction: Jurisdiction) -> None:
        self._condition, self._jurisdiction, self._workshop = condition, jurisdiction, workshop
        rules = rules_for(condition=condition, knowledge=workshop.knowledge, jurisdiction=jurisdiction)
        self._rules = [workshop.rule(rule) for rule in rules]
        self._diagnoses = [workshop.diagnosis(each) for each in condition.diagnoses]
        self._concluded: Kept[tuple[int, ...], tuple[Ranked, ...]] = Kept(MOST_KEPT)
        # What was never answered is like 'not known'.
        parts: tuple[_Part[Any], ...] = (*self._rules, *self._diagnoses)
        self._unanswered: _Tokens = {code: None for part in parts for code in part.reads}

    def assess(self, facts: Facts) -> Candidacy:
        tokens = self._tokens(facts)
        rules, diagnoses = _ask(self._rules, tokens, facts), _ask(self._diagnoses, tokens, facts)
        findings = _in_order([pair for each in rules for pair in each.findings], self._conclude(diagnoses))
        stakes = [stake for each in rules for stake in each.stakes]
        stakes += [stake for each in diagnoses for stake in each.stakes]
        return Candidacy(
            verdict=gravest_lead(findings),
            condition=self._condition.code,
            jurisdiction=self._jurisdiction,
            diagnoses=tuple(each.result for each in diagnoses),
            findings=findings,
            questions=order_questions(stakes, findings, self._workshop.types) if stakes else (),
            approvals=tuple(dict.fromkeys(each.waits_for for each in rules if each.waits_for)),
            knowledge_version=self._workshop.knowledge.version,
        )

    def _tokens(self, facts: Facts) -> _Tokens:
        tokens = self._unanswered.copy()
        for code, known in facts.items():
            value = known.value
            tokens[code] = value if value.__class__ in _PLAIN and not known.is_stale else _token(known)
        return tokens

    def _conclude(self, said: Sequence[_DiagnosisSays]) -> tuple[Ranked, ...]:
        key = tuple(each.number for each in said)
        if key in self._concluded:
            return self._concluded[key]
        results = tuple(each.result for each in said)
        licences = licence_findings(
            self._condition, results, jurisdiction=self._jurisdiction, product=self._workshop.product
        )
        found = (*diagnosis_findings(self._condition, results), *licences)
        return self._concluded.keep(key, _ranked(found))


def _token(known: Observation) -> Hashable:
    """Equal for answers of which every part says the same; Python's `True == 1` must not make two one."""
    token: Hashable = known.value
    if not isinstance(token, bool) and isinstance(token, int | Decimal):
        token = f"#{token}"  # a text remembers its hash, a Decimal works it out each time
    elif token is NOT_APPLICABLE:
        token = _NOT_APPLICABLE
    return (token, known.observed_on) if known.is_stale else token


def _nothing(tokens: _Tokens) -> None:
    """The key of a part that reads nothing."""


def _read_by_rule(rule: FindingRule, types: ObservationTypes) -> tuple[str, ...]:
    return _with_what_they_hang_on((*observations_of(rule.when), rule.needs_approval), types)


def _read_by_diagnosis(diagnosis: Diagnosis, types: ObservationTypes) -> tuple[str, ...]:
    read = (code for criterion in diagnosis.criteria for code in observations_of(criterion.rule))
    return _with_what_they_hang_on(read, types)


def _with_what_they_hang_on(codes: Iterable[str], types: ObservationTypes) -> tuple[str, ...]:
    """The codes, and those that decide whether or by which question each one is asked."""
    reached: dict[str, None] = {}
    waiting = [code for code in codes if code]
    while waiting:
        code = waiting.pop()
        if code in reached:
            continue
        reached[code] = None
        if code in types:
            waiting += [types[code].asked_by] if types[code].asked_by else []
            only_if = types[code].only_if
            waiting += observations_of(only_if) if only_if is not None else ()
    return tuple(reached)


def _ranked(findings: Iterable[Finding]) -> tuple[Ranked, ...]:
    return tuple((rank(each), each) for each in findings)


def _in_order(some: list[Ranked], more: tuple[Ranked, ...]) -> tuple[Finding, ...]:
    """Every finding once, the gravest first, as `order_findings` has them."""
    ordered: list[Finding] = []
    last: Ranked | None = None
    for pair in sorted((*some, *more), key=itemgetter(0)):
        if last is None or pair[0] != last[0] or pair[1] != last[1]:
            ordered.append(pair[1])
        last = pair
    return tuple(ordered)
