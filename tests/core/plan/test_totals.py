"""Totals: exact, in the units of one product, with the points that have no dose yet."""

from __future__ import annotations

import pytest

from masseter.core.plan.totals import Total, add_up
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


def test_every_total_is_of_its_own_points() -> None:
    listed = (point("MASS-L-1", "1"), point("MASS-R-1", "2"), point("OOC-R-1", "4"), point("OOC-R-2", None))

    totals = add_up(listed, "alfa")

    def told(total: Total) -> tuple[str, int, int]:
        return f"{total.units} {total.dose.product}", total.points, total.without_dose

    assert {pair: told(total) for pair, total in totals.by_site_side.items()} == {
        ("masseter", "left"): ("1 alfa", 1, 0),
        ("masseter", "right"): ("2 alfa", 1, 0),
        ("orbicularis_oculi", "right"): ("4 alfa", 2, 1),
    }
    assert {site: told(total) for site, total in totals.by_site.items()} == {
        "masseter": ("3 alfa", 2, 0),
        "orbicularis_oculi": ("4 alfa", 2, 1),
    }
    assert {side: told(total) for side, total in totals.by_side.items()} == {
        "left": ("1 alfa", 1, 0),
        "right": ("6 alfa", 3, 1),
    }
    assert told(totals.whole) == ("7 alfa", 4, 1)


def test_point_of_another_product_is_named_and_one_of_the_same_is_added() -> None:
    with pytest.raises(MixedProducts) as raised:
        add_up([point(product="beta")], "alfa")

    assert str(raised.value) == "MASS-L-1 is planned with beta, not with alfa."
    assert add_up([point(product="alfa")], "alfa").whole.units == 10
