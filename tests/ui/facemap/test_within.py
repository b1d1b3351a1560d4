"""Whether a point lies in its drawn region."""

from __future__ import annotations

from decimal import Decimal

import pytest

from masseter.knowledge.model import Site
from masseter.ui.facemap import lies_in_region
from tests.ui.facemap.maps import SITES
from tests.ui.facemap.outlines import contains, distance_to_border, polygons


def test_point_beside_the_muscle_is_outside() -> None:
    assert lies_in_region(SITES["masseter"], "left", "left", Decimal(300), Decimal(400)) is False


def test_opening_of_the_lids_is_outside_the_ring_muscle() -> None:
    assert lies_in_region(SITES["orbicularis_oculi"], "left", "front", Decimal(302), Decimal(263)) is False


def test_view_that_does_not_draw_the_site_gives_no_answer() -> None:
    assert lies_in_region(SITES["masseter"], "left", "back", Decimal(200), Decimal(200)) is None


@pytest.mark.parametrize("site", SITES.values(), ids=SITES.keys())
def test_answer_agrees_with_the_geometry_of_the_tests(site: Site) -> None:
    for region in site.regions:
        outline = polygons(region.path)
        for x in range(3, 480, 29):
            for y in range(3, 480, 31):
                expected = contains(outline, (x, y))
                found = lies_in_region(site, region.side, region.view, Decimal(x), Decimal(y))

                # A place on the very border belongs to neither side.
                assert found == expected or distance_to_border(outline, (x, y)) == 0
