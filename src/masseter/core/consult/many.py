"""Candidacy of many people: the verdicts of `assess_candidacy`, each part worked out once, then looked up.

A rule or a criterion reads a few observations. Two people whose answers to these are alike get the same
from it, whatever else is known of them. So each part is asked of the few facts that it can read, and what
it said is kept for the next person who answers alike.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from itertools import chain
from operator import attrgetter, eq, itemgetter

from masseter.core.consult.alike import NOT_KNOWN, Alike, Tokens
from masseter.core.consult.candidacy import Candidacy
from masseter.core.consult.findings import diagnosis_findings, licence_findings
from masseter.core.consult.parts import (
    MOST_KEPT,
    DiagnosisSays,
    Part,
    Parts,
    Ranked,
    RuleSays,
    Workshop,
    ranked,
)
from masseter.core.consult.priority import Stake, order_questions
from masseter.core.facts import Facts
from masseter.core.findings import LEADS, Finding
from masseter.core.kept import Kept
from masseter.core.rules import UnknownProduct, regions_of, rules_for
from masseter.knowledge.model import Condition, FindingRule, Jurisdiction, Knowledge

_PLACE, _FINDING = itemgetter(0), itemgetter(1)
_LEAD = itemgetter(1)  # of a place
_FINDINGS, _STAKES, _WAITS_FOR = attrgetter("findings"), attrgetter("stakes"), attrgetter("waits_for")
_AT_A_TIME = 3  # more would have more to say than comes again
_NOWHERE: frozenset[str] = frozenset()


class Assessor:
    """Verdicts for many people from one knowledge, equal in every field to those of `assess_candidacy`."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge
        self._alike = Alike(knowledge)
        self._benches: dict[Hashable, _Bench] = {}
        self._workshops: dict[Hashable, Workshop] = {}

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
        regions = regions_of(sites, self._knowledge) if sites else _NOWHERE
        key = (condition.code, jurisdiction, product, regions)
        bench = self._benches.get(key)
        if bench is None:
            if product is not None and product not in self._knowledge.products:
                raise UnknownProduct(f"There is no product called {product!r}.")
            bench = _Bench(condition, self._workshop(product, regions), jurisdiction)
            self._benches[key] = bench
        return bench.assess(facts, self._alike.tokens(facts))

    def _workshop(self, product: str | None, regions: frozenset[str]) -> Workshop:
        key = (product, regions)
        if key not in self._workshops:
            self._workshops[key] = Workshop(self._knowledge, product, regions)
        return self._workshops[key]


@dataclass(frozen=True, kw_only=True)
class _Says:
    """What several rules say; `waits_for`: each approval that would settle one, with the rule's place."""

    findings: tuple[Ranked, ...]
    stakes: tuple[Stake, ...]
    waits_for: tuple[tuple[int, str], ...]


_NOTHING = _Says(findings=(), stakes=(), waits_for=())


class _Bench:
    """All that is the same for people with one condition, jurisdiction, product and regions."""

    def __init__(self, condition: Condition, workshop: Workshop, jurisdiction: Jurisdiction) -> None:
        self._condition, self._jurisdiction, self._workshop = condition, jurisdiction, workshop
        rules = rules_for(condition=condition, knowledge=workshop.knowledge, jurisdiction=jurisdiction)
        self._rules = Parts(self._together(rules))
        self._diagnoses = Parts([workshop.diagnosis(each) for each in condition.diagnoses])
        self._concluded: Kept[tuple[int, ...], tuple[Ranked, ...]] = Kept(MOST_KEPT)
        # What was never answered is like 'not known'.
        self._unanswered = dict.fromkeys((*self._rules.reads, *self._diagnoses.reads), NOT_KNOWN)

    def assess(self, facts: Facts, answered: Tokens) -> Candidacy:
        tokens = {**self._unanswered, **answered}
        rules, diagnoses = self._rules.ask(tokens, facts), self._diagnoses.ask(tokens, facts)
        telling = [each for each in rules if each is not _NOTHING]
        found = [*chain.from_iterable(map(_FINDINGS, telling)), *self._conclude(diagnoses)]
        findings = _in_order(found)
        stakes = [*chain.from_iterable(map(_STAKES, telling)), *chain.from_iterable(map(_STAKES, diagnoses))]
        waits = sorted(chain.from_iterable(map(_WAITS_FOR, telling)))
        return Candidacy(
            verdict=LEADS[min(map(_LEAD, map(_PLACE, found)))],  # the licence always has its finding
            condition=self._condition.code,
            jurisdiction=self._jurisdiction,
            diagnoses=tuple([each.result for each in diagnoses]),
            findings=findings,
            questions=order_questions(stakes, findings, self._workshop.types) if stakes else (),
            approvals=tuple(dict.fromkeys([code for _, code in waits])),
            knowledge_version=self._workshop.knowledge.version,
        )

    def _together(self, rules: Sequence[FindingRule]) -> list[Part[_Says]]:
        """The rules in few parts: those that read the same observations, then a few of these at a time."""
        alike: dict[tuple[str, ...], list[Part[_Says]]] = {}
        for place, rule in enumerate(rules):
            part = _placed(place, self._workshop.rule(rule))
            alike.setdefault(part.reads, []).append(part)
        joined = [_joined(parts) for parts in alike.values()]
        return [_joined(joined[first : first + _AT_A_TIME]) for first in range(0, len(joined), _AT_A_TIME)]

    def _conclude(self, said: Sequence[DiagnosisSays]) -> tuple[Ranked, ...]:
        key = tuple([each.number for each in said])
        if key in self._concluded:
            return self._concluded[key]
        results = tuple(each.result for each in said)
        licences = licence_findings(
            self._condition, results, jurisdiction=self._jurisdiction, product=self._workshop.product
        )
        found = (*diagnosis_findings(self._condition, results), *licences)
        return self._concluded.keep(key, ranked(found))


def _placed(place: int, part: Part[RuleSays]) -> Part[_Says]:
    """A rule by its place among the others."""

    def say(tokens: Tokens, facts: Facts) -> _Says:
        told = part.ask(tokens, facts)
        waits_for = ((place, told.waits_for),) if told.waits_for else ()
        return _said(_Says(findings=told.findings, stakes=told.stakes, waits_for=waits_for))

    return Part(part.reads, say)


def _joined(parts: Sequence[Part[_Says]]) -> Part[_Says]:
    """Several parts as one, which reads all that they read."""
    together = Parts(parts)

    def say(tokens: Tokens, facts: Facts) -> _Says:
        said = together.ask(tokens, facts)
        telling = [each for each in said if each is not _NOTHING]
        if len(telling) < 2:
            return telling[0] if telling else _NOTHING
        return _Says(
            findings=tuple(chain.from_iterable(each.findings for each in telling)),
            stakes=tuple(chain.from_iterable(each.stakes for each in telling)),
            waits_for=tuple(chain.from_iterable(each.waits_for for each in telling)),
        )

    return Part(tuple(dict.fromkeys(code for part in parts for code in part.reads)), say)


def _said(says: _Says) -> _Says:
    return _NOTHING if says == _NOTHING else says


def _in_order(found: list[Ranked]) -> tuple[Finding, ...]:
    """Every finding once, the gravest first, as `order_findings` has them."""
    found.sort(key=_PLACE)
    places = list(map(_PLACE, found))
    if any(map(eq, places, places[1:])):  # two of one place may be one and the same
        found = [pair for pair, before in zip(found, [None, *found], strict=False) if pair != before]
    return tuple(map(_FINDING, found))
