"""Every way to draw a plan up from what is in stock, whole, and which of them comes first."""

from __future__ import annotations

from typing import Any

import pytest

from masseter.core.findings import Finding
from masseter.core.plan.supply import Option, Stocked, options, ranked
from masseter.core.plan.types import VialSize
from masseter.core.quantities import plain
from masseter.knowledge.model import Knowledge, Severity
from tests.core.builders import D
from tests.core.plan.builders import dilution, knowledge, pair, plan, points, product, protocol, size

Loose = Any  # whichever field of the plan a test wants different
# Two sizes that mix to one concentration, and one dilution of each that is its own.
DILUTIONS = (dilution(100, "2"), dilution(100, "4"), dilution(200, "4"), dilution(200, "5"))


def stocked(units: int, count: int | None = None, price: int | None = None) -> Stocked:
    held = VialSize(presentation=f"alfa-{units}", label_units=D(units), count=count)
    return Stocked(size=held, price=None if price is None else D(price))


def known(**fields: Loose) -> Knowledge:
    scheme = protocol(**{"dilution_ml": D(4), "dilution_label_units": D(100), **fields.pop("scheme", {})})
    alfa = product(**{"dilutions": DILUTIONS, **fields})
    return knowledge(products={"alfa": alfa, "beta": product("beta")}, protocols={"scheme": scheme})


def told(option: Option) -> str:
    """An option in a line: how it is mixed, what is opened and lost, its cost, and what is said of it."""
    mixed = " or ".join(f"{each.presentation} in {plain(each.diluent_ml)} mL" for each in option.mixings)
    opened = ", ".join(f"{count} x {each.presentation}" for each, count in option.drawn.vials.opened)
    size_ = f"{option.plan.presentation} of {option.plan.label_units} in {option.plan.diluent_ml}"
    numbers = (
        f"opens {opened or 'nothing'}, discards {plain(option.discarded)}, "
        f"costs {option.cost}, off by {plain(option.worst_error * 100)} %"
    )
    claims = [word for word in ("is_enough", "is_published") if getattr(option, word)]
    return f"{mixed} ({size_}): {numbers}; {', '.join(claims)}"


def found(*stock: Stocked, at: Knowledge | None = None, **fields: Loose) -> list[str]:
    return [told(each) for each in options(plan(**fields), at or known(), stock)]


def test_each_label_dilution_of_each_size_is_an_option_and_equal_mixtures_are_one() -> None:
    assert found(stocked(100, 3, 5), stocked(200, 2, 8), points=points("50")) == [
        "alfa-200 in 4 mL (alfa-100 of 100 in 2): "
        "opens 1 x alfa-200, discards 0, costs 8, off by 0 %; is_enough",
        "alfa-100 in 4 mL (alfa-100 of 100 in 4): "
        "opens 2 x alfa-100, discards 0, costs 10, off by 0 %; is_enough, is_published",
        "alfa-200 in 5 mL (alfa-200 of 200 in 5): "
        "opens 1 x alfa-200, discards 0, costs 8, off by 0 %; is_enough",
    ]


def test_sizes_of_one_concentration_are_opened_together() -> None:
    assert found(stocked(100, 1, 5), stocked(200, 1, 8), points=points("70"))[0] == (
        "alfa-100 in 2 mL or alfa-200 in 4 mL (alfa-100 of 100 in 2): "
        "opens 1 x alfa-200, 1 x alfa-100, discards 20, costs 13, off by 0 %; is_enough"
    )


def test_sizes_of_another_concentration_are_not() -> None:
    found_ = found(stocked(100, 1), stocked(200, 1), points=points("70"))

    assert [line.partition(" (")[0] for line in found_ if not line.endswith("is_enough")] == [
        "alfa-100 in 4 mL",
        "alfa-200 in 5 mL",
    ]


def test_stock_that_does_not_hold_the_plan_is_opened_whole_without_a_cost() -> None:
    assert found(stocked(100, 1, 5), points=points("30"))[0] == (
        "alfa-100 in 2 mL (alfa-100 of 100 in 2): opens 1 x alfa-100, discards 0, costs None, off by 0 %; "
    )


def test_empty_stock_names_the_size_that_was_meant() -> None:
    assert found(stocked(100, 0), points=points("30"))[0] == (
        "alfa-100 in 2 mL (alfa-100 of 100 in 2): opens nothing, discards 0, costs None, off by 0 %; "
    )


def test_missing_price_makes_no_cost_and_the_loss_is_opened_too() -> None:
    assert found(stocked(100, 3), points=points("25"), dead_space_ml=D("0.04"))[0] == (
        "alfa-100 in 2 mL (alfa-100 of 100 in 2): "
        "opens 2 x alfa-100, discards 100, costs None, off by 0 %; is_enough"
    )


def test_worst_error_is_the_largest_on_either_side_and_a_label_pair_has_none() -> None:
    marks = {"points": (*points("10")[:2], *points("12")[2:]), "graduation_ml": D("0.07")}
    rows = (pair(100, "2", "10", "0.21"), pair(100, "2", "12", "0.21"))

    assert "off by 12.5 %" in found(stocked(100, 1), **marks)[0]
    assert "off by 0 %" in found(stocked(100, 1), at=known(label_pairs=rows), **marks)[0]


def test_solution_has_one_way_and_needs_no_diluent() -> None:
    ready = known(form="solution", presentations=(size("alfa-100", 100, "2"),))

    assert found(stocked(100, 1, 5), at=ready, diluent_ml=None) == [
        "alfa-100 in 0 mL (alfa-100 of 100 in 0): "
        "opens 1 x alfa-100, discards 60, costs 5, off by 0 %; is_enough"
    ]


@pytest.mark.parametrize(
    "scheme",
    [{"product": "beta"}, {"dilution_ml": None}, {"dilution_label_units": None}],
)
def test_scheme_without_a_dilution_of_this_product_publishes_none(scheme: dict[str, Loose]) -> None:
    assert not [line for line in found(stocked(100, 1), at=known(scheme=scheme)) if "is_published" in line]
    assert not [line for line in found(stocked(100, 1), protocol="") if "is_published" in line]


def warned(*severities: Severity) -> tuple[Finding, ...]:
    return tuple(
        Finding(code="c", severity=each, sentence="S.", sources=(), sure="design") for each in severities
    )


def ways(*stock: Stocked, **fields: Loose) -> dict[str, Option]:
    """The options by what they mix."""
    return {
        " or ".join(f"{each.presentation} in {plain(each.diluent_ml)}" for each in option.mixings): option
        for option in options(plan(**fields), known(), stock)
    }


def first(*pairs: tuple[Option, tuple[Finding, ...]]) -> list[str]:
    """The diluents of options, the best first, from either order."""
    there, back = ([each.plan.diluent_ml for each, _ in ranked(some)] for some in (pairs, pairs[::-1]))
    assert there == back
    return [plain(each) if each is not None else "" for each in there]


def test_safe_comes_before_cheap() -> None:
    made = ways(stocked(100, 1, 5))
    two, four = made["alfa-100 in 2"], made["alfa-100 in 4"]

    assert first((two, warned("stop")), (four, warned("caution", "caution"))) == ["4", "2"]
    assert first((two, warned("caution")), (four, warned("note", "note"))) == ["4", "2"]
    assert first((two, ()), (four, warned("caution"))) == ["2", "4"]


def test_what_the_stock_holds_comes_before_what_it_does_not() -> None:
    made = ways(stocked(100, 1, 5), stocked(200, 1, 9), points=points("40"))

    assert first((made["alfa-100 in 4"], ()), (made["alfa-200 in 5"], warned("stop"))) == ["5", "4"]


def test_cheap_comes_before_published_and_less_opened_where_prices_are_not_known() -> None:
    dear, cheap = stocked(100, 1, 9), stocked(200, 1, 8)
    priced, free = ways(dear, cheap), ways(stocked(100, 1), stocked(200, 1))

    assert first((priced["alfa-100 in 4"], ()), (priced["alfa-200 in 5"], ())) == ["5", "4"]
    assert first((free["alfa-100 in 4"], ()), (free["alfa-200 in 5"], ())) == ["4", "5"]
    assert first((free["alfa-100 in 4"], ()), (priced["alfa-200 in 5"], ())) == ["5", "4"]


def test_among_equally_cheap_the_published_concentration_comes_first_then_the_smaller_rounding() -> None:
    same = ways(stocked(100, 1, 5))
    marks = {"points": points("11.5"), "graduation_ml": D("0.05")}
    other = known(scheme={"dilution_ml": None})
    exact, rough = sorted(
        options(plan(**marks), other, [stocked(100, 1, 5)]), key=lambda each: each.worst_error
    )

    assert first((same["alfa-100 in 2"], ()), (same["alfa-100 in 4"], ())) == ["4", "2"]
    assert exact.worst_error < rough.worst_error
    assert [each for each, _ in ranked([(rough, ()), (exact, ())])] == [exact, rough]


def test_cheapest_vials_are_opened_although_others_waste_less() -> None:
    assert found(stocked(100, 1, 9), stocked(200, 1, 8), points=points("20"))[0] == (
        "alfa-200 in 4 mL (alfa-100 of 100 in 2): "
        "opens 1 x alfa-200, discards 120, costs 8, off by 0 %; is_enough"
    )


def test_vial_that_costs_nothing_comes_before_a_smaller_one_that_does() -> None:
    made = ways(stocked(100, 1, 1), stocked(200, 1, 0))

    assert first((made["alfa-100 in 4"], ()), (made["alfa-200 in 5"], ())) == ["5", "4"]
