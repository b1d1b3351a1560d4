"""Clinics beside each other: a clinic is held against its own kind of patients, and the arithmetic holds."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from masseter.registry.report.funnel import FirstCycle, day_below, funnel, kept_share, limits, wilson


def cycles(clinic: str, many: int, responders: int, baseline: float = 5.0) -> list[FirstCycle]:
    return [
        FirstCycle(clinic=clinic, baseline=baseline, sex="", age_band="", responded=number < responders)
        for number in range(many)
    ]


def test_hard_patients_do_not_make_a_bad_clinic() -> None:
    """Light patients respond in 80 of 100, hard ones in 20: each clinic does what its patients let expect."""
    light = [*cycles("a", 100, 80, 4.0), *cycles("b", 100, 80, 4.0)]
    hard = [*cycles("c", 100, 20, 9.0), *cycles("d", 100, 20, 9.0)]

    found = funnel([*light, *hard])

    assert found is not None
    assert {place.standing for place in found.places} == {"inside"}
    assert all(place.rate == pytest.approx(0.5) for place in found.places)


def test_a_clinic_that_does_worse_with_the_same_patients_lies_outside() -> None:
    found = funnel([*cycles("a", 100, 80), *cycles("b", 100, 80), *cycles("c", 100, 30)])

    assert found is not None
    standing = {place.clinic: place.standing for place in found.places}
    assert standing["c"] == "beyond 99.8 %"


def test_one_clinic_alone_and_tiny_ones_have_no_funnel() -> None:
    assert funnel(cycles("a", 100, 50)) is None
    assert funnel([*cycles("a", 100, 50), *cycles("b", 4, 2)]) is None
    found = funnel([*cycles("a", 50, 25), *cycles("b", 50, 25), *cycles("c", 4, 2), *cycles("", 3, 1)])
    assert found is not None
    assert (len(found.places), found.left) == (2, 7)


@given(st.integers(1, 500).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of))))
def test_an_interval_holds_what_was_seen_and_stays_within_nothing_and_all(told: tuple[int, int]) -> None:
    found, of = told

    low, high = wilson(found, of)

    assert 0 <= low <= found / of + 1e-12
    assert found / of - 1e-12 <= high <= 1


@given(st.floats(0.01, 0.99), st.integers(1, 1000))
def test_limits_are_wider_for_fewer_patients_and_for_rarer_chance(rate: float, patients: int) -> None:
    low, high = limits(rate, patients, 1.96)
    wider, fewer = limits(rate, patients, 3.09), limits(rate, max(1, patients // 2), 1.96)

    assert wider[0] <= low <= rate <= high <= wider[1]
    assert fewer[0] <= low + 1e-12
    assert fewer[1] >= high - 1e-12


def test_kaplan_meier_of_a_textbook_table() -> None:
    """Ten cycles: one lost on day 10, one gone unseen on 20, two lost on day 30, the rest seen to day 90."""
    curve = kept_share([(10.0, 1, 1), (20.0, 1, 0), (30.0, 2, 2), (90.0, 6, 0)])

    assert curve == [(10.0, pytest.approx(0.9)), (30.0, pytest.approx(0.9 * 6 / 8))]
    assert day_below(curve, 0.7) == 30.0
    assert day_below(curve, 0.5) is None
