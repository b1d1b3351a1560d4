"""What was given is kept as it was told, as long as it is possible at all."""

from __future__ import annotations

from typing import Any

import pytest

from masseter.core.inject.types import TimeOut
from masseter.core.quantities import InvalidQuantity
from tests.core.builders import D
from tests.core.inject.test_check import given, vial
from tests.core.plan.builders import point


@pytest.mark.parametrize("amount", ["label_units", "units_left", "discarded", "diluent_ml"])
@pytest.mark.parametrize("impossible", ["-0.1", "NaN", "Infinity"])
def test_amount_of_a_vial_that_cannot_be_is_refused(amount: str, impossible: str) -> None:
    with pytest.raises(InvalidQuantity):
        vial(**{amount: D(impossible)})


@pytest.mark.parametrize("impossible", ["-0.1", "NaN"])
def test_dose_that_cannot_be_is_refused(impossible: str) -> None:
    with pytest.raises(InvalidQuantity):
        given(point(), units=D(impossible))


@pytest.mark.parametrize("place", [{"x": D("NaN")}, {"y": D("Infinity")}])
def test_place_that_is_nowhere_is_refused(place: dict[str, Any]) -> None:
    with pytest.raises(InvalidQuantity, match=r"^A point needs its place on the map\.$"):
        given(point(), **place)


def test_vial_of_no_known_product_and_point_of_no_known_vial_can_be_recorded() -> None:
    """They are findings of the check, which can only speak of what could be written down."""
    assert vial(product="").product == ""
    assert given(point(), vial="").vial == ""


def test_nothing_is_asked_today_until_somebody_asks() -> None:
    done = TimeOut(identifiers=(), consent_confirmed=True, plan_confirmed=True, allergies_confirmed=True)

    assert not done.today.is_whole({})
