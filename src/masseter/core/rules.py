"""From a finding rule and the facts to a finding: met, still open, or none."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from typing import Protocol

from masseter.core.answers import Answer, evaluate
from masseter.core.facts import Facts, only_fresh
from masseter.core.findings import Finding
from masseter.core.questions import ObservationTypes, questions_behind
from masseter.knowledge.model import Condition, FindingRule, Jurisdiction, Knowledge, Severity


class OfPlaces(Protocol):
    """A piece of knowledge that may be of some places alone."""

    @property
    def jurisdictions(self) -> tuple[Jurisdiction, ...]: ...


class UnknownProduct(LookupError):
    """A product that knowledge does not have."""


class UnknownSite(LookupError):
    """A site that knowledge does not have."""


def rules_for(
    *, condition: Condition, knowledge: Knowledge, jurisdiction: Jurisdiction
) -> tuple[FindingRule, ...]:
    """The finding rules in force for a condition in a jurisdiction: the general ones, then its own."""
    return tuple(
        rule
        for rule in (*knowledge.precautions, *condition.findings)
        if (not rule.conditions or condition.code in rule.conditions) and holds_in(rule, jurisdiction)
    )


def holds_in(known: OfPlaces, jurisdiction: str) -> bool:
    """It is of this place, or of every place."""
    return not known.jurisdictions or jurisdiction in known.jurisdictions


def concerns_product(rule: FindingRule, product: str | None) -> bool:
    """The rule speaks of this product, of every product, or no product has been chosen yet."""
    return not rule.products or product is None or product in rule.products


def concerns_regions(rule: FindingRule, regions: Collection[str]) -> bool:
    """The rule speaks of one of these regions, of every region, or no region is known yet."""
    return not rule.regions or not regions or any(region in rule.regions for region in regions)


def regions_of(sites: Collection[str], knowledge: Knowledge) -> frozenset[str]:
    """The body regions of these sites, with those whose precautions hold for them too.

    Raises: UnknownSite for a site that knowledge does not have.
    """
    for site in sites:
        if site not in knowledge.sites:
            raise UnknownSite(f"There is no site called {site!r}.")
    told = [knowledge.sites[site] for site in sites]
    return frozenset(region for site in told for region in (site.region, *site.also_in))


def finding_of(rule: FindingRule, facts: Facts, types: ObservationTypes) -> Finding | None:
    """The finding of a rule: the finding itself when met, an open one when it has to be asked, or none.

    What was found holds until it is answered anew; that there is nothing holds only while it is fresh.
    """
    if evaluate(rule.when, facts).answer is Answer.MET:
        return met_finding(rule, facts)
    outcome = evaluate(rule.when, only_fresh(facts))
    if outcome.is_unknown and (rule.is_red_flag or rule.unknown == "ask"):
        asks = questions_behind(outcome.missing, facts, types)
        return open_finding(rule, asks, answered_on=_last_answer(outcome.missing, facts))
    return None


def met_finding(rule: FindingRule, facts: Facts) -> Finding:
    """The finding of a rule that is met; a specialist's recorded approval turns its stop into a caution."""
    is_approved = bool(rule.needs_approval) and has_approval(rule.needs_approval, facts)
    settled = (
        " Recorded as worked up and settled."
        if rule.is_red_flag
        else " A specialist's approval is on record."
    )
    return Finding(
        code=rule.code,
        severity="caution" if is_approved and rule.severity == "stop" else rule.severity,
        sentence=f"{rule.sentence}{settled if is_approved else ''}",
        plain=rule.plain,
        sources=rule.evidence.sources,
        sure=rule.evidence.sure,
        leads_to="candidate" if is_approved else rule.leads_to,
        urgency=rule.urgency,
    )


def open_finding(rule: FindingRule, asks: tuple[str, ...], *, answered_on: date | None = None) -> Finding:
    """What stands while a rule cannot be answered: the questions to ask.

    A red flag that has not been asked stops as one that is there. All else is a caution: it waits for the
    answer, or for a written reason for going on without it. `answered_on`: the day of an answer that is
    too old to hold.
    """
    severity: Severity = "stop" if rule.is_red_flag else "caution"
    opening = (
        f"Last answered on {answered_on}; ask again whether this applies"
        if answered_on
        else "Not known yet whether this applies"
    )
    return Finding(
        code=f"{rule.code}-open",
        severity=severity,
        sentence=f"{opening}: {rule.sentence}",
        plain=f"We need to ask you {'again' if answered_on else 'more'} about this: {rule.plain}",
        sources=rule.evidence.sources,
        sure=rule.evidence.sure,
        leads_to="needs_information",
        asks=asks,
    )


def _last_answer(codes: Iterable[str], facts: Facts) -> date | None:
    """The oldest day among the answers that are too old."""
    stale = (facts[code] for code in codes if code in facts and facts[code].is_stale)
    return min((known.observed_on for known in stale if known.observed_on is not None), default=None)


def has_approval(code: str, facts: Facts) -> bool:
    """A specialist's approval is recorded; not recorded or not known is not an approval."""
    observation = facts.get(code)
    return observation is not None and observation.value is True
