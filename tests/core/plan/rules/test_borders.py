"""Points near the border of a muscle, or outside it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from masseter.core.rules import regions_of
from masseter.knowledge.load import load
from masseter.knowledge.model import Border, KeepFrom, Line, Region
from tests.core.builders import D, value
from tests.core.plan.builders import knowledge, plan, point, site
from tests.core.plan.test_check import checked, codes

SHIPPED = load()
SQUARE = "M0 0 L100 0 L100 100 L0 100 Z"
BORDER = Border(least_mm=value(10, "mm"), views=("left",))
Loose = Any  # whatever field of the site a test wants different


def found(x: str, view: str = "left", **fields: Loose) -> set[str]:
    region = Region(side="left", view="left", path=SQUARE)
    told = site(**{"border": BORDER, "regions": (region,), **fields})
    known = replace(knowledge(sites={"masseter": told}), face_map=SHIPPED.face_map)
    planned = point(view=view, x=D(x), y=D(50))
    return {
        each
        for each in codes(checked(plan(planned), known=known), "caution")
        if "muscle" in each or "border" in each
    }


@pytest.mark.parametrize(
    ("x", "wanted"),
    [
        ("20", set()),  # half a millimetre a map unit: ten millimetres
        ("19.9", {"point-near-border"}),
        ("0.5", {"point-near-border"}),
        ("-1", {"point-outside-muscle"}),
    ],
)
def test_point_is_judged_by_its_distance_from_the_border(x: str, wanted: set[str]) -> None:
    assert found(x) == wanted


def test_point_is_not_judged_where_the_muscle_is_not_seen_flat_or_no_distance_is_known() -> None:
    assert found("-1", view="front") == set()
    assert found("-1", border=None) == set()
    assert found("-1", regions=()) == set()


def test_point_that_is_not_judged_hides_none_after_it() -> None:
    region = Region(side="left", view="left", path=SQUARE)
    told = site(border=BORDER, regions=(region,))
    known = replace(knowledge(sites={"masseter": told}), face_map=SHIPPED.face_map)
    seen_askew = point("MASS-L-1", view="front", x=D(50), y=D(50))
    outside = point("MASS-L-2", view="left", x=D(-1), y=D(50))

    said = checked(plan(seen_askew, outside), known=known)

    assert [each.subject for each in said if each.code == "point-outside-muscle"] == ["MASS-L-2"]


def test_a_view_that_the_map_does_not_have_judges_no_distance() -> None:
    region = Region(side="left", view="left", path=SQUARE)
    told = site(border=BORDER, regions=(region,))
    face_map = replace(SHIPPED.face_map, views=())
    known = replace(knowledge(sites={"masseter": told}), face_map=face_map)

    assert "point-near-border" not in codes(checked(plan(point(view="left", x=D(1), y=D(50))), known=known))


def test_standard_points_of_the_masseter_keep_the_centimetre() -> None:
    masseter = SHIPPED.sites["masseter"]
    assert masseter.border is not None
    shown = [each for each in masseter.points if each.view in masseter.border.views]

    assert shown
    for each in shown:
        planned = point(
            f"MASS-{each.side[0].upper()}-{each.number}", side=each.side, view=each.view, x=each.x, y=each.y
        )
        assert not {"point-near-border", "point-outside-muscle"} & codes(
            checked(plan(planned), known=SHIPPED_MASSETER)
        )


SHIPPED_MASSETER = replace(
    knowledge(sites={"masseter": SHIPPED.sites["masseter"]}), face_map=SHIPPED.face_map
)


def test_temporalis_is_a_chewing_muscle_on_the_scalp() -> None:
    assert regions_of(["temporalis"], SHIPPED) == {"scalp", "jaw"}


RIM = KeepFrom(
    structure="rim of the orbit",
    harm="drooping brow",
    least_mm=value(20, "mm"),
    lines=(Line(side="left", view="front", path="M0 100 L50 90 L100 100"),),
)


def near_rim(y: str, view: str = "front", views: Loose = SHIPPED.face_map.views) -> bool:
    known = replace(
        knowledge(sites={"masseter": site(keep_from=(RIM,))}), face_map=replace(SHIPPED.face_map, views=views)
    )
    planned = point(view=view, x=D(50), y=D(y))
    return "point-near-structure" in codes(checked(plan(planned), known=known), "caution")


@pytest.mark.parametrize(("y", "is_near"), [("50", False), ("51", True), ("90", True), ("120", True)])
def test_point_is_judged_by_its_distance_from_what_its_site_keeps_away_from(y: str, is_near: bool) -> None:
    assert near_rim(y) is is_near


def test_structure_is_judged_on_the_view_on_which_it_is_drawn() -> None:
    assert not near_rim("90", view="left")
    assert not near_rim("90", views=())


def test_standard_points_keep_from_every_structure_that_is_named() -> None:
    near = [
        each.subject
        for told in SHIPPED.sites.values()
        if told.keep_from
        for each in checked(
            plan(
                *(
                    point(site=told.code, view=one.view, side=one.side, number=one.number, x=one.x, y=one.y)
                    for one in told.points
                )
            ),
            known=replace(knowledge(sites={"masseter": site(), told.code: told}), face_map=SHIPPED.face_map),
        )
        if each.code == "point-near-structure"
    ]

    assert near == []
