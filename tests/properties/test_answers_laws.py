"""Laws of answers: knowing less never says more, and the order of the input says nothing."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from masseter.core.answers import Answer, evaluate, observations_of
from masseter.core.facts import NOT_APPLICABLE, NoLessThan, Observation, ObservationValue
from masseter.knowledge.model import (
    AllOf,
    AnyOf,
    AtLeast,
    AtMost,
    CountAtLeast,
    Is,
    Not,
    NumberOf,
    OneOf,
    Rule,
)
from tests.core.builders import D, facts

BOOLEANS = ("b1", "b2", "b3")
NUMBERS = ("n1", "n2")
LISTS = ("c1", "c2")

leaves: st.SearchStrategy[Rule] = st.one_of(
    st.builds(Is, observation=st.sampled_from(BOOLEANS), equals=st.booleans()),
    st.builds(AtLeast, observation=st.sampled_from(NUMBERS), at_least=st.integers(0, 5).map(D)),
    st.builds(AtMost, observation=st.sampled_from(NUMBERS), at_most=st.integers(0, 5).map(D)),
    st.builds(OneOf, observation=st.sampled_from(LISTS), one_of=st.just(("x", "y"))),
    st.builds(CountAtLeast, observation=st.sampled_from(LISTS), count_at_least=st.integers(1, 3)),
)


def several(rules: st.SearchStrategy[Rule]) -> st.SearchStrategy[tuple[Rule, ...]]:
    return st.lists(rules, min_size=1, max_size=4).map(tuple)


rules: st.SearchStrategy[Rule] = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.builds(AllOf, all=several(inner)),
        st.builds(AnyOf, any=several(inner)),
        several(inner).flatmap(
            lambda parts: st.builds(NumberOf, count=st.integers(1, len(parts)), of_rules=st.just(parts))
        ),
        st.builds(Not, negate=inner),
    ),
    max_leaves=12,
)


def known_or_not(values: st.SearchStrategy[ObservationValue]) -> st.SearchStrategy[ObservationValue]:
    return st.one_of(st.none(), st.just(NOT_APPLICABLE), values)


bounds = st.builds(NoLessThan, number=st.integers(0, 5))
answers: st.SearchStrategy[dict[str, Observation]] = st.fixed_dictionaries(
    {
        **{code: known_or_not(st.booleans()) for code in BOOLEANS},
        **{code: known_or_not(st.integers(0, 5) | bounds) for code in NUMBERS},
        **{code: known_or_not(st.lists(st.sampled_from("xyz")).map(tuple)) for code in LISTS},
    }
).map(lambda values: facts(**values))


@given(rules, answers, st.sets(st.sampled_from(BOOLEANS + NUMBERS + LISTS)))
def test_forgetting_observations_only_ever_makes_an_answer_unknown(
    rule: Rule, known: dict[str, Observation], forgotten: set[str]
) -> None:
    before = evaluate(rule, known)
    after = evaluate(rule, {code: held for code, held in known.items() if code not in forgotten})

    assert after.answer in (before.answer, Answer.UNKNOWN)


@given(rules, answers)
def test_an_answer_names_what_decided_it_or_what_is_missing(
    rule: Rule, known: dict[str, Observation]
) -> None:
    outcome = evaluate(rule, known)

    read = set(observations_of(rule))
    assert set(outcome.decided_by) | set(outcome.missing) <= read
    assert bool(outcome.missing) is outcome.is_unknown
    assert all(isinstance(known[code].value, NoLessThan | None) for code in outcome.missing)
    assert bool(outcome.decided_by) is not outcome.is_unknown


@given(rules, answers)
def test_what_decided_an_answer_is_enough_to_reach_it_again(
    rule: Rule, known: dict[str, Observation]
) -> None:
    outcome = evaluate(rule, known)
    enough = {code: known[code] for code in outcome.decided_by}

    if not outcome.is_unknown:
        assert evaluate(rule, enough).answer is outcome.answer


@given(st.permutations(range(4)), st.lists(leaves, min_size=4, max_size=4), st.integers(1, 4), answers)
def test_the_order_of_the_parts_never_matters(
    order: list[int], parts: list[Rule], count: int, known: dict[str, Observation]
) -> None:
    straight = evaluate(NumberOf(count=count, of_rules=tuple(parts)), known)
    shuffled = evaluate(NumberOf(count=count, of_rules=tuple(parts[i] for i in order)), known)

    assert straight.answer is shuffled.answer
    assert set(straight.missing) == set(shuffled.missing)


@given(rules, answers)
def test_a_rule_and_its_negation_are_never_both_met(rule: Rule, known: dict[str, Observation]) -> None:
    pair = {evaluate(rule, known).answer, evaluate(Not(negate=rule), known).answer}

    assert pair in ({Answer.UNKNOWN}, {Answer.MET, Answer.NOT_MET})
