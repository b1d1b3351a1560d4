"""A line of a batch is read as its JSON is read alone, however it is written and whatever came before."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from decimal import Decimal

from hypothesis import example, given
from hypothesis import strategies as st

from masseter.cli.case import members
from masseter.cli.case.many import CaseReader
from masseter.cli.case.members import cut
from masseter.cli.case.problems import BadCase
from masseter.cli.case.reading import Case, read_case
from masseter.cli.case.source import Source
from masseter.core.consult.alike import Alike
from masseter.core.consult.many import Assessor
from masseter.knowledge.load import load

KNOWLEDGE = load()
ALIKE = Assessor(KNOWLEDGE).alike
READER = CaseReader(KNOWLEDGE, ALIKE)  # one for all: what it kept of one line must not reach another
CODES = (
    "flag_heart",
    "pain_months",
    "illnesses",
    "sex",
    "medicine_classes",
    "last_toxin_on",
    "nothing",
    "facts",
)
WORDS = ("none", "yes", "female", 'a, "b', "}", "facts", "é", "copd")
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 50) | st.sampled_from((1.5, 1e400)) | st.sampled_from(WORDS),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(("value", "on", "facts")), inner, max_size=2)
    ),
    max_leaves=4,
)
CASES = st.fixed_dictionaries(
    {
        "case": st.just(1),
        "today": st.sampled_from(("2026-11-25", "2026-11-26", "20261125", 3)),
        "jurisdiction": st.just("UK"),
        "facts": st.dictionaries(st.sampled_from(CODES), VALUES, max_size=5),
    },
    optional={
        "condition": st.sampled_from(("tmd", "facts", "nothing")),
        "patient": st.sampled_from(
            ({"birth_date": "1980-02-29"}, {"birth_date": "2030-01-01"}, {"facts": {}})
        ),
        "earlier": st.sampled_from(([], [{"given_on": "2026-10-01"}])),
    },
)
STYLES = st.sampled_from(((", ", ": "), (",", ":"), (" ,\t", " : "), (",  ", ":")))
SLIPS = st.lists(st.tuples(st.integers(0, 400), st.sampled_from('{}[]",:\\ 1\x0b')), max_size=2)


def alone(text: str) -> Case:
    """As the standard library reads the line. Raises: BadCase."""
    values = json.loads(text, parse_float=Decimal, parse_constant=refuse, object_pairs_hook=once)
    return read_case(Source(file="f", values=values, lines={}, only_line=1), KNOWLEDGE)


def refuse(word: str) -> None:
    raise ValueError(word)


def once(pairs: Iterable[tuple[str, object]]) -> dict[str, object]:
    told = list(pairs)
    if len(dict(told)) < len(told):
        raise ValueError("twice")
    return dict(told)


def same(case: Case) -> tuple[object, ...]:
    return case.facts, case.standing, case.file.model_copy(update={"facts": {}})


@given(case=CASES, separators=STYLES, slips=SLIPS, letters=st.booleans())
@example(
    case={"case": 1, "plan": {"facts": {"sex": "female"}}, "facts": {}},
    separators=(", ", ": "),
    slips=[],
    letters=True,
)
def test_line_is_read_as_if_it_were_alone(
    case: dict[str, object], separators: tuple[str, str], slips: list[tuple[int, str]], letters: bool
) -> None:
    text = json.dumps(case, separators=separators, ensure_ascii=letters)
    for place, sign in slips:
        text = text[:place] + sign + text[place:]

    found, expected = outcome(lambda: READER.read_line(text.encode(), "f", 1)), outcome(lambda: alone(text))

    assert found == expected


def outcome(read: Callable[[], Case]) -> tuple[object, ...]:
    """What was read, or what is at fault."""
    try:
        case = read()
    except BadCase as bad:
        is_json = not any(
            "not JSON" in each.sentence or "too large" in each.sentence for each in bad.problems
        )
        return tuple(bad.problems) if is_json else ("no JSON",)
    except (ValueError, ArithmeticError):
        return ("no JSON",)
    return (*same(case), ALIKE.tokens(case.facts) == ALIKE.tokens(dict(case.facts)))


def line(**facts: object) -> bytes:
    return json.dumps({"case": 1, "today": "2026-11-25", "jurisdiction": "UK", "facts": facts}).encode()


def test_facts_that_stand_plainly_are_read_from_the_text() -> None:
    parted = cut(line(flag_heart=False, illnesses=["copd", "asthma"]))

    assert parted is not None
    assert parted[1] == [b'flag_heart": false', b'illnesses": ["copd"', b'asthma"]']
    assert json.loads(parted[0])["facts"] == {}


def test_member_is_read_anew_after_too_many_were_kept() -> None:
    reader, most = CaseReader(KNOWLEDGE), members.MOST_KEPT
    try:
        members.MOST_KEPT = 1
        for _ in range(3):
            assert same(reader.read_line(line(flag_heart=True, sex="female"), "f", 1)) == same(
                alone(line(flag_heart=True, sex="female").decode())
            )
    finally:
        members.MOST_KEPT = most


def test_tokens_of_another_are_not_taken_over() -> None:
    facts = READER.read_line(line(pain_months=7, headache_days=30), "f", 1).facts

    assert len(set(Alike(()).tokens(facts).values())) == 1  # without rules all numbers are alike
    assert len(set(ALIKE.tokens(facts).values())) == 2
