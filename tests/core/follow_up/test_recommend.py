from __future__ import annotations

import pytest

from masseter.core.findings import Finding
from masseter.core.follow_up.recommend import Recommendation, recommend
from masseter.knowledge.model import FollowUpRule
from tests.core.builders import condition, facts, follow_up_rule, knowledge, observation_type

RULES = (
    follow_up_rule("works", "repeat"),
    follow_up_rule("weak", "adjust"),
    follow_up_rule("settled", "pause"),
    follow_up_rule("useless", "stop"),
    follow_up_rule("strange", "refer"),
)
CODES = ("works", "weak", "settled", "useless", "strange", "weakness", "local")
KNOWLEDGE = knowledge(*(observation_type(code) for code in CODES))
NOTHING = {"works": False, "weak": False, "settled": False, "useless": False, "strange": False}


def advise(
    answers: dict[str, bool], *findings: Finding, rules: tuple[FollowUpRule, ...] = RULES
) -> Recommendation:
    return recommend(
        condition=condition(follow_up=rules),
        knowledge=KNOWLEDGE,
        facts=facts(**answers),
        jurisdiction="UK",
        findings=findings,
    )


def finding(leads_to: str, asks: tuple[str, ...] = (), severity: str = "stop") -> Finding:
    return Finding(code="safety", severity=severity, sentence="Safety.", leads_to=leads_to, asks=asks)  # type: ignore[arg-type]  # plain strings stand for the literals


def test_recommend_asks_while_graver_advice_is_open() -> None:
    result = advise({"works": True, "weak": False})

    assert result.recommends == "ask"
    assert result.so_far == "repeat"
    assert result.questions == ("strange", "useless", "settled")


def test_recommend_of_nothing_known_asks_for_everything() -> None:
    result = advise({})

    assert (result.recommends, result.so_far) == ("ask", None)
    assert result.questions == ("strange", "useless", "settled", "weak", "works")


def test_recommend_does_not_ask_for_what_could_only_be_milder() -> None:
    result = advise({"strange": False, "useless": True})

    assert (result.recommends, result.questions) == ("stop", ())


def test_recommend_with_every_rule_known_and_none_met_leaves_it_to_the_talk() -> None:
    result = advise(NOTHING)

    assert result == Recommendation(recommends="discuss", so_far=None, reasons=(), questions=())


@pytest.mark.parametrize(
    ("met", "advice"),
    [
        (["works"], "repeat"),
        (["works", "weak"], "adjust"),
        (["weak", "settled"], "pause"),
        (["works", "settled", "useless"], "stop"),
        (["works", "weak", "settled", "useless", "strange"], "refer"),
    ],
)
def test_recommend_takes_the_gravest_and_shows_all_reasons(met: list[str], advice: str) -> None:
    result = advise({**NOTHING, **dict.fromkeys(met, True)})

    assert result.recommends == advice
    assert [reason.code for reason in result.reasons] == list(reversed(met))
    assert result.reasons[0].sources == ("T1",)


def test_recommend_refers_on_a_new_red_flag_and_stops_on_a_new_contraindication() -> None:
    answers = {**NOTHING, "works": True}

    assert advise(answers, finding("refer_urgently")).recommends == "refer"
    assert advise(answers, finding("not_a_candidate")).recommends == "stop"
    assert advise(answers, finding("candidate", severity="caution")).recommends == "repeat"


def test_recommend_asks_about_an_open_safety_question_first() -> None:
    answers = {**NOTHING, "works": True}

    result = advise(answers, finding("needs_information", asks=("weakness",)))

    assert (result.recommends, result.questions) == ("ask", ("weakness",))


def test_recommend_does_not_wait_for_an_open_note() -> None:
    answers = {**NOTHING, "works": True}

    result = advise(answers, finding("needs_information", asks=("aspirin",), severity="note"))

    assert result.recommends == "repeat"


def test_recommend_leaves_out_the_rules_of_other_jurisdictions() -> None:
    rules = (*RULES, follow_up_rule("local", "stop", jurisdictions=("US",)))

    result = advise({**NOTHING, "works": True, "local": True}, rules=rules)

    assert result.recommends == "repeat"
