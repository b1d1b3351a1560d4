"""The knowledge that is shipped: consistent, each rule can be met, nothing unverified stops."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest

from masseter.core.answers import Answer
from masseter.core.facts import fact
from masseter.core.follow_up.recommend import recommend
from masseter.knowledge.check import check_knowledge, due
from masseter.knowledge.checks.walk import blocks, findings, follow_ups, observations_in
from masseter.knowledge.load import load
from masseter.knowledge.model import (
    Condition,
    Criterion,
    Evidence,
    FindingRule,
    Knowledge,
    Rule,
    SymptomRule,
)
from tests.knowledge.meeting import Values, answer, meet

CONDITIONS = (
    "tmd",
    "bruxism",
    "chronic_migraine",
    "facial_spasm",
    "trigeminal_neuralgia",
    "chronic_facial_pain",
)
QUESTIONS_AT_MOST = 20
MACHINE_WORDS = re.compile(r"(?<!\w)/(work|root|tmp|home)/|TODO|FIXME|lorem", re.IGNORECASE)


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return load()


def rules_of(knowledge: Knowledge) -> Iterator[tuple[str, Rule]]:
    for place, block in blocks(knowledge):
        match block:
            case FindingRule() | SymptomRule():
                yield place, block.when
            case Criterion():
                yield place, block.rule
            case Condition():
                yield f"{place}worth_consultation", block.worth_consultation
    yield from ((place, rule.when) for place, rule in follow_ups(knowledge))


def test_shipped_knowledge_has_no_problem(knowledge: Knowledge) -> None:
    assert check_knowledge(knowledge) == []


def test_all_six_conditions_are_there_in_order(knowledge: Knowledge) -> None:
    assert tuple(knowledge.conditions) == CONDITIONS


def test_every_rule_can_be_met(knowledge: Knowledge) -> None:
    never = []
    for place, rule in rules_of(knowledge):
        values = next(meet(rule, knowledge.observations, {}, wanted=True), None)
        if values is None or answer(rule, values) is not Answer.MET:
            never.append(place)

    assert never == []


def test_every_stop_can_be_absent(knowledge: Knowledge) -> None:
    always = []
    for place, finding in findings(knowledge):
        values = next(meet(finding.when, knowledge.observations, {}, wanted=False), None)
        if finding.severity == "stop" and values is None:
            always.append(place)

    assert always == []


def test_stop_without_verified_evidence_is_a_red_flag(knowledge: Knowledge) -> None:
    unproven = [
        rule
        for _, rule in findings(knowledge)
        if rule.severity == "stop" and rule.evidence.sure != "verified"
    ]

    assert [rule.code for rule in unproven if not rule.is_red_flag] == []


def test_red_flag_stops_refers_and_waits_for_its_work_up(knowledge: Knowledge) -> None:
    flags = [rule for _, rule in findings(knowledge) if rule.is_red_flag]

    assert flags
    for flag in flags:
        assert (flag.severity, flag.leads_to) == ("stop", "refer_urgently"), flag.code
        assert flag.unknown == "ask", flag.code
        assert flag.urgency, flag.code
        assert knowledge.observations[flag.needs_approval].asked_in == ("examination",), flag.code


@pytest.mark.parametrize(
    ("code", "rule"),
    [
        ("allergy-toxin", "not_a_candidate"),
        ("infection-at-site", "something_else_first"),
        ("neuromuscular-junction", "not_a_candidate"),
        ("under-18", "not_a_candidate"),
    ],
)
def test_what_must_stop_stops(knowledge: Knowledge, code: str, rule: str) -> None:
    found = {finding.code: finding for finding in knowledge.precautions}[code]

    assert (found.severity, found.leads_to, found.unknown) == ("stop", rule, "ask")


@pytest.mark.parametrize("code", CONDITIONS)
def test_self_check_is_short_and_ends_either_way(knowledge: Knowledge, code: str) -> None:
    condition = knowledge.conditions[code]
    flags = {
        asked
        for rule in (*knowledge.precautions, *condition.findings)
        if rule.in_self_check and (not rule.conditions or code in rule.conditions)
        for asked in observations_in(rule.when)
    }

    assert len(flags | set(condition.self_check)) <= QUESTIONS_AT_MOST
    for wanted in (True, False):
        assert next(meet(condition.worth_consultation, knowledge.observations, {}, wanted=wanted), None)


@pytest.mark.parametrize("code", CONDITIONS)
def test_condition_can_be_diagnosed_and_treated(knowledge: Knowledge, code: str) -> None:
    condition = knowledge.conditions[code]
    treatable = [diagnosis for diagnosis in condition.diagnoses if diagnosis.treatable]
    schemes = {name for protocol in knowledge.protocols.values() for name in protocol.diagnoses}

    assert treatable
    assert [d.code for d in condition.diagnoses if not d.treatable and not d.look_alike] == []
    assert {diagnosis.code for diagnosis in treatable} & schemes
    assert {licence.jurisdiction for licence in condition.licences} == {"US", "EU", "UK"}


@pytest.mark.parametrize("code", CONDITIONS)
def test_off_label_is_said_to_the_patient(knowledge: Knowledge, code: str) -> None:
    condition = knowledge.conditions[code]

    assert any(licence.status == "off_label" for licence in condition.licences)
    assert condition.off_label_consent is not None
    assert "not licensed" in condition.off_label_consent.text


def test_guideline_against_toxin_for_jaw_pain_is_said_everywhere(knowledge: Knowledge) -> None:
    tmd = knowledge.conditions["tmd"]
    rule = next(rule for rule in tmd.findings if rule.code == "tmd-guideline-against")

    assert "G4" in rule.evidence.sources
    assert any("advises against" in text.text for text in tmd.story.how_well)
    assert tmd.off_label_consent is not None
    assert "advises against" in tmd.off_label_consent.text


@pytest.mark.parametrize(
    ("code", "low", "high"),
    [
        ("opening_unassisted_mm", 0, 100),
        ("headache_days", 0, 31),
        ("migraine_days", 0, 31),
        ("pain_average", 0, 10),
    ],
)
def test_limits_refuse_what_cannot_be(knowledge: Knowledge, code: str, low: int, high: int) -> None:
    observation = knowledge.observations[code]

    assert (observation.low, observation.high) == (Decimal(low), Decimal(high))


def test_published_stopping_rules_stand_with_their_country(knowledge: Knowledge) -> None:
    rules = {rule.code: rule for rule in knowledge.conditions["chronic_migraine"].follow_up}

    assert rules["migraine-nice-no-response"].jurisdictions == ("UK",)
    assert rules["migraine-nice-episodic"].recommends == "stop"
    assert rules["migraine-ehf-well"].jurisdictions == ("EU",)
    assert rules["migraine-ehf-well"].recommends == "pause"
    assert rules["migraine-nice-no-response"].evidence.sure == "verified"


def test_no_word_of_the_workshop_is_shipped(knowledge: Knowledge) -> None:
    words = [str(source) for source in knowledge.sources.values()]
    words += [str(block) for _, block in blocks(knowledge) if isinstance(block, Evidence)]

    assert [word for word in words if MACHINE_WORDS.search(word)] == []


def test_due_lists_what_is_not_verified_and_what_is_old(knowledge: Knowledge) -> None:
    fresh = due(date(2026, 11, 24), 365, knowledge)
    later = due(date(2030, 1, 1), 365, knowledge)

    assert fresh
    assert all(each.is_unverified for each in fresh)
    assert len(later) == sum(isinstance(block, Evidence) for _, block in blocks(knowledge))
    assert all(each.is_old for each in later)
    assert due(date(2026, 11, 24), 365) == due(date(2026, 11, 24), 365, load())


def test_a_line_of_what_is_due_says_where_how_sure_since_when_and_by_whom(knowledge: Knowledge) -> None:
    fresh = due(date(2026, 11, 24), 365, knowledge)[0]
    old = next(each for each in due(date(2030, 1, 1), 365, knowledge) if each.evidence.sure == "verified")

    assert re.fullmatch(r"\S+\.yaml \S+: (from memory|our own choice), checked [\d-]{10} \(.+\)", str(fresh))
    assert str(old) == (
        f"{old.file} {old.path}: verified, checked {old.evidence.checked}, too long ago "
        f"({', '.join(old.evidence.sources)})"
    )


@pytest.mark.parametrize(
    ("code", "fall", "expected"),
    [
        ("tmd", 10, "stop"),
        ("bruxism", 10, "stop"),
        ("chronic_migraine", 10, "stop"),
        ("facial_spasm", 10, "refer"),
        ("trigeminal_neuralgia", 10, "stop"),
        ("trigeminal_neuralgia", 40, "adjust"),
        ("chronic_facial_pain", 10, "stop"),
    ],
)
def test_two_cycles_without_response_end_the_repeating(
    knowledge: Knowledge, code: str, fall: int, expected: str
) -> None:
    values: Values = {
        "serious_adverse_event": False,
        "lost_response": False,
        "cycles_without_response": 2,
        "cycles_given": 2,
        "cycles_reviewed": 2,
        "review_fall_percent": Decimal(fall),
        "pain_free_cycles": 0,
        "fall_percent": Decimal(fall),
        "effect_lasted_days": 80,
        "wants_more": "yes",
        "months_under_15_headache_days": 0,
        "trigeminal_sensory_loss": False,
        "new_sensory_loss": False,
    }

    advice = recommend(
        condition=knowledge.conditions[code],
        knowledge=knowledge,
        facts={name: fact(name, value, observed_on=date(2026, 1, 2)) for name, value in values.items()},
        jurisdiction="UK",
    )

    assert advice.recommends == expected


@pytest.mark.parametrize(
    "key", ["P10a", "P20c", "P24a", "P29a", "P34", "P35", "P37", "P40", "P51", "G17", "T67"]
)
def test_source_seen_at_second_hand_or_by_name_alone_is_not_verified(knowledge: Knowledge, key: str) -> None:
    assert knowledge.sources[key].sure == "from_memory"


def test_every_source_of_the_register_is_cited(knowledge: Knowledge) -> None:
    cited = {
        source for _, block in blocks(knowledge) if isinstance(block, Evidence) for source in block.sources
    }

    assert set(knowledge.sources) - cited == set()
