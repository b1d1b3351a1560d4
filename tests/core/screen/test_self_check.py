from __future__ import annotations

from collections.abc import Mapping

import pytest

from masseter.core.questions import UnknownObservation
from masseter.core.screen.self_check import (
    Fit,
    SelfCheck,
    SelfCheckAnswer,
    questions_for,
    red_flag_codes,
    run_self_check,
)
from masseter.knowledge.model import Knowledge
from tests.core.builders import (
    condition,
    facts,
    finding_rule,
    knowledge,
    observation_type,
    red_flag,
    self_check_type,
    yes,
)

KNOWLEDGE = knowledge(
    self_check_type("weakness"),
    self_check_type("fever"),
    self_check_type("pregnant"),
    self_check_type("fever_days", "integer", only_if=yes("fever")),
    observation_type("esr"),
    precautions=(
        finding_rule("pregnant", in_self_check=True, severity="caution", leads_to="something_else_first"),
        red_flag("weakness"),
        red_flag("fever", urgency="emergency"),
        red_flag("esr", in_self_check=False),
    ),
)
ALL_WELL = {"pain": True, "weakness": False, "fever": False, "pregnant": False}


def check(answers: Mapping[str, bool | None], known: Knowledge = KNOWLEDGE) -> SelfCheck:
    return run_self_check(condition=condition(), knowledge=known, facts=facts(**answers), jurisdiction="UK")


def test_questions_for_refuses_a_code_that_nothing_has() -> None:
    with pytest.raises(UnknownObservation):
        questions_for(condition(self_check=("nose",)), KNOWLEDGE)


def test_questions_for_asks_red_flags_first_then_the_condition_and_nothing_of_the_examination() -> None:
    asked = [type_.code for type_ in questions_for(condition(), KNOWLEDGE)]

    assert asked == ["weakness", "fever", "pain", "pregnant"]


def test_questions_for_leaves_out_the_rules_of_other_conditions() -> None:
    known = knowledge(
        self_check_type("spasm"), precautions=(red_flag("spasm", conditions=("facial_spasm",)),)
    )

    assert [type_.code for type_ in questions_for(condition(), known)] == ["pain"]


def test_self_check_with_a_red_flag_says_get_help_now_whatever_else_is_said() -> None:
    result = check({**ALL_WELL, "fever": True, "weakness": True, "pregnant": True})

    assert result.answer is SelfCheckAnswer.GET_HELP_NOW
    assert result.urgency == "emergency"
    assert result.reasons[:2] == ("You told us: fever.", "You told us: weakness.")
    assert not result.is_reassuring


@pytest.mark.parametrize("answer", [None, "left out"])
def test_self_check_with_an_unanswered_red_flag_reassures_nobody(answer: str | None) -> None:
    answers: dict[str, bool | None] = {**ALL_WELL, "weakness": None}
    if answer is not None:
        del answers["weakness"]

    result = check(answers)

    assert result.answer is SelfCheckAnswer.WORTH_CONSULTATION
    assert not result.is_reassuring
    assert result.red_flags_open == ("weakness",)
    assert result.unanswered == ("weakness",)
    assert result.findings[0].asks == ("weakness",)
    assert result.reasons[0].startswith("We need to ask you more about this")


def test_self_check_with_nothing_answered_names_every_question() -> None:
    result = check({})

    assert not result.is_reassuring
    assert set(result.unanswered) == {"weakness", "fever", "pregnant", "pain"}
    assert result.answer is SelfCheckAnswer.SOMETHING_ELSE_FIRST
    assert result.fit is Fit.LEFT_OUT


def test_self_check_sends_elsewhere_first_when_a_finding_does() -> None:
    result = check({**ALL_WELL, "pregnant": True})

    assert result.answer is SelfCheckAnswer.SOMETHING_ELSE_FIRST


def test_self_check_that_does_not_fit_the_condition_says_so() -> None:
    result = check({**ALL_WELL, "pain": False})

    assert result.answer is SelfCheckAnswer.SOMETHING_ELSE_FIRST
    assert (result.reasons, result.fit) == ((), Fit.DOES_NOT_FIT)


def test_self_check_that_fits_is_worth_a_consultation() -> None:
    result = check(ALL_WELL)

    assert result.answer is SelfCheckAnswer.WORTH_CONSULTATION
    assert result.is_reassuring
    assert (result.findings, result.unanswered, result.urgency) == ((), (), "")
    assert (result.reasons, result.fit) == ((), Fit.FITS)
    assert result.knowledge_version == "test"


def test_self_check_does_not_ask_what_does_not_apply() -> None:
    known = knowledge(
        self_check_type("fever"),
        self_check_type("fever_high", only_if=yes("fever")),
        precautions=(red_flag("fever_high"),),
    )

    assert check({"fever": False, "pain": True}, known).is_reassuring
    assert check({"pain": True}, known).unanswered == ("fever",)


def test_self_check_leaves_out_the_rules_of_other_jurisdictions() -> None:
    known = knowledge(self_check_type("rare"), precautions=(red_flag("rare", jurisdictions=("US",)),))

    assert check({"rare": True, "pain": True}, known).answer is SelfCheckAnswer.WORTH_CONSULTATION


def test_self_check_without_a_word_about_the_complaint_finds_nothing_worth_a_consultation() -> None:
    result = check({"weakness": False, "fever": False, "pregnant": False})

    assert result.answer is SelfCheckAnswer.SOMETHING_ELSE_FIRST
    assert result.is_undecided
    assert result.unanswered == ("pain",)
    assert result.fit is Fit.LEFT_OUT


def test_self_check_of_somebody_who_does_not_know_leaves_it_to_a_consultation() -> None:
    result = check({**ALL_WELL, "pain": None})

    assert result.answer is SelfCheckAnswer.WORTH_CONSULTATION
    assert result.is_undecided
    assert result.fit is Fit.NOT_KNOWN
    assert result.unanswered == ("pain",)


@pytest.mark.parametrize("sign", ["fever", "pregnant"])
def test_self_check_that_something_else_decides_is_not_undecided(sign: str) -> None:
    answers = {"weakness": False, "fever": False, "pregnant": False, sign: True}

    assert not check(answers).is_undecided


def test_codes_of_warning_signs_are_those_of_red_flag_rules_alone() -> None:
    codes = red_flag_codes(KNOWLEDGE.precautions)

    assert codes == {"weakness", "fever", "esr"}
