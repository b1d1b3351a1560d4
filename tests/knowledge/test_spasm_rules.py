"""The spasms of the face part from each other: imaging and work-up are asked for where they are needed."""

from __future__ import annotations

from datetime import date

import pytest

from masseter.core.consult.candidacy import Candidacy, assess_candidacy
from masseter.core.facts import ObservationValue, fact
from masseter.knowledge.load import load

KNOWN = load()
PATTERNS = [choice.code for choice in KNOWN.observations["spasm_pattern"].choices]


def judged(**values: ObservationValue) -> Candidacy:
    facts = {code: fact(code, value, observed_on=date(2026, 11, 25)) for code, value in values.items()}
    return assess_candidacy(
        condition=KNOWN.conditions["facial_spasm"], knowledge=KNOWN, facts=facts, jurisdiction="UK"
    )


@pytest.mark.parametrize("pattern", PATTERNS)
def test_mri_of_the_posterior_fossa_is_asked_for_in_half_face_spasm_alone(pattern: str) -> None:
    verdict = judged(spasm_pattern=pattern)

    assert ("mri_posterior_fossa" in verdict.questions) == (pattern == "one_sided_tonic_clonic")


@pytest.mark.parametrize("pattern", PATTERNS)
def test_other_lesion_comes_first_whatever_the_spasm(pattern: str) -> None:
    verdict = judged(spasm_pattern=pattern, mri_posterior_fossa="other_lesion")

    assert "spasm-other-lesion" in {found.code for found in verdict.findings}


def test_tic_since_childhood_is_no_warning_sign() -> None:
    verdict = judged(spasm_pattern="stereotyped_suppressible", age_at_onset=9, flag_tic=False)

    assert not {"red-flag-adult-tic", "red-flag-tic"} & {found.code for found in verdict.findings}


def test_question_of_both_halves_leaves_out_eyelids_that_close_together() -> None:
    assert "not together" in KNOWN.observations["flag_facial_nerve"].question
