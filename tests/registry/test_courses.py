"""From a data set to the model: days to weeks, units to shares of the reference dose, ends of the scale."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from masseter.registry.courses import read_courses
from masseter.registry.problems import CannotTake
from masseter.registry.taking import look_at, take
from masseter.response.layout import FLOOR, INJECTION, SCORE
from tests.registry.tables import GOOD, written


def test_a_data_set_becomes_columns_in_the_order_of_time(tmp_path: Path) -> None:
    table, mapping = written(tmp_path, *GOOD, "b,35,0,,,M")
    take(look_at(table, mapping), tmp_path / "set", leave_out_refused=False)

    courses = read_courses(tmp_path / "set", ["onabotulinumtoxinA"])

    assert courses.names == ("one", "onabotulinumtoxinA")
    first = int(np.flatnonzero(courses.about[:, 1])[0])
    anna, other = courses.part(first, first + 1), courses.part(1 - first, 2 - first)
    assert anna.kind.tolist() == [SCORE, INJECTION, SCORE, INJECTION, SCORE]
    assert anna.week == pytest.approx([-3 / 7, 0, 2, 12, 12], abs=1e-6)
    assert anna.value == pytest.approx([70, 1, 40, 1.2, 60])
    assert other.kind.tolist() == [SCORE, INJECTION, SCORE, FLOOR]
    assert other.week[0] < 0
    assert other.value[-1] == pytest.approx(0.5)


def test_a_product_that_the_data_set_does_not_know_is_refused(tmp_path: Path) -> None:
    take(look_at(*written(tmp_path, *GOOD)), tmp_path / "set", leave_out_refused=False)

    with pytest.raises(CannotTake, match="no reference dose of Dysport"):
        read_courses(tmp_path / "set", ["Dysport"])
