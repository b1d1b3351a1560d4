"""Totals: exact, in the units of one product, with the points that have no dose yet."""

from __future__ import annotations

import pytest

from masseter.core.plan.totals import add_up
from masseter.core.quantities import MixedProducts
from tests.core.builders import D
from tests.core.plan.builders import point


def test_totals_over_two_products_are_refused() -> None:
    with pytest.raises(MixedProducts):
        add_up([point(product="beta")], "alfa")


def test_totals_for_muscle_side_and_whole() -> None:
    listed = (
        point("MASS-L-1", "0.1"),
        point("MASS-L-2", "0.2"),
        point("MASS-R-1", None),
        point("OOC-R-1", "5"),
    )

    totals = add_up(listed, "alfa")

    assert totals.by_site_side[("masseter", "left")].units == D("0.3")
    assert totals.by_site["masseter"].points == 3
    assert totals.by_side["right"].units == D(5)
    assert (totals.whole.units, totals.whole.without_dose) == (D("5.3"), 1)
    assert totals.whole.dose.product == "alfa"


def test_totals_of_nothing_are_zero() -> None:
    assert add_up([], "alfa").whole.units == 0
