"""A depth that was chosen is said; the scheme's own is not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from masseter.core.plan.ways import DEPTHS, depth_code
from tests.core.plan.builders import plan, point, points
from tests.core.plan.test_check import checked, codes


def test_depth_of_scheme_or_site_is_not_told() -> None:
    assert "depth-chosen" not in codes(checked(plan()))
    assert depth_code(point().depth) == ""


@pytest.mark.parametrize("code", DEPTHS)
def test_chosen_depth_is_a_note_beside_its_point(code: str) -> None:
    draft = plan(replace(point(), depth=DEPTHS[code]), *points()[1:])

    (found,) = (each for each in checked(draft) if each.code == "depth-chosen")

    assert (found.severity, found.subject) == ("note", "MASS-L-1")
    assert found.sentence == f"MASS-L-1 goes {code}, as chosen; the usual way: deep"
