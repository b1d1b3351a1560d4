"""Candidacy of many people: the verdicts of `assess_candidacy`, each part worked out once, then looked up.

A rule or a criterion reads a few observations. Two people whose answers to these are alike get the same
from it, whatever else is known of them. So each part is asked of the few facts that it can read, and what
it said is kept for the next person who answers alike.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from itertools import chain
from operator import attrgetter, eq
from typing import NamedTuple

from masseter.core.consult.alike import NOT_KNOWN, Alike, all_rules
from masseter.core.consult.candidacy import Candidacy
from masseter.core.consult.diagnose import DiagnosisResult
from masseter.core.consult.findings import diagnosis_findings, licence_findings
from masseter.core.consult.parts import MOST_KEPT, NOTHING, Line, RankedLine, Says, saying
from masseter.core.consult.priority import order_asked
from masseter.core.consult.workshop import DiagnosesSay, Workshop
from masseter.core.facts import Facts
from masseter.core.findings import LEADS
from masseter.core.kept import Kept
from masseter.core.rules import UnknownProduct, regions_of
from masseter.knowledge.model import Condition, Jurisdiction, Knowledge, Leads

_PLACE, _WHAT = attrgetter("place"), attrgetter("what")
_FINDINGS, _LEAD, _ASKS = attrgetter("findings"), attrgetter("lead"), attrgetter("asks")
_STAKES, _WAITS_FOR, _NUMBER = attrgetter("stakes"), attrgetter("waits_for"), attrgetter("number")
_NOWHERE: frozenset[str] = frozenset()


class Judged(NamedTuple):
    """What `Candidacy` says, line by line; what is said alike to two people is the same line."""

    verdict: Leads
    diagnoses: list[Line[DiagnosisResult]]
    findings: list[RankedLine]
    questions: tuple[str, ...]
    approvals: tuple[str, ...]


class Assessor:
    """Verdicts for many people from one knowledge, equal in every field to those of `assess_candidacy`."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge
        self.alike = Alike(all_rules(knowledge))
        self._benches: dict[Hashable, Bench] = {}
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
        judged = self.bench(condition, jurisdiction, product, regions).judge(facts)
        return Candidacy(
            verdict=judged.verdict,
            condition=condition.code,
            jurisdiction=jurisdiction,
            diagnoses=tuple(map(_WHAT, judged.diagnoses)),
            findings=tuple(map(_WHAT, judged.findings)),
            questions=judged.questions,
            approvals=judged.approvals,
            knowledge_version=self._knowledge.version,
        )

    def bench(
        self,
        condition: Condition,
        jurisdiction: Jurisdiction,
        product: str | None,
        regions: frozenset[str] = _NOWHERE,
    ) -> Bench:
        """What judges all people with one condition, jurisdiction, product and regions.

        Raises: UnknownProduct.
        """
        key = (condition.code, jurisdiction, product, regions)
        bench = self._benches.get(key)
        if bench is None:
            if product is not None and product not in self._knowledge.products:
                raise UnknownProduct(f"There is no product called {product!r}.")
            workshop = self._workshop(product, regions)
            bench = self._benches[key] = Bench(condition, workshop, jurisdiction, self.alike)
        return bench

    def _workshop(self, product: str | None, regions: frozenset[str]) -> Workshop:
        key = (product, regions)
        if key not in self._workshops:
            self._workshops[key] = Workshop(self._knowledge, product, regions)
        return self._workshops[key]


class Bench:
    """All that is the same for people with one condition, jurisdiction, product and regions."""

    def __init__(
        self, condition: Condition, workshop: Workshop, jurisdiction: Jurisdiction, alike: Alike
    ) -> None:
        self._condition, self._jurisdiction, self._product = condition, jurisdiction, workshop.product
        self._types, self._alike = workshop.types, alike
        self._rules = workshop.rules(condition, jurisdiction)
        self._diagnoses = workshop.diagnoses(condition)
        self._concluded: Kept[tuple[int, ...], Says] = Kept(MOST_KEPT)
        # What was never answered is like 'not known'.
        self._unanswered = dict.fromkeys((*self._rules.reads, *self._diagnoses.reads), NOT_KNOWN)

    def judge(self, facts: Facts) -> Judged:
        """What is to be said to one person. Raises: UnknownObservation, WrongKind."""
        tokens = {**self._unanswered, **self._alike.tokens(facts)}
        rules, diagnoses = self._rules.ask(tokens, facts), self._diagnoses.ask(tokens, facts)
        telling = [each for each in (*rules, self._conclude(diagnoses)) if each is not NOTHING]
        stakes = list(chain.from_iterable(map(_STAKES, (*telling, *diagnoses))))
        asks = _NOWHERE.union(*map(_ASKS, telling)) if stakes else _NOWHERE
        waits = sorted(chain.from_iterable(map(_WAITS_FOR, telling)))
        return Judged(
            LEADS[min(map(_LEAD, telling))],  # the licence always has its finding
            self._diagnoses.in_order(diagnoses),
            _in_order(list(chain.from_iterable(map(_FINDINGS, telling)))),
            order_asked(stakes, asks, self._types) if asks else (),
            tuple(dict.fromkeys([code for _, code in waits])) if waits else (),
        )

    def _conclude(self, said: Sequence[DiagnosesSay]) -> Says:
        """What follows from all diagnoses together."""
        key = tuple(map(_NUMBER, said))
        return self._concluded.get(key) or self._concluded.keep(key, self._say(said))

    def _say(self, said: Sequence[DiagnosesSay]) -> Says:
        results = tuple(map(_WHAT, self._diagnoses.in_order(said)))
        licences = licence_findings(
            self._condition, results, jurisdiction=self._jurisdiction, product=self._product
        )
        return saying((*diagnosis_findings(self._condition, results), *licences))


def _in_order(found: list[RankedLine]) -> list[RankedLine]:
    """Every finding once, the gravest first, as `order_findings` has them."""
    found.sort(key=_PLACE)
    places = list(map(_PLACE, found))
    if any(map(eq, places, places[1:])):  # two of one place may be one and the same
        before = [None, *map(_WHAT, found)]
        found = [line for line, other in zip(found, before, strict=False) if line.what != other]
    return found
