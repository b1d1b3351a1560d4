"""Faults of a case file: each with its line and field, and all that can be seen at once."""

from __future__ import annotations

import pytest

from masseter.cli.case.problems import BadCase
from masseter.cli.case.reading import Case, read_case
from masseter.cli.case.source import read_yaml
from masseter.knowledge.load import load
from tests.cli.case.files import MIGRAINE


def read(text: str) -> Case:
    return read_case(read_yaml(text, "case.yaml"), load())


def faults(text: str) -> list[str]:
    with pytest.raises(BadCase) as bad:
        read(text)
    return [str(problem) for problem in bad.value.problems]


def changed(old: str, new: str) -> str:
    assert old in MIGRAINE
    return MIGRAINE.replace(old, new)


def test_file_that_is_no_block_is_refused() -> None:
    assert faults("- 1") == ["case.yaml:1: a case is a block of fields, such as: case: 1"]


def test_unknown_field_is_named_with_its_line() -> None:
    assert faults(MIGRAINE + "extra: 1\n") == ["case.yaml:16: extra: there is no such field here"]


def test_missing_field_is_named() -> None:
    assert faults(changed("today: 2026-11-25\n", "")) == ["case.yaml:1: today: this is missing"]


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("botox\n  protocol", "botx\n  protocol", "plan.product: there is no product called 'botx'"),
        ("chronic_migraine\npatient", "migraine\npatient", "condition: there is no condition"),
        ("headache_days: 22", "headache_days: 40", "facts.headache_days: Enter a number from 0 to 31"),
        ("headache_days: 22", "headache_dys: 22", "facts.headache_dys: There is no observation"),
        ("headache_days: 22", "headache_days: true", "facts.headache_days: Enter a number"),
        ("1984-05-01", "2027-01-01", "facts.headache_days: This date lies before the date of birth"),
        ("diluent_ml: 4", 'diluent_ml: "1,000"', "plan.diluent_ml: This could mean thousands"),
        ("diluent_ml: 4", "diluent_ml: .nan", "plan.diluent_ml: "),
        ("earlier: []", "earlier: [{given_on: 2026-13-01}]", "this day is not in the calendar"),
        ("jurisdiction: US", "jurisdiction: FR", "jurisdiction: "),
        ("case: 1", "case: 2", "case: "),
    ],
)
def test_value_that_cannot_be_is_refused_at_its_field(old: str, new: str, fault: str) -> None:
    assert any(fault in each for each in faults(changed(old, new)))


def test_all_unknown_codes_are_told_at_once() -> None:
    text = changed("headache_days: 22", "headache_dys: 22").replace("product: botox", "product: botx")

    assert len(faults(text)) == 2


def test_no_earlier_toxin_is_another_thing_than_not_known() -> None:
    asked, unasked = read(MIGRAINE), read(changed("earlier: []", "earlier: null"))

    assert asked.facts["had_toxin_before"].value is False
    assert "had_toxin_before" not in unasked.facts


def test_answer_may_carry_its_day_and_who_gave_it() -> None:
    case = read(changed("headache_days: 22", "headache_days: {value: 22, on: 2026-11-01, by: patient}"))

    told = case.facts["headache_days"]
    assert (str(told.value), str(told.observed_on), told.reported_by) == ("22", "2026-11-01", "patient")


def test_without_a_condition_all_are_asked() -> None:
    case = read(changed("condition: chronic_migraine\n", ""))

    assert len(case.conditions) == len(load().conditions)
