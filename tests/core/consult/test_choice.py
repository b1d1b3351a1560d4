"""The diagnosis that a clinician may work with."""

from __future__ import annotations

import pytest

from masseter.core.answers import Answer
from masseter.core.consult.choice import ReasonMissing, UnknownDiagnosis, check_choice
from masseter.core.consult.diagnose import DiagnosisResult
from masseter.knowledge.load import load


def results(answer: Answer) -> tuple[DiagnosisResult, ...]:
    diagnosis = load().conditions["tmd"].diagnoses[0]
    return (DiagnosisResult(diagnosis=diagnosis, answer=answer, criteria=()),)


@pytest.mark.parametrize("answer", [Answer.NOT_MET, Answer.UNKNOWN])
def test_a_diagnosis_that_is_not_met_needs_a_reason(answer: Answer) -> None:
    code = results(answer)[0].diagnosis.code

    with pytest.raises(
        ReasonMissing, match=r"^Not all criteria of this diagnosis are met\. Write why you work with it\.$"
    ):
        check_choice(results(answer), code, "  ")

    assert check_choice(results(answer), code, "Seen on MRI.").diagnosis.code == code


def test_a_diagnosis_of_another_condition_is_refused() -> None:
    with pytest.raises(
        UnknownDiagnosis, match=r"^There is no diagnosis called 'no_such_thing' in this condition\.$"
    ):
        check_choice(results(Answer.MET), "no_such_thing", "Any reason.")


def test_a_diagnosis_that_is_met_needs_no_reason() -> None:
    code = results(Answer.MET)[0].diagnosis.code

    assert check_choice(results(Answer.MET), code, "").answer is Answer.MET


def test_a_met_diagnosis_that_is_not_treated_needs_a_reason() -> None:
    arthralgia = next(each for each in load().conditions["tmd"].diagnoses if not each.treatable)
    met = (DiagnosisResult(diagnosis=arthralgia, answer=Answer.MET, criteria=()),)

    with pytest.raises(
        ReasonMissing,
        match=r"^Botulinum toxin is not offered for this diagnosis\. Write why you work with it\.$",
    ):
        check_choice(met, arthralgia.code, " ")

    assert check_choice(met, arthralgia.code, "Injected for the muscle beside it.").answer is Answer.MET


def test_chosen_diagnosis_is_found_among_several() -> None:
    many = tuple(
        DiagnosisResult(diagnosis=each, answer=Answer.MET, criteria=())
        for each in load().conditions["tmd"].diagnoses
    )

    for each in many:
        assert check_choice(many, each.diagnosis.code, "Seen.") is each
