"""The shapes of a plan: what cannot be built, what is on record, and how a point is called."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from masseter.core.facts import LAST_TOXIN, fact
from masseter.core.plan.types import Earlier, change_product, point_id, with_day_told
from masseter.core.quantities import InvalidQuantity
from tests.core.builders import TODAY, D
from tests.core.plan.builders import earlier, plan, point

Loose = Any  # whichever field a test wants different


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (lambda: point(x=D("NaN")), "A point needs its place on the map."),
        (lambda: point(y=D("Infinity")), "A point needs its place on the map."),
        (lambda: plan(syringes=-1), "The number of syringes cannot be negative."),
    ],
)
def test_impossible_plan_is_refused_with_a_sentence(make: Loose, sentence: str) -> None:
    with pytest.raises(InvalidQuantity) as raised:
        make()

    assert str(raised.value) == sentence


@pytest.mark.parametrize(
    "fields",
    [
        {"diluent_ml": D(-1)},
        {"graduation_ml": D(-1)},
        {"dead_space_ml": D(-1)},
        {"label_units": D(-1)},
    ],
)
def test_negative_volume_or_vial_is_refused(fields: Loose) -> None:
    with pytest.raises(InvalidQuantity):
        plan(**fields)


def test_negative_dose_is_refused_planned_and_on_record() -> None:
    with pytest.raises(InvalidQuantity):
        point(units="-1")
    with pytest.raises(InvalidQuantity):
        earlier(1, "-1")


def test_syringes_may_be_none() -> None:
    assert plan(syringes=0).syringes == 0


@pytest.mark.parametrize(("side", "name"), [("left", "L"), ("right", "R"), ("midline", "M")])
def test_point_is_called_by_muscle_side_and_number(side: Loose, name: str) -> None:
    assert point_id("MASS", side, "x2") == f"MASS-{name}-x2"


def test_product_is_changed_with_every_trace_of_the_first() -> None:
    first = plan(point(product="alfa"), off_label_reason="Why.")

    assert change_product(first, "beta") == replace(
        first,
        product="beta",
        presentation="",
        points=(point(units=None),),
        diluent_ml=None,
        label_units=None,
    )
    assert change_product(first, "alfa") == first


def test_treatment_that_was_only_told_is_put_among_those_on_record() -> None:
    told = TODAY - timedelta(days=50)
    facts = {LAST_TOXIN: fact(LAST_TOXIN, told, observed_on=TODAY)}
    late, early = earlier(10), earlier(90)

    assert with_day_told([late, early], facts) == (
        early,
        Earlier(given_on=told, where="as the patient told"),
        late,
    )
    assert with_day_told([earlier(50)], facts) == (earlier(50),)
    assert with_day_told([late, early], {}) == (early, late)
