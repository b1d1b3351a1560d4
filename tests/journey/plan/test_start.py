"""What a new plan starts with: the vial size that wastes least of the stock, and its diluent."""

from __future__ import annotations

from decimal import Decimal

import pytest

from masseter.core.plan.types import PlannedPoint, VialSize
from masseter.journey.plan.start import Mix, starting_mix
from masseter.knowledge.model import Product, Protocol
from tests.core.builders import D, value
from tests.core.plan.builders import dilution, point, product, protocol, site, size

SCHEME = protocol(dilution_label_units=D(200), dilution_ml=D(4))


def vials(units: int, count: int | None = None) -> VialSize:
    return VialSize(presentation=f"alfa-{units}", label_units=D(units), count=count)


def of_units(total: str | None) -> tuple[PlannedPoint, ...]:
    """One point with the whole dose, or with none yet."""
    return (point("MASS-L-1", total),)


def mixed(
    total: str | None,
    *stock: VialSize,
    brand: Product | None = None,
    scheme: Protocol = SCHEME,
    point_ml: str | None = None,
) -> Mix:
    most = None if point_ml is None else value(point_ml, "mL")
    sites = {"masseter": site(point_ml=most)}
    return starting_mix(brand or product(), scheme, of_units(total), stock or None, sites)


def alfa(*rows: tuple[int, str]) -> Product:
    """A powder in 50, 100 and 200 units whose label prints these dilutions."""
    sizes = tuple(size(f"alfa-{units}", units) for units in (50, 100, 200))
    return product(presentations=sizes, dilutions=tuple(dilution(units, ml) for units, ml in rows))


def test_size_without_a_label_dilution_is_never_our_choice() -> None:
    brand = alfa((100, "2"), (200, "4"))

    assert mixed("50", vials(50), vials(100), brand=brand).presentation == "alfa-100"
    assert mixed("50", vials(50), brand=brand).presentation == "alfa-200"


def test_diluent_that_no_label_row_gives_is_left_open() -> None:
    brand = alfa((100, "2"))

    assert mixed("80", brand=brand) == Mix(presentation="alfa-200", diluent_ml=None)


def test_stock_that_does_not_hold_the_plan_leaves_the_size_of_the_scheme() -> None:
    assert mixed("250", vials(100, 2)).presentation == "alfa-200"


def test_plan_without_doses_takes_the_size_of_the_scheme_whatever_is_in_stock() -> None:
    assert mixed(None, vials(100)).presentation == "alfa-200"
    assert mixed(None).presentation == "alfa-200"


def test_another_product_without_stock_takes_its_first_size() -> None:
    beta = product("beta")

    assert mixed("155", brand=beta) == Mix(presentation="beta-100", diluent_ml=D(2))


@pytest.mark.parametrize(
    ("total", "stock", "chosen"),
    [
        ("80", (vials(100), vials(200)), "alfa-100"),
        ("155", (vials(100), vials(200)), "alfa-200"),  # as much as two of 100, and one vial fewer
        ("155", (vials(100, 2), vials(200, 0)), "alfa-100"),
        ("250", (vials(100), vials(200)), "alfa-200"),  # 200 and 100; the larger is mixed as the plan's
        ("100", (vials(100), vials(200)), "alfa-100"),
        ("100.1", (vials(100, 1), vials(200)), "alfa-200"),
    ],
)
def test_size_that_wastes_least_of_the_stock_is_chosen(
    total: str, stock: tuple[VialSize, ...], chosen: str
) -> None:
    assert mixed(total, *stock).presentation == chosen


@pytest.mark.parametrize(("total", "diluent"), [("80", "2"), ("155", "4")])
def test_diluent_keeps_the_concentration_of_the_scheme(total: str, diluent: str) -> None:
    brand = alfa((100, "1"), (100, "2"), (200, "1"), (200, "4"))

    assert mixed(total, vials(100), vials(200), brand=brand).diluent_ml == Decimal(diluent)


def test_concentration_that_the_label_has_not_gives_way_to_the_first_row_of_the_label() -> None:
    brand = alfa((100, "1"), (100, "2.5"), (200, "4"))

    assert mixed("80", vials(100), brand=brand).diluent_ml == D(1)


def test_scheme_without_a_dilution_takes_the_first_row_of_the_label() -> None:
    scheme = protocol()

    assert mixed("80", scheme=scheme) == Mix(presentation="alfa-100", diluent_ml=D(2))


def test_ready_solution_takes_no_diluent_and_any_size_in_stock() -> None:
    brand = product(
        form="solution",
        presentations=(size("alfa-100", 100, "0.5"), size("alfa-200", 200, "1")),
        dilutions=(),
    )

    assert mixed("155", vials(100), vials(200), brand=brand) == Mix(presentation="alfa-200", diluent_ml=None)


@pytest.mark.parametrize(
    ("point_ml", "diluent"),
    [(None, "4"), ("0.4", "4"), ("0.39", "2"), ("0.2", "2"), ("0.19", "1"), ("0.05", "4")],
)
def test_volume_that_a_site_does_not_take_asks_for_a_stronger_dilution(
    point_ml: str | None, diluent: str
) -> None:
    brand = alfa((200, "2"), (200, "1"), (200, "4"))

    mix = mixed("20", vials(200), brand=brand, point_ml=point_ml)

    assert mix.diluent_ml == Decimal(diluent)  # the scheme's own where none fits: the check then says so
