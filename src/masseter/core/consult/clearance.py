"""Which clearances still hold: a warning sign that is reported anew has to be worked up anew."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from masseter.core.answers import Answer, evaluate, observations_of
from masseter.core.consult.standing import Given, Standing, standings
from masseter.core.facts import Observation
from masseter.knowledge.model import FindingRule

PATIENT = "patient"


def standings_in_force(given: Iterable[Given], rules: Iterable[FindingRule]) -> dict[str, Standing]:
    """What stands for each code, without the clearances of warning signs that were reported again since.

    `given` in the order of recording. A clearance that is left out counts as not recorded.
    """
    said = tuple(given)
    old = {rule.needs_approval for rule in rules if rule.is_red_flag and is_outdated(rule, said)}
    return {code: one for code, one in standings(said).items() if code not in old}


def clearances_of(rules: Iterable[FindingRule]) -> frozenset[str]:
    """The observations that say of a warning sign that it was worked up."""
    return frozenset(rule.needs_approval for rule in rules if rule.is_red_flag and rule.needs_approval)


def signs_of(rules: Iterable[FindingRule]) -> frozenset[str]:
    """The observations that a warning sign is read from."""
    return frozenset(code for rule in rules if rule.is_red_flag for code in observations_of(rule.when))


def is_outdated(rule: FindingRule, given: Sequence[Given]) -> bool:
    """The newest clearance of a warning sign is older than its newest report.

    A report is new when the answer before it was another, or when it was given on a later day than the
    clearance; that a clinician confirms what the patient said before is no new report.
    """
    signs = frozenset(observations_of(rule.when))
    reported: dict[str, bool] = {}
    cleared_on: date | None = None
    is_old = False
    for one in given:
        said = one.observation
        if said.code == rule.needs_approval:
            cleared_on, is_old = (_day(said), False) if said.value is True else (None, False)
        elif said.code in signs:
            before, reported[said.code] = reported.get(said.code), _speaks_for(rule, said)
            is_later = cleared_on is not None and _day(said) > cleared_on and not _confirms(one)
            is_old = is_old or (cleared_on is not None and reported[said.code] and (is_later or not before))
    return is_old


def _speaks_for(rule: FindingRule, said: Observation) -> bool:
    """The answer alone meets the rule, or leaves it to others whether it is met."""
    alone: Mapping[str, Observation] = {said.code: said}
    return said.value is not None and evaluate(rule.when, alone).answer is not Answer.NOT_MET


def _confirms(one: Given) -> bool:
    return one.is_confirmed and one.observation.reported_by == PATIENT


def _day(said: Observation) -> date:
    return said.observed_on or date.min
