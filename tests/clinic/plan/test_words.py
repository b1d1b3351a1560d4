"""A plan in words: depth and route, whole sides, and what goes into each vial."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from masseter.clinic.plan.presenters import diluents, drawing_up
from masseter.clinic.plan.words import ways, whole_row
from masseter.core.plan.reconstitute import draw_up
from masseter.core.plan.totals import add_up
from masseter.core.plan.types import PlanDraft, PlannedPoint, VialSize
from masseter.knowledge.load import load


def point(site: str = "masseter", side: str = "left", number: str = "1", **more: object) -> PlannedPoint:
    return PlannedPoint(
        **{
            "id": f"{site}-{side}-{number}",
            "site": site,
            "side": side,
            "number": number,
            "view": "left",
            "x": Decimal(1),
            "y": Decimal(1),
            "units": Decimal(25),
            "depth": "Into the belly.",
            "route": "intramuscular",
            **more,
        }  # type: ignore[arg-type]  # as the test says
    )


def draft(*points: PlannedPoint, product: str = "xeomin", size: str = "xeomin-100") -> PlanDraft:
    return PlanDraft(
        product=product,
        presentation=size,
        protocol="",
        condition="tmd",
        diagnosis="",
        points=points,
        diluent_ml=Decimal(2) if product == "xeomin" else None,
    )


def test_each_vial_size_has_its_own_diluent() -> None:
    five = tuple(point(number=str(number)) for number in range(6))
    stock = (
        VialSize(presentation="xeomin-100", label_units=Decimal(100), count=1),
        VialSize(presentation="xeomin-50", label_units=Decimal(50), count=2),
    )
    drawn = draw_up(replace(draft(*five[:5]), dead_space_ml=Decimal(0)), load(), stock=stock)

    assert diluents(drawn) == ("2 mL into each vial of 100", "1 mL into each vial of 50")
    shown = drawing_up(drawn)
    assert shown is not None
    assert shown.vials == "1 × 100 + 1 × 50"


def test_ready_solution_has_no_diluent() -> None:
    drawn = draw_up(draft(point(units=Decimal(500)), product="neurobloc", size="neurobloc-5000"), load())

    assert diluents(drawn) == ()


def test_depth_and_route_are_said_once_a_muscle() -> None:
    points = (point(), point(number="2"), point(side="right"))

    (way,) = ways(points)

    assert (way.name, way.points, way.route) == ("Masseter", "", "Intramuscular")
    assert way.depth == "Into the belly."


def test_points_of_one_muscle_that_go_otherwise_deep_are_named() -> None:
    points = (point(), point(number="2", depth="Just under the skin.", route=""))

    assert [(way.points, way.route) for way in ways(points)] == [
        ("masseter-left-1", "Intramuscular"),
        ("masseter-left-2", "Route not said"),
    ]


def test_sides_are_added_up() -> None:
    points = (point(), point(site="temporalis", units=Decimal(10)), point(side="right", units=Decimal(5)))

    row = whole_row(add_up(points, "xeomin"))

    assert (row.right, row.midline, row.left, row.whole) == ("5", "", "35", "40")
