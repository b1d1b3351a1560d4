"""Two sets of points: what differs, in units of one product and millimetres of one drawing."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from masseter.core.plan.compare import Comparison, MappedPoints, compare_points, distance_mm
from masseter.core.plan.types import PlannedPoint
from masseter.knowledge.model import View
from tests.core.builders import D
from tests.core.plan.builders import point

SCALE: dict[View, Decimal] = {"front": D("0.5"), "left": D("0.5"), "right": D("0.5"), "back": D("0.8")}


def mapped(*points: PlannedPoint, product: str = "alfa") -> MappedPoints:
    return MappedPoints(points=points, product=product, map_version="3")


def compared(before: MappedPoints, after: MappedPoints) -> Comparison:
    return compare_points(before=before, after=after, scale=SCALE)


def test_units_of_two_products_are_never_subtracted() -> None:
    one = point("MASS-L-1", "20")

    found = compared(mapped(one), mapped(one, product="beta"))

    assert not found.is_same_product
    assert [change.kinds for change in found.points] == [("not_comparable",)]
    assert [change.units for change in found.points] == [None]
    assert [total.units for total in found.totals] == [None]
    assert found.units is None


def test_dose_that_is_not_typed_yet_gives_no_difference() -> None:
    found = compared(mapped(point("MASS-L-1", "20")), mapped(point("MASS-L-1", None)))

    assert found.points[0].kinds == ("not_comparable",)
    assert (found.points[0].units, found.totals[0].units, found.units) == (None, None, None)


def test_places_on_a_view_that_was_redrawn_are_not_compared() -> None:
    here = point("MASS-L-1", "20", view="front")
    there = replace(here, x=here.x + 40)
    across = replace(here, view="back")

    found = compare_points(before=mapped(here), after=mapped(there), scale={"back": D("0.8")})
    other = compare_points(before=mapped(here), after=mapped(across), scale={"back": D("0.8")})

    assert (found.points[0].kinds, found.points[0].moved_mm) == (("same",), None)
    assert (found.unplaced, other.unplaced, other.points[0].kinds) == (1, 1, ("same",))


def test_point_on_another_drawing_has_moved_by_no_known_distance() -> None:
    here = point("MASS-L-1", "20", view="left")

    found = compared(mapped(here), mapped(replace(here, view="front")))

    assert (found.points[0].kinds, found.points[0].moved_mm) == (("moved",), None)
    assert found.unplaced == 0


def test_every_kind_of_change_is_told() -> None:
    same, moved = point("MASS-L-1", "10"), point("MASS-L-2", "10")
    more, less = point("MASS-R-1", "10"), point("MASS-R-2", "10")
    gone, fresh = point("OOC-R-1", "5"), point("OOC-L-1", "5")
    after = (
        same,
        replace(moved, x=moved.x + 6, y=moved.y + 8, units=D(12)),
        replace(more, units=D(15)),
        replace(less, units=D("7.5")),
        fresh,
    )

    found = compared(mapped(same, moved, more, less, gone), mapped(*after))

    kinds = {change.id: change.kinds for change in found.points}
    assert kinds == {
        "MASS-L-1": ("same",),
        "MASS-L-2": ("moved", "more"),
        "MASS-R-1": ("more",),
        "MASS-R-2": ("less",),
        "OOC-L-1": ("new",),
        "OOC-R-1": ("dropped",),
    }
    by_id = {change.id: change for change in found.points}
    assert by_id["MASS-L-2"].moved_mm == 5
    assert (by_id["MASS-R-1"].units, by_id["MASS-R-2"].units) == (5, D("-2.5"))
    assert (found.count("more"), found.count("same")) == (2, 1)


def test_totals_by_muscle_and_side_name_what_came_and_went() -> None:
    before = mapped(point("MASS-L-1", "10"), point("OOC-R-1", "5"))
    after = mapped(point("MASS-L-1", "15"), point("MASS-R-1", "4"))

    found = compared(before, after)

    rows = {(each.site, each.side): (each.before, each.after, each.units) for each in found.totals}
    assert [units for _, _, units in rows.values()] == [5, 4, -5]
    assert rows[("masseter", "right")][0] is None
    assert rows[("orbicularis_oculi", "right")][1] is None
    assert found.units == 4


def test_point_with_the_same_name_in_another_muscle_is_another_point() -> None:
    here = point("MASS-L-x1", "5")
    there = replace(here, site="temporalis")

    found = compared(mapped(here), mapped(there))

    assert [change.kinds for change in found.points] == [("new",), ("dropped",)]


def test_distance_needs_one_drawing_with_a_scale() -> None:
    here = point("MASS-L-1", "5", view="left")

    assert distance_mm(here, replace(here, y=here.y + 3), SCALE) == D("1.5")
    assert distance_mm(here, replace(here, view="front"), SCALE) is None
    assert distance_mm(here, here, {}) is None
