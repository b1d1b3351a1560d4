"""What each muscle was given over all cycles: by product, muscle and side."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from masseter.core.inject.over_cycles import GivenCycle, add_up_cycles
from masseter.core.plan.types import PlannedPoint
from masseter.core.quantities import MixedProducts
from tests.core.builders import D
from tests.core.plan.builders import point

SPRING, SUMMER, AUTUMN = date(2027, 3, 1), date(2027, 6, 1), date(2027, 9, 1)


def cycle(day: date, *points: PlannedPoint, product: str = "alfa") -> GivenCycle:
    return GivenCycle(given_on=day, product=product, points=points)


def test_two_products_are_never_added() -> None:
    one = point("MASS-L-1", "20")

    used = add_up_cycles([cycle(SPRING, one), cycle(SUMMER, one, product="beta"), cycle(AUTUMN, one)])

    assert [(each.product, each.whole.units, each.whole.product, each.cycles) for each in used] == [
        ("alfa", 40, "alfa", 2),
        ("beta", 20, "beta", 1),
    ]


def test_point_that_carries_another_product_is_refused() -> None:
    with pytest.raises(MixedProducts, match="beta"):
        add_up_cycles([cycle(SPRING, point("MASS-L-1", "5", product="beta"))])


def test_units_are_told_by_muscle_and_side_most_first() -> None:
    early = cycle(SPRING, point("MASS-L-1", "20"), point("MASS-L-2", "10"), point("MASS-R-1", "15"))
    late = cycle(AUTUMN, point("MASS-L-1", "12.5"), point("OOC-R-1", "5"))

    (used,) = add_up_cycles([late, early])

    assert [(each.site, each.side, each.dose.units) for each in used.regions] == [
        ("masseter", "left", D("42.5")),
        ("masseter", "right", 15),
        ("orbicularis_oculi", "right", 5),
    ]
    left = used.regions[0]
    assert (left.cycles, left.points, left.last.units, left.last_on) == (2, 3, D("12.5"), AUTUMN)
    assert (used.first_on, used.last_on, used.most.units) == (SPRING, AUTUMN, D("42.5"))


def test_nothing_given_is_nothing() -> None:
    assert add_up_cycles([]) == ()

    (empty,) = add_up_cycles([cycle(SPRING)])
    assert (empty.whole.units, empty.most.units, empty.regions) == (0, 0, ())


doses = st.decimals("0.5", "99", places=2).map(str)
names = st.sampled_from(["MASS-L-1", "MASS-L-2", "MASS-R-1", "OOC-R-1"])
cycles = st.builds(
    lambda day, product, chosen: cycle(
        day, *(point(name, units) for name, units in chosen.items()), product=product
    ),
    st.dates(date(2020, 1, 1), date(2030, 1, 1)),
    st.sampled_from(["alfa", "beta"]),
    st.dictionaries(names, doses),
)


@settings(max_examples=40)
@given(st.lists(cycles, max_size=8))
def test_regions_add_up_to_what_was_given_of_each_product(listed: list[GivenCycle]) -> None:
    used = {each.product: each for each in add_up_cycles(listed)}

    assert set(used) == {each.product for each in listed}
    for product, told in used.items():
        own = [one for each in listed if each.product == product for one in each.points]
        whole = sum((one.units or Decimal(0) for one in own), Decimal(0))
        assert told.whole.units == whole == sum((one.dose.units for one in told.regions), Decimal(0))
        assert sum(one.points for one in told.regions) == len(own)
        assert all(one.dose.product == product for one in told.regions)
