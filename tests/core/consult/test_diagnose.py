from __future__ import annotations

from masseter.core.answers import Answer
from masseter.core.consult.diagnose import diagnose, place_of
from masseter.knowledge.model import AllOf
from tests.core.builders import condition, diagnosis, facts, yes

TWO = condition(
    diagnoses=(
        diagnosis("myalgia", yes("pain"), yes("familiar")),
        diagnosis("disc", yes("lock"), treatable=False),
    )
)


def test_diagnosis_without_criteria_is_never_made() -> None:
    (result,) = diagnose(condition=condition(diagnoses=(diagnosis("empty"),)), facts={})

    assert result.answer is Answer.UNKNOWN
    assert result.missing == ()


def test_diagnosis_with_one_criterion_not_met_is_not_made_and_misses_nothing() -> None:
    myalgia, _ = diagnose(condition=TWO, facts=facts(pain=False))

    assert myalgia.answer is Answer.NOT_MET
    assert myalgia.missing == ()
    assert [line.outcome.answer for line in myalgia.criteria] == [Answer.NOT_MET, Answer.UNKNOWN]


def test_diagnosis_is_open_while_a_criterion_is_and_says_what_is_missing() -> None:
    myalgia, disc = diagnose(condition=TWO, facts=facts(pain=True))

    assert (myalgia.answer, myalgia.missing) == (Answer.UNKNOWN, ("familiar",))
    assert (disc.answer, disc.missing) == (Answer.UNKNOWN, ("lock",))


def test_diagnosis_is_made_when_every_criterion_is_met() -> None:
    myalgia, disc = diagnose(condition=TWO, facts=facts(pain=True, familiar=True, lock=False))

    assert (myalgia.answer, disc.answer) == (Answer.MET, Answer.NOT_MET)
    assert [line.criterion.code for line in myalgia.criteria] == ["myalgia-A", "myalgia-B"]


def test_place_of_a_diagnosis_beside_those_that_are_treated() -> None:
    beside = diagnosis("noise", yes("clicks"), treatable=False, accompanies=True)

    assert [place_of(each) for each in (*TWO.diagnoses, beside)] == ["", "look-alike", "goes along"]


def test_missing_is_named_once_in_the_order_of_the_criteria() -> None:
    twice = diagnosis("twice", yes("lock"), AllOf(all=(yes("pain"), yes("lock"))))

    (result,) = diagnose(condition=condition(diagnoses=(twice,)), facts={})

    assert result.missing == ("lock", "pain")
