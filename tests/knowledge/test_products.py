"""The formulary: what it must hold whichever label is read next."""

from __future__ import annotations

from decimal import Decimal

import pytest

from masseter.knowledge.load import load
from masseter.knowledge.model import LabelPair, Limit, Presentation, Product

PRODUCTS = load().products
KEYS = [
    "botox",
    "botox_cosmetic",
    "vistabel",
    "vistabex",
    "xeomin",
    "bocouture",
    "dysport",
    "azzalure",
    "alluzience",
    "myobloc",
    "neurobloc",
    "daxxify",
    "jeuveau",
    "nuceiva",
    "letybo",
    "relfydess",
]
LABEL_ROUNDING = Decimal("0.05")
ALL = pytest.mark.parametrize("product", PRODUCTS.values(), ids=PRODUCTS.keys())


def limit_of(product: str, code: str) -> Limit:
    return next(limit for limit in PRODUCTS[product].limits if limit.code == code)


def vial_ml(presentation: Presentation, diluent_ml: Decimal) -> Decimal:
    return (presentation.volume_ml or Decimal(0)) + diluent_ml


def per_ml(product: Product, pair: LabelPair) -> Decimal:
    vial = next(each for each in product.presentations if each.label_units == pair.label_units)
    return vial.label_units / vial_ml(vial, pair.diluent_ml)


def gtin_check_digit(gtin: str) -> int:
    weighted = (int(digit) * (3 if place % 2 == 0 else 1) for place, digit in enumerate(gtin[:-1]))
    return -sum(weighted) % 10


def test_formulary_holds_the_sixteen_products_and_no_other() -> None:
    assert sorted(PRODUCTS) == sorted(KEYS)


@ALL
def test_limit_that_is_not_verified_never_stops(product: Product) -> None:
    weak = [limit for limit in product.limits if limit.evidence.sure != "verified"]

    assert {limit.severity for limit in weak} <= {"caution", "note"}


@ALL
def test_limit_of_an_interval_says_its_days(product: Product) -> None:
    windows = [limit.window_days for limit in product.limits if limit.scope == "in_interval"]

    assert all(windows)


@ALL
def test_interval_is_twelve_weeks_or_the_labels_days_and_three_months(product: Product) -> None:
    assert product.min_interval_days.value == (90 if product.key == "botox_cosmetic" else 84)
    assert product.interval_months == 3


def test_twelve_weeks_are_verified_only_where_the_label_says_weeks() -> None:
    counting_months = {key for key, product in PRODUCTS.items() if product.counts_months}

    assert {"botox_cosmetic", "jeuveau", "letybo"} <= counting_months
    for key in counting_months - {"botox_cosmetic"}:
        assert PRODUCTS[key].min_interval_days.evidence.sure != "verified", key


@ALL
def test_limit_codes_carry_the_product(product: Product) -> None:
    assert all(limit.code.startswith(product.key) for limit in product.limits)


@pytest.mark.parametrize("product", ["botox", "botox_cosmetic", "vistabel", "vistabex"])
def test_botox_ceiling_stops_above_four_hundred_in_twelve_weeks(product: str) -> None:
    ceiling = limit_of(product, f"{product}_400_in_interval")

    assert ceiling.units == 400
    assert (ceiling.window_days, ceiling.severity) == (84, "stop")


@pytest.mark.parametrize("brand", ["botox_cosmetic", "vistabel", "vistabex"])
def test_brands_of_botox_share_one_substance_for_the_ceiling(brand: str) -> None:
    assert PRODUCTS[brand].inn == PRODUCTS["botox"].inn


def test_no_ceiling_of_type_b_is_a_stop_because_none_is_labelled() -> None:
    limits = [*PRODUCTS["myobloc"].limits, *PRODUCTS["neurobloc"].limits]

    assert {limit.severity for limit in limits} == {"caution"}


def test_type_b_is_myobloc_and_neurobloc_alone() -> None:
    assert {key for key, product in PRODUCTS.items() if product.serotype == "B"} == {"myobloc", "neurobloc"}


def test_unit_labels_tell_the_brands_apart() -> None:
    labels = [product.unit_label for product in PRODUCTS.values()]

    assert len(set(labels)) == len(KEYS)
    assert all(product.unit_label == f"units {product.brand}" for product in PRODUCTS.values())


@ALL
def test_dilution_agrees_with_arithmetic_within_label_rounding(product: Product) -> None:
    for row in product.dilutions:
        vial = next(each for each in product.presentations if each.label_units == row.label_units)
        exact = vial.label_units / vial_ml(vial, row.diluent_ml) / 10

        assert abs(row.units_per_tenth_ml - exact) <= LABEL_ROUNDING * exact, row


@ALL
def test_label_pair_agrees_with_arithmetic_within_label_rounding(product: Product) -> None:
    for pair in product.label_pairs:
        exact = pair.units / per_ml(product, pair)

        assert abs(pair.volume_ml - exact) <= LABEL_ROUNDING * exact, pair


@ALL
def test_label_pair_belongs_to_a_labelled_dilution(product: Product) -> None:
    rows = {(row.label_units, row.diluent_ml) for row in product.dilutions}

    assert {(pair.label_units, pair.diluent_ml) for pair in product.label_pairs} <= rows


def test_dysport_label_pair_differs_from_arithmetic() -> None:
    pair = next(pair for pair in PRODUCTS["dysport"].label_pairs if pair.diluent_ml == Decimal("2.5"))

    assert (pair.units, pair.volume_ml) == (Decimal(10), Decimal("0.08"))
    assert pair.volume_ml < pair.units / per_ml(PRODUCTS["dysport"], pair)


@ALL
def test_ready_solution_has_a_volume_and_powder_has_none(product: Product) -> None:
    volumes = [presentation.volume_ml is not None for presentation in product.presentations]

    assert all(volumes) if product.form == "solution" else not any(volumes)


@ALL
def test_powder_is_never_used_without_diluent(product: Product) -> None:
    is_powder = product.form == "powder"

    assert all((row.diluent_ml > 0) is is_powder for row in product.dilutions)


@ALL
def test_gtin_has_a_right_check_digit_and_says_where_it_comes_from(product: Product) -> None:
    for presentation in product.presentations:
        for gtin in presentation.gtins:
            assert len(gtin) == 14
            assert gtin_check_digit(gtin) == int(gtin[-1])
            assert presentation.evidence.note


@ALL
def test_every_allergen_can_be_answered_in_the_intake(product: Product) -> None:
    asked = {choice.code for choice in load().observations["allergies"].choices}

    assert set(product.allergens) <= asked


def test_albumin_is_an_allergen_of_all_but_three() -> None:
    without = {key for key, product in PRODUCTS.items() if "human_albumin" not in product.allergens}

    assert without == {"daxxify", "alluzience", "relfydess"}


def test_milk_protein_is_an_allergen_of_the_powders_with_lactose() -> None:
    with_milk = {key for key, product in PRODUCTS.items() if "cows_milk_protein" in product.allergens}

    assert with_milk == {"dysport", "azzalure"}


@ALL
def test_every_published_dose_is_a_multiple_of_the_unit_step(product: Product) -> None:
    schemes = [each for each in load().protocols.values() if each.product == product.key]
    doses = [part.units_per_point for scheme in schemes for part in scheme.sites]

    assert not [dose for dose in doses if dose.low % product.unit_step or dose.high % product.unit_step]


@pytest.mark.parametrize(("product", "units"), [("alluzience", 50), ("azzalure", 110)])
def test_cosmetic_abobotulinum_borrows_no_ceiling_of_the_limbs(product: str, units: int) -> None:
    ceilings = {limit.scope: limit for limit in PRODUCTS[product].limits}

    assert {scope: limit.units for scope, limit in ceilings.items()} == {
        "per_session": units,
        "in_interval": units,
    }
    assert all(limit.evidence.sure != "verified" for limit in ceilings.values())


@pytest.mark.parametrize("code", ["dysport_eye_side", "dysport_eye_total"])
def test_dysport_above_one_hundred_and_twenty_an_eye_stops(code: str) -> None:
    ceiling = limit_of("dysport", code)

    assert (ceiling.units, ceiling.severity, ceiling.evidence.sources) == (120, "stop", ("L8",))


def test_toxin_without_a_licence_is_no_product_and_has_a_name() -> None:
    unlicensed = load().unlicensed

    assert not set(unlicensed) & set(PRODUCTS)
    assert all(len(key) <= 40 and toxin.name for key, toxin in unlicensed.items())
    for brand in ("Hengli", "Meditoxin", "Innotox", "Rentox", "Toxpia"):
        assert any(brand in toxin.name for toxin in unlicensed.values()), brand
