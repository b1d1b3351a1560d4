"""Reading the posted rows: shape only, and never more than a treatment can have."""

from __future__ import annotations

import pytest

from masseter.ui.facemap.rows import MOST_ROWS, PointRow, read_rows


def posted(number: int, **changes: str) -> dict[str, str]:
    values = {"id": f"MASS-L-{number + 1}", "site": "masseter", "side": "left", "view": "left", "x": "210"}
    values |= {"y": "400", "depth": "", "route": "intramuscular", "units": "10", **changes}
    return {f"point-{number}-{name}": value for name, value in values.items()}


@pytest.mark.parametrize("total", ["", "-1", "x", "1e3", "²", "999999999999", "1.5"])
def test_total_that_is_no_small_number_gives_no_rows(total: str) -> None:
    assert read_rows({"points-total": total, **posted(0)}) == ()


def test_forged_total_reads_no_more_than_the_most() -> None:
    data = {"points-total": "99999999", **posted(0), **posted(MOST_ROWS)}

    assert [row.id for row in read_rows(data)] == ["MASS-L-1"]


def test_removed_and_empty_rows_are_left_out() -> None:
    data = {"points-total": "4", **posted(0), **posted(1, remove="1"), **posted(3)}

    assert [row.id for row in read_rows(data)] == ["MASS-L-1", "MASS-L-4"]


def test_values_are_kept_as_typed_without_outer_spaces() -> None:
    (row,) = read_rows({"points-total": "1", **posted(0, units=" 2,5 ")})

    assert row == PointRow(
        id="MASS-L-1",
        site="masseter",
        side="left",
        view="left",
        x="210",
        y="400",
        route="intramuscular",
        units="2,5",
    )


def test_number_of_a_row_is_the_last_part_of_its_id() -> None:
    assert PointRow(id="OOC-R-x2").number == "x2"
