"""What covers what on the drawing."""

from __future__ import annotations

from masseter.knowledge.model import View
from masseter.ui.facemap.depth import by_depth
from masseter.ui.facemap.shapes import is_area, is_deep
from tests.ui.facemap.maps import SITES


def order(view: View) -> list[str]:
    return [site.code for site in by_depth(tuple(SITES.values()), view)]


def test_deep_muscles_come_before_those_that_cover_them() -> None:
    drawn = order("left")

    for deep, covers in [
        ("buccinator", "risorius"),
        ("masseter", "zygomaticus_major"),
        ("temporalis", "orbicularis_oculi"),
        ("platysma", "sternocleidomastoid"),
        ("trapezius", "cervical_paraspinal"),
    ]:
        assert drawn.index(deep) < drawn.index(covers)


def test_areas_lie_over_muscles_and_what_is_hidden_is_outlined_last() -> None:
    drawn = by_depth(tuple(SITES.values()), "front")
    kinds = [(is_deep(site, "front"), is_area(site)) for site in drawn]

    assert kinds == sorted(kinds)


def test_every_muscle_has_its_place_in_the_order() -> None:
    """One that is not named would lie on top of all, and take the clicks of those below."""
    ranks = {code: place for place, code in enumerate(order("mouth"))}
    muscles = [s.code for s in SITES.values() if not is_area(s) and not is_deep(s, "mouth")]

    assert max(ranks[code] for code in muscles) == ranks["orbicularis_oculi"]
