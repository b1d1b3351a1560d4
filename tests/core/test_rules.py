from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from masseter.core.facts import ObservationValue
from masseter.core.rules import (
    UnknownSite,
    concerns_product,
    concerns_regions,
    finding_of,
    has_approval,
    regions_of,
    rules_for,
)
from masseter.knowledge.model import AtMost
from tests.core.builders import (
    TODAY,
    D,
    condition,
    facts,
    finding_rule,
    knowledge,
    observation_type,
    red_flag,
    yes,
)


def test_regions_of_refuses_an_unknown_site() -> None:
    with pytest.raises(UnknownSite, match="'nose'"):
        regions_of(["nose"], knowledge())


def test_finding_of_an_unanswered_rule_asks() -> None:
    finding = finding_of(finding_rule("asthma", severity="stop", leads_to="not_a_candidate"), {}, {})

    assert finding is not None
    assert (finding.code, finding.severity) == ("asthma-open", "caution")
    assert (finding.leads_to, finding.asks) == ("needs_information", ("asthma",))


def test_finding_of_an_unanswered_red_flag_stops_even_where_unknown_is_ignored() -> None:
    finding = finding_of(red_flag("weakness", unknown="ignore"), facts(weakness=None), {})

    assert finding is not None
    assert finding.severity == "stop"
    assert finding.leads_to == "needs_information"


def test_finding_of_an_old_no_asks_again_and_says_when_it_was_answered() -> None:
    old = {"asthma": replace(facts(asthma=False)["asthma"], is_stale=True)}

    finding = finding_of(finding_rule("asthma", severity="stop"), old, {})

    assert finding is not None
    assert (finding.code, finding.severity, finding.asks) == ("asthma-open", "caution", ("asthma",))
    assert finding.sentence.startswith(f"Last answered on {TODAY}; ask again")


def test_finding_of_an_old_no_to_a_red_flag_stops() -> None:
    old = {"weakness": replace(facts(weakness=False)["weakness"], is_stale=True)}

    finding = finding_of(red_flag("weakness"), old, {})

    assert finding is not None
    assert (finding.code, finding.severity) == ("weakness-open", "stop")


def test_finding_of_an_old_yes_holds_until_it_is_answered_anew() -> None:
    old = {"asthma": replace(facts(asthma=True)["asthma"], is_stale=True)}

    finding = finding_of(finding_rule("asthma", severity="stop"), old, {})

    assert finding is not None
    assert (finding.code, finding.severity) == ("asthma", "stop")


def test_finding_of_an_unanswered_caution_needs_an_answer_or_a_reason() -> None:
    finding = finding_of(finding_rule("aspirin"), {}, {})

    assert finding is not None
    assert (finding.severity, finding.leads_to) == ("caution", "needs_information")


@pytest.mark.parametrize(("known", "asks"), [({}, ("had",)), ({"had": True}, ("last_on",))])
def test_finding_of_a_computed_fact_asks_what_it_is_computed_from(
    known: dict[str, ObservationValue], asks: tuple[str, ...]
) -> None:
    types = {
        "had": observation_type("had"),
        "last_on": observation_type("last_on", "date", only_if=yes("had")),
        "days": observation_type("days", "integer", asked_in=("derived",), asked_by="last_on"),
    }

    finding = finding_of(
        finding_rule("recent", AtMost(observation="days", at_most=D(83))), facts(**known), types
    )

    assert finding is not None
    assert finding.asks == asks


def test_finding_of_an_unanswered_rule_that_ignores_it_is_none() -> None:
    assert finding_of(finding_rule("aspirin", unknown="ignore"), {}, {}) is None


def test_finding_of_a_rule_not_met_is_none() -> None:
    assert finding_of(red_flag("weakness"), facts(weakness=False), {}) is None


def test_finding_of_a_met_rule_carries_its_evidence() -> None:
    finding = finding_of(red_flag("weakness"), facts(weakness=True), {})

    assert finding is not None
    assert (finding.code, finding.severity, finding.urgency) == ("weakness", "stop", "same_day")
    assert (finding.sources, finding.sure, finding.asks) == (("T1",), "verified", ())


@pytest.mark.parametrize("approval", [None, False])
def test_a_stop_that_needs_approval_stands_without_it(approval: bool | None) -> None:
    rule = finding_rule(
        "myasthenia", severity="stop", leads_to="not_a_candidate", needs_approval="neurologist_agrees"
    )

    finding = finding_of(rule, facts(myasthenia=True, neurologist_agrees=approval), {})

    assert finding is not None
    assert (finding.severity, finding.leads_to) == ("stop", "not_a_candidate")


def test_a_recorded_approval_turns_the_stop_into_a_caution() -> None:
    rule = finding_rule(
        "myasthenia", severity="stop", leads_to="not_a_candidate", needs_approval="neurologist_agrees"
    )

    finding = finding_of(rule, facts(myasthenia=True, neurologist_agrees=True), {})

    assert finding is not None
    assert (finding.severity, finding.leads_to) == ("caution", "candidate")
    assert "approval is on record" in finding.sentence


def test_has_approval_needs_a_yes() -> None:
    assert not has_approval("agrees", {})
    assert has_approval("agrees", facts(agrees=True))


@pytest.mark.parametrize(
    ("fields", "is_there"),
    [
        ({}, True),
        ({"conditions": ("tmd",)}, True),
        ({"conditions": ("bruxism",)}, False),
        ({"jurisdictions": ("UK",)}, True),
        ({"jurisdictions": ("US", "EU")}, False),
    ],
)
def test_rules_for_keeps_those_of_the_condition_and_jurisdiction(
    fields: dict[str, Any], is_there: bool
) -> None:
    known = knowledge(precautions=(finding_rule("asthma", **fields),))
    own = replace(condition(), findings=(finding_rule("own"),))

    codes = [rule.code for rule in rules_for(condition=own, knowledge=known, jurisdiction="UK")]

    assert codes == (["asthma", "own"] if is_there else ["own"])


def test_concerns_product_holds_back_only_another_product() -> None:
    rule = finding_rule("milk", products=("dysport",))

    assert concerns_product(rule, None)
    assert concerns_product(rule, "dysport")
    assert not concerns_product(rule, "botox")
    assert concerns_product(finding_rule("any"), "botox")


def test_concerns_regions_holds_back_only_other_regions() -> None:
    rule = finding_rule("swallowing", regions=("neck",))

    assert concerns_regions(rule, ())
    assert concerns_regions(rule, {"neck", "jaw"})
    assert not concerns_regions(rule, {"jaw"})
    assert concerns_regions(finding_rule("any"), {"jaw"})


def test_a_red_flag_that_was_worked_up_is_a_caution_that_says_so() -> None:
    finding = finding_of(
        red_flag("weakness", needs_approval="cleared"), facts(weakness=True, cleared=True), {}
    )

    assert finding is not None
    assert (finding.severity, finding.leads_to) == ("caution", "candidate")
    assert finding.sentence == "weakness found. Recorded as worked up and settled."
