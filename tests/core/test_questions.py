from __future__ import annotations

import pytest

from masseter.core.facts import NOT_APPLICABLE
from masseter.core.questions import UnknownObservation, askable, settle, type_of
from tests.core.builders import facts, observation_type, yes

TYPES = {
    type_.code: type_
    for type_ in (
        observation_type("side", "choice", only_if=yes("ptosis")),
        observation_type("ptosis", only_if=yes("vision")),
        observation_type("vision"),
    )
}


def test_type_of_refuses_an_unknown_code() -> None:
    with pytest.raises(UnknownObservation, match="'nose'"):
        type_of("nose", TYPES)


def test_askable_refuses_an_unknown_code() -> None:
    with pytest.raises(UnknownObservation):
        askable(["nose"], {}, TYPES)


def test_settle_leaves_a_question_open_while_the_one_before_is() -> None:
    assert settle({}, TYPES) == {}


def test_settle_marks_every_question_down_the_chain() -> None:
    settled = settle(facts(vision=False), TYPES)

    assert settled["ptosis"].value is NOT_APPLICABLE
    assert settled["side"].value is NOT_APPLICABLE


def test_settle_keeps_an_answer_that_was_given_although_it_does_not_apply() -> None:
    settled = settle(facts(vision=False, ptosis=True), TYPES)

    assert settled["ptosis"].value is True
    assert "side" not in settled


def test_settle_replaces_not_known_where_the_question_does_not_apply() -> None:
    assert settle(facts(vision=False, ptosis=None), TYPES)["ptosis"].value is NOT_APPLICABLE


def test_askable_asks_the_question_that_another_hangs_on_first() -> None:
    assert askable(["side", "ptosis"], {}, TYPES) == ("vision",)
    assert askable(["side"], facts(vision=True), TYPES) == ("ptosis",)
    assert askable(["side"], facts(vision=True, ptosis=True), TYPES) == ("side",)


def test_askable_ends_where_questions_hang_on_each_other() -> None:
    circle = {
        "a": observation_type("a", only_if=yes("b")),
        "b": observation_type("b", only_if=yes("a")),
    }

    assert askable(["a"], {}, circle) == ("a",)
