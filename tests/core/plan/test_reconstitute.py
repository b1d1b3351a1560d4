"""Drawing up: the formulary's own worked tables, label pairs, vials, losses, life after opening."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from masseter.core.plan.lookup import UnknownPresentation
from masseter.core.plan.reconstitute import (
    DilutionMissing,
    concentration,
    diluent_for,
    draw_up,
    in_use_until,
)
from masseter.core.plan.types import PlannedPoint, VialSize
from masseter.knowledge.model import Dilution
from tests.core.builders import EVIDENCE, D, value
from tests.core.plan.builders import dilution, knowledge, pair, plan, point, product, size

OPENED = datetime(2026, 3, 28, 23, 30, tzinfo=UTC)


def scheme(count: int, units: str) -> tuple[PlannedPoint, ...]:
    return tuple(point(f"MASS-L-x{number}", units) for number in range(1, count + 1))


def test_volumes_without_vial_size_or_diluent_are_refused() -> None:
    for fields in ({"presentation": ""}, {"diluent_ml": None}, {"diluent_ml": D(0)}):
        with pytest.raises(DilutionMissing):
            draw_up(plan(**fields), knowledge())


def test_stock_of_an_unknown_size_is_an_error() -> None:
    with pytest.raises(UnknownPresentation):
        draw_up(plan(), knowledge(), stock=(VialSize(presentation="alfa-150", label_units=D(150)),))


def test_time_of_use_needs_a_time_zone() -> None:
    with pytest.raises(ValueError, match=r"^A time of reconstitution needs its time zone\.$"):
        in_use_until(OPENED.replace(tzinfo=None), product())


def test_time_of_use_is_counted_in_hours() -> None:
    assert in_use_until(OPENED, product()) == OPENED + timedelta(hours=24)
    assert in_use_until(OPENED, product()).tzinfo is UTC
    assert in_use_until(OPENED, product(in_use_hours=value("0.5", "h"))) == OPENED + timedelta(minutes=30)


@pytest.mark.parametrize(
    ("units", "per_tenth", "graduation", "ml", "delivered", "error"),
    [
        ("2.5", "4", "0.01", "0.06", "2.4", "-4"),
        ("2.5", "4", "0.05", "0.05", "2", "-20"),
        ("5", "4", "0.01", "0.12", "4.8", "-4"),
        ("5", "4", "0.05", "0.1", "4", "-20"),
        ("7", "5", "0.05", "0.15", "7.5", "7.1"),
        ("8", "8", "0.05", "0.1", "8", "0"),
        ("10", "12", "0.01", "0.08", "9.6", "-4"),
        ("10", "12", "0.05", "0.1", "12", "20"),
        ("1.25", "2.5", "0.02", "0.04", "1", "-20"),
        ("3", "10", "0.02", "0.02", "2", "-33.3"),
        ("3", "10", "0.05", "0.05", "5", "66.7"),
        ("12.5", "5", "0.02", "0.24", "12", "-4"),
        ("31", "4", "0.01", "0.77", "30.8", "-0.6"),
        ("31", "4", "0.02", "0.78", "31.2", "0.6"),
        ("15", "4", "0.05", "0.35", "14", "-6.7"),
    ],
)
def test_drawn_volume_units_and_error_of_the_worked_table(
    units: str, per_tenth: str, graduation: str, ml: str, delivered: str, error: str
) -> None:
    vial = size("alfa-100", int(D(per_tenth) * 100))
    known = knowledge(products={"alfa": product(presentations=(vial,))})
    draft = plan(point(units=units), diluent_ml=D(10), label_units=None, graduation_ml=D(graduation))

    draw = draw_up(draft, known).draws[0]

    assert (draw.drawn_ml, draw.delivered) == (D(ml), Fraction(delivered))
    assert draw.error_percent == D(error)
    assert draw.rule == "nearest"


@pytest.mark.parametrize(
    ("count", "each", "label_units", "syringes", "loss", "needed", "short", "discarded"),
    [
        (31, "5", 200, 4, "0.04", "163", "0", "45"),
        (39, "5", 200, 4, "0.04", "203", "3", "5"),
        (9, "10", 100, 2, "0.04", "94", "0", "10"),
        (10, "10", 100, 2, "0.04", "104", "4", "0"),
        (10, "10", 100, 1, "0.002", "100.1", "0.1", "0"),
    ],
)
def test_worked_plans_of_the_formulary(
    count: int, each: str, label_units: int, syringes: int, loss: str, needed: str, short: str, discarded: str
) -> None:
    draft = plan(
        *scheme(count, each),
        presentation=f"alfa-{label_units}",
        label_units=D(label_units),
        diluent_ml=D(label_units) / 50,
        syringes=syringes,
        dead_space_ml=D(loss),
    )
    stock = (VialSize(presentation=f"alfa-{label_units}", label_units=D(label_units), count=1),)

    drawn = draw_up(draft, knowledge(), stock=stock)

    assert (drawn.needed, drawn.shortfall) == (Fraction(needed), Fraction(short))
    assert drawn.discarded == Fraction(discarded)
    assert drawn.total_ml == count * D(each) / 50
    assert drawn.units_per_tenth_ml == 5


def test_two_sizes_are_pooled_where_that_wastes_least() -> None:
    draft = plan(*scheme(47, "5"), presentation="alfa-200", label_units=D(200), diluent_ml=D(4))
    stock = (
        VialSize(presentation="alfa-200", label_units=D(200), count=5),
        VialSize(presentation="alfa-100", label_units=D(100), count=5),
    )

    drawn = draw_up(draft, knowledge(), stock=stock)

    opened = [(each.presentation, count) for each, count in drawn.vials.opened]
    assert opened == [("alfa-200", 1), ("alfa-100", 1)]
    assert drawn.discarded == 65
    assert diluent_for(stock[1], drawn.concentration) == 2


def test_label_pair_wins_and_the_larger_units_count() -> None:
    toxin = product(dilutions=(dilution(100, "2.5"),), label_pairs=(pair(100, "2.5", "31", "0.78"),))

    draw = draw_up(plan(point(units="31"), diluent_ml=D("2.5")), knowledge(products={"alfa": toxin})).draws[0]

    assert (draw.rule, draw.drawn_ml) == ("label", D("0.78"))
    assert (draw.delivered, draw.computed, draw.counted) == (31, Fraction("31.2"), Fraction("31.2"))


def test_label_pair_that_the_syringe_cannot_show_gives_way() -> None:
    toxin = product(label_pairs=(pair(100, "2.5", "31", "0.78"),))
    draft = plan(point(units="31"), diluent_ml=D("2.5"), graduation_ml=D("0.05"))

    draw = draw_up(draft, knowledge(products={"alfa": toxin})).draws[0]

    assert (draw.rule, draw.drawn_ml) == ("nearest", D("0.75"))


def test_label_pair_that_prints_less_than_arithmetic_counts_the_larger() -> None:
    toxin = product(presentations=(size("alfa-100", 300),), label_pairs=(pair(300, "2.5", "10", "0.08"),))
    draft = plan(point(units="10"), diluent_ml=D("2.5"), label_units=None)

    draw = draw_up(draft, knowledge(products={"alfa": toxin})).draws[0]

    assert (draw.delivered, draw.computed, draw.counted) == (10, Fraction("9.6"), 10)


def test_endless_units_are_recorded_to_the_thousandth() -> None:
    draft = plan(point(units="8"), diluent_ml=D("1.2"))

    draw = draw_up(draft, knowledge()).draws[0]

    assert draw.delivered == Fraction(25, 3)
    assert draw.recorded == Decimal("8.333")


def test_ready_solution_needs_no_diluent() -> None:
    assert concentration(size("beta-150", 150, "1.5"), None) == 100


def test_ready_solutions_are_pooled_only_at_one_concentration() -> None:
    sizes = (size("alfa-100", 100, "1"), size("alfa-200", 200, "2"), size("alfa-300", 300, "1.5"))
    toxin = product(form="solution", presentations=(*sizes, size("alfa-dry", 100)))
    stock = tuple(
        VialSize(presentation=each.key, label_units=each.label_units) for each in toxin.presentations
    )

    drawn = draw_up(
        plan(*scheme(29, "10"), diluent_ml=None), knowledge(products={"alfa": toxin}), stock=stock
    )

    assert {each.presentation for each, _ in drawn.vials.opened} == {"alfa-100", "alfa-200"}
    larger = draw_up(
        plan(*scheme(29, "10"), diluent_ml=None, presentation="alfa-200"),
        knowledge(products={"alfa": toxin}),
        stock=stock,
    )
    assert larger.vials.opened == drawn.vials.opened


def test_points_without_dose_are_not_drawn_up() -> None:
    drawn = draw_up(plan(point(), point("MASS-L-2", None)), knowledge())

    assert [each.point_id for each in drawn.draws] == ["MASS-L-1"]
    assert drawn.draw_of("MASS-L-2") is None


def test_house_values_stand_in_for_an_empty_graduation_and_dead_space() -> None:
    drawn = draw_up(plan(point(units="5.3"), graduation_ml=None, dead_space_ml=None), knowledge())

    assert drawn.draws[0].drawn_ml == D("0.11")
    assert drawn.dead_space_units == 0


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"presentation": ""}, "Choose the vial size first."),
        ({"diluent_ml": None}, "Type how many mL of diluent go into the vial."),
    ],
)
def test_what_is_missing_is_asked_for(fields: dict[str, Any], sentence: str) -> None:
    with pytest.raises(DilutionMissing) as raised:
        draw_up(plan(**fields), knowledge())

    assert str(raised.value) == sentence


def test_plan_without_doses_draws_nothing_and_opens_nothing() -> None:
    drawn = draw_up(plan(point(units=None)), knowledge())

    assert (drawn.product, drawn.concentration, drawn.is_label_dilution) == ("alfa", 50, True)
    assert repr((drawn.total_ml, drawn.delivered, drawn.needed, drawn.shortfall, drawn.discarded)) == (
        "(Decimal('0'), Fraction(0, 1), Fraction(0, 1), Fraction(0, 1), Fraction(0, 1))"
    )
    assert drawn.vials.opened == ()


def test_everything_that_is_drawn_is_summed_and_the_loss_is_opened_but_not_given() -> None:
    draft = plan(point(units="10"), point("MASS-L-2", "15.3"), dead_space_ml=D("0.03"), syringes=2)

    drawn = draw_up(draft, knowledge())

    assert [(each.point_id, each.planned, each.exact_ml, each.drawn_ml) for each in drawn.draws] == [
        ("MASS-L-1", 10, Fraction("0.2"), D("0.2")),
        ("MASS-L-2", D("15.3"), Fraction("0.306"), D("0.31")),
    ]
    assert (drawn.total_ml, drawn.delivered, drawn.dead_space_units) == (D("0.51"), Fraction("25.5"), 3)
    assert (drawn.needed, drawn.discarded, drawn.shortfall) == (Fraction("28.5"), Fraction("74.5"), 0)
    assert drawn.draw_of("MASS-L-2") == drawn.draws[1]


def test_zero_planned_units_have_no_error() -> None:
    drawn = draw_up(plan(point(units="0")), knowledge()).draws[0]

    assert (drawn.error, drawn.error_percent, drawn.drawn_ml) == (0, 0, 0)


@pytest.mark.parametrize(
    ("label_units", "diluent_ml", "is_row"), [(100, "2", True), (100, "4", False), (200, "2", False)]
)
def test_dilution_is_the_labels_only_where_size_and_volume_are_in_one_row(
    label_units: int, diluent_ml: str, is_row: bool
) -> None:
    draft = plan(presentation=f"alfa-{label_units}", diluent_ml=D(diluent_ml))

    assert draw_up(draft, knowledge()).is_label_dilution is is_row


def test_ready_solution_as_it_comes_is_drawn_by_the_labels_row_and_pair() -> None:
    toxin = product(
        form="solution",
        presentations=(size("alfa-100", 100, "1"),),
        dilutions=(
            Dilution(label_units=D(100), diluent_ml=D(0), units_per_tenth_ml=D(10), evidence=EVIDENCE),
        ),
        label_pairs=(pair(100, "0", "31", "0.3"),),
    )

    drawn = draw_up(plan(point(units="31"), diluent_ml=None), knowledge(products={"alfa": toxin}))

    assert drawn.is_label_dilution
    assert (drawn.draws[0].rule, drawn.draws[0].drawn_ml) == ("label", D("0.3"))


@pytest.mark.parametrize(
    "row", [(100, "2.5", "30", "0.78"), (100, "2", "31", "0.78"), (200, "2.5", "31", "0.78")]
)
def test_label_pair_of_another_vial_volume_or_dose_is_not_taken(row: tuple[int, str, str, str]) -> None:
    toxin = product(label_pairs=(pair(*row),))
    draft = plan(point(units="31"), diluent_ml=D("2.5"))

    assert draw_up(draft, knowledge(products={"alfa": toxin})).draws[0].rule == "nearest"
