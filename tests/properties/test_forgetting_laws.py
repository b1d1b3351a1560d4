"""Knowing less never makes a shipped diagnosis met, nor somebody with an open warning sign a candidate."""

from __future__ import annotations

from random import Random

from hypothesis import given, settings
from hypothesis import strategies as st

from masseter.core.answers import Answer
from masseter.core.consult.candidacy import assess_candidacy
from masseter.core.consult.diagnose import diagnose
from masseter.core.questions import settle
from masseter.knowledge.load import load
from tests.properties.test_many_laws import answers

KNOWN = load()
seeds = st.integers(0, 1_000_000)


@given(seeds, st.sampled_from((0.5, 0.9, 1.0)), st.sampled_from((0.05, 0.3)))
def test_forgetting_never_makes_a_shipped_diagnosis_met(seed: int, share: float, forgotten: float) -> None:
    random = Random(seed)
    whole = settle(answers(random, share), KNOWN.observations)
    less = {code: held for code, held in whole.items() if random.random() >= forgotten}

    for condition in KNOWN.conditions.values():
        before = {each.diagnosis.code: each.answer for each in diagnose(condition=condition, facts=whole)}
        for after in diagnose(condition=condition, facts=less):
            assert after.answer in (before[after.diagnosis.code], Answer.UNKNOWN)


@settings(max_examples=25)
@given(seeds, st.sampled_from(sorted(code for code in KNOWN.observations if code.startswith("flag_"))))
def test_forgetting_a_warning_sign_never_makes_a_candidate(seed: int, flag: str) -> None:
    told = {code: held for code, held in answers(Random(seed), 1.0).items() if code != flag}

    for condition in KNOWN.conditions.values():
        result = assess_candidacy(condition=condition, knowledge=KNOWN, facts=told, jurisdiction="UK")
        asked = any(flag in each.asks for each in result.findings)
        assert not (asked and result.is_candidate)
