"""Parts of a questionnaire, and the answers that need a person at once."""

from __future__ import annotations

from decimal import Decimal

import pytest

from masseter.core.results.parts import alarm_findings, parts_of, raised_alarms
from masseter.core.results.score import InvalidAnswer, score
from masseter.knowledge.load import load

PHQ9, JFLS20, PEG = (load().instruments[code] for code in ("phq9", "jfls20", "peg"))


def test_alarm_of_an_answer_that_cannot_be_is_refused() -> None:
    with pytest.raises(InvalidAnswer):
        raised_alarms(PHQ9, {"harm": "9"})


@pytest.mark.parametrize(("answer", "raised"), [(None, 0), ("0", 0), ("1", 1), ("3", 1)])
def test_thought_of_self_harm_raises_the_alarm_whatever_the_rest(answer: str | None, raised: int) -> None:
    assert len(raised_alarms(PHQ9, {"harm": answer})) == raised
    assert score(PHQ9, {"harm": answer}).total is None


def test_alarm_is_the_warning_sign_of_a_crisis_and_an_emergency() -> None:
    (found,) = alarm_findings(PHQ9, {"harm": "1"}, load())

    assert (found.code, found.severity, found.urgency) == ("red-flag-crisis", "stop", "emergency")


def test_questionnaire_without_alarms_or_parts_has_none() -> None:
    assert raised_alarms(PEG, {"pain": Decimal(10)}) == ()
    assert parts_of(PEG, {"pain": Decimal(10)}) == ()


def test_part_needs_all_of_its_answers_and_the_whole_does_not() -> None:
    answers = {f"q{number}": Decimal(number % 4) for number in range(1, 21) if number not in (7, 11)}

    found = {each.part.code: each.total for each in parts_of(JFLS20, answers)}

    assert score(JFLS20, answers).total is not None
    assert found["opening"] is None
    assert found["chewing"] == Decimal("1.50")  # 1, 2, 3, 0, 1, 2 are 9; of six
