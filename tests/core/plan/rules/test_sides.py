"""Wrong side: a point on the side that the record does not name asks for a reason."""

from __future__ import annotations

import pytest

from tests.core.plan.builders import knowledge, patient, plan, point, protocol, protocol_site
from tests.core.plan.test_check import checked

LEFT_ALONE = plan(point("MASS-L-1"))
LEFT_AND_RIGHT = plan(point("MASS-L-1"), point("MASS-R-1"))


def asked_of(draft: object, sides: str = "affected", **told: object) -> list[str]:
    known = knowledge(protocols={"scheme": protocol(sites=(protocol_site(sides=sides),))})
    person = patient(**told)
    found = checked(draft, known=known, person=person)  # type: ignore[arg-type]
    return [each.subject for each in found if each.code == "side-not-affected"]


def test_point_on_the_other_side_asks_for_a_reason() -> None:
    assert asked_of(LEFT_AND_RIGHT, spasm_side="left") == ["MASS-R-1"]
    assert asked_of(LEFT_AND_RIGHT, affected_side="right") == ["MASS-L-1"]
    assert asked_of(LEFT_AND_RIGHT, divisions_left=("v2",)) == ["MASS-R-1"]


def test_finding_names_both_sides() -> None:
    known = knowledge(protocols={"scheme": protocol(sites=(protocol_site(sides="affected"),))})

    found = checked(LEFT_ALONE, known=known, person=patient(spasm_side="right"))

    [told] = [each for each in found if each.code == "side-not-affected"]
    assert told.severity == "caution"
    assert told.sentence == (
        "MASS-L-1 lies on the left; history and examination name the right side, and the scheme treats the "
        "affected side alone."
    )


def test_point_on_the_recorded_side_asks_for_nothing() -> None:
    assert asked_of(LEFT_ALONE, spasm_side="left") == []


@pytest.mark.parametrize("told", [{}, {"spasm_side": "both"}, {"spasm_side": None}])
def test_nothing_is_asked_where_no_single_side_is_named(told: dict[str, object]) -> None:
    assert asked_of(LEFT_AND_RIGHT, **told) == []


def test_midline_is_on_no_side() -> None:
    assert asked_of(plan(point("MASS-M-1", side="midline")), spasm_side="left") == []


def test_scheme_of_both_sides_may_treat_both() -> None:
    assert asked_of(LEFT_AND_RIGHT, sides="both", spasm_side="left") == []


def test_plan_without_scheme_is_told_that_it_has_none_and_no_more() -> None:
    found = checked(plan(point("MASS-R-1"), protocol=""), person=patient(spasm_side="left"))

    codes = {each.code for each in found}
    assert "no-protocol" in codes
    assert "side-not-affected" not in codes
