"""Every rule of the knowledge is there with its facts and gone with the facts beside them."""

from __future__ import annotations

import pytest

from tests.spec.rules import RuleRow, brought, brought_beside, rule_rows

ROWS = rule_rows()


def name_of(row: RuleRow) -> str:
    return f"{row.of}-{row.code}"


@pytest.mark.parametrize("row", ROWS, ids=name_of)
def test_rule_is_there_with_its_facts_and_gone_beside_them(row: RuleRow) -> None:
    assert brought(row).get(row.code) == row.says
    assert brought_beside(row).get(row.code) in (None, "not_met")


def test_no_rule_stands_twice() -> None:
    names = [name_of(row) for row in ROWS]

    assert sorted(names) == sorted(set(names))
