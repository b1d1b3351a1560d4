"""Looking codes up: what is known is found, and what is not says so."""

from __future__ import annotations

import pytest

from masseter.core.plan.lookup import UnknownCondition, find_condition
from masseter.knowledge.load import load


def test_condition_is_found_by_its_code_alone() -> None:
    assert find_condition(load(), "bruxism") is load().conditions["bruxism"]
    with pytest.raises(UnknownCondition, match="'Bruxism'"):
        find_condition(load(), "Bruxism")
