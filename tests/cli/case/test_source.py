"""The text of a case file: exact numbers, lines, and what is refused."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from masseter.cli.case.problems import BadCase
from masseter.cli.case.source import read_json_line, read_yaml


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "the file is empty"),
        ("a: [1", "this is not YAML"),
        ("a: 1\na: 2", "given twice"),
        ("a: 0x1F", "cannot be read"),
        ("a: 2026-02-30", "not in the calendar"),
        ("[[[[[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]]]]]", "nested too deeply"),
    ],
)
def test_yaml_that_cannot_be_meant_is_refused_with_its_line(text: str, words: str) -> None:
    with pytest.raises(BadCase, match=words):
        read_yaml(text, "case.yaml")


@pytest.mark.parametrize("text", ['{"a": NaN}', '{"a": 1, "a": 2}', "{", '{"a": Infinity}', "[" * 5000])
def test_json_that_cannot_be_meant_is_refused(text: str) -> None:
    with pytest.raises(BadCase):
        read_json_line(text.encode(), "cases.jsonl", 3)


def test_number_is_read_from_its_text() -> None:
    assert read_yaml("a: 0.1", "f").values == {"a": Decimal("0.1")}
    assert read_json_line(b'{"a": 0.1}', "f", 1).values == {"a": Decimal("0.1")}


def test_day_is_a_day_and_line_is_kept() -> None:
    source = read_yaml("a: 1\nb:\n  - c: 2026-03-27\n", "f")

    assert source.values == {"a": 1, "b": [{"c": date(2026, 3, 27)}]}
    assert source.line_of(("b", 0, "c")) == 3
    assert source.line_of(("b", 0, "missing")) == 3
    assert source.line_of(("nowhere",)) == 1


def test_line_of_a_batch_is_the_line_of_the_file() -> None:
    assert read_json_line(b"{}", "f", 7).line_of(("a",)) == 7


NUMBERS = st.integers() | st.decimals(allow_nan=False, allow_infinity=False).map(float)
VALUES = st.recursive(
    st.none() | st.booleans() | NUMBERS | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@given(VALUES)
def test_line_of_json_says_what_the_standard_library_reads_in_it(value: object) -> None:
    text = json.dumps(value)
    told = json.loads(text, parse_float=Decimal)

    found = read_json_line(text.encode(), "f", 1).values

    assert repr(found) == repr(told)  # also the kind of each number, and the order of the fields


def test_line_of_json_with_half_a_letter_is_read_as_the_standard_library_reads_it() -> None:
    assert read_json_line(rb'{"a": "\ud800"}', "f", 1).values == {"a": "\ud800"}
