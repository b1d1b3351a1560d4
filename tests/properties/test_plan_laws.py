"""Laws of the plan's check, against the independent reckoning in `oracle.py`."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

from hypothesis import assume, given
from hypothesis import strategies as st

from masseter.core.findings import Finding
from masseter.core.plan.check import check_plan
from masseter.core.plan.types import Earlier, PlannedPoint
from masseter.knowledge.model import Knowledge, Limit
from tests.core.builders import D
from tests.core.plan.builders import knowledge, limit, patient, plan, point, product
from tests.properties.oracle import Cap, Given, Spot, is_broken, same_day_later

TODAY = date(2028, 3, 1)
NAMES = [f"{muscle}-{side}-{n}" for muscle in ("MASS", "OOC") for side in "LR" for n in ("1", "2", "3", "x1")]
MUSCLES = {"MASS": "masseter", "OOC": "orbicularis_oculi"}
INNS = {"alfa": "alfatoxin", "twin": "alfatoxin", "beta": "betatoxin"}

doses = st.decimals("0.5", "120", places=2)
days = st.integers(0, 200).map(lambda back: TODAY - timedelta(days=back))
treatments = st.builds(
    Earlier,
    given_on=days,
    product=st.sampled_from(["alfa", "twin", "beta", None]),
    units=st.none() | st.decimals("0", "400", places=1),
)
histories = st.lists(treatments, max_size=5).map(tuple)
planned = st.dictionaries(st.sampled_from(NAMES), doses, min_size=1).map(
    lambda chosen: tuple(point(name, str(units)) for name, units in chosen.items())
)
limits = st.builds(
    limit,
    scope=st.sampled_from(["in_interval", "per_session", "per_site", "per_point", "per_side"]),
    units=st.decimals("1", "500", places=1),
    window_days=st.sampled_from([30, 84, 91, 112]),
    sites=st.sampled_from([(), ("masseter",), ("orbicularis_oculi",)]),
)
limit_lists = st.lists(limits, max_size=4).map(
    lambda each: tuple(replace(one, code=f"cap{n}") for n, one in enumerate(each))
)
diluents = st.sampled_from([D(1), D("1.2"), D(2), D("2.5"), D(4)])
marks = st.sampled_from([D("0.01"), D("0.02"), D("0.05")])


def known(caps: tuple[Limit, ...]) -> Knowledge:
    toxins = {
        "alfa": product(limits=caps),
        "twin": product("twin", inn="alfatoxin", limits=()),
        "beta": product("beta"),
    }
    return knowledge(products=toxins)


def found(
    points: tuple[PlannedPoint, ...],
    caps: tuple[Limit, ...] = (),
    history: tuple[Earlier, ...] = (),
    today: date = TODAY,
    **fields: Any,  # fields of the plan
) -> tuple[Finding, ...]:
    return check_plan(
        plan=plan(*points, **fields),
        patient=patient(),
        knowledge=known(caps),
        jurisdiction="UK",
        today=today,
        earlier=history,
    )


def stops(findings: tuple[Finding, ...]) -> set[tuple[str, str]]:
    return {(each.code, each.subject) for each in findings if each.severity == "stop"}


@given(planned, limit_lists, histories, diluents, marks)
def test_ceilings_stop_exactly_when_the_reckoning_finds_them_broken(
    points: tuple[PlannedPoint, ...],
    caps: tuple[Limit, ...],
    history: tuple[Earlier, ...],
    diluent: Decimal,
    mark: Decimal,
) -> None:
    spots = [Spot(MUSCLES[each.id.split("-")[0]], each.side, Fraction(each.units or 0)) for each in points]
    record = [
        Given(
            INNS.get(each.product or ""), None if each.units is None else Fraction(each.units), each.given_on
        )
        for each in history
    ]

    findings = found(points, caps, history, diluent_ml=diluent, graduation_ml=mark)

    broken = {
        f"over-limit-{cap.code}"
        for cap in caps
        if is_broken(
            Cap(cap.scope, Fraction(cap.units), cap.window_days or 0, cap.sites),
            spots,
            record,
            inn="alfatoxin",
            today=TODAY,
            per_ml=100 / Fraction(diluent),
            mark=Fraction(mark),
        )
    }
    assert {code for code, _ in stops(findings) if code.startswith("over-limit")} == broken


@given(planned, limit_lists, histories, st.randoms())
def test_order_of_points_and_history_never_matters(
    points: tuple[PlannedPoint, ...], caps: tuple[Limit, ...], history: tuple[Earlier, ...], random: Any
) -> None:
    turned, shuffled = list(points), list(history)
    random.shuffle(turned)
    random.shuffle(shuffled)

    def told(findings: tuple[Finding, ...]) -> set[tuple[str, str, str]]:
        return {(each.code, each.severity, each.subject) for each in findings}

    assert told(found(tuple(turned), caps, tuple(shuffled))) == told(found(points, caps, history))


@given(planned, limit_lists, histories, treatments)
def test_one_more_earlier_treatment_never_removes_a_stop(
    points: tuple[PlannedPoint, ...], caps: tuple[Limit, ...], history: tuple[Earlier, ...], more: Earlier
) -> None:
    assert stops(found(points, caps, history)) <= stops(found(points, caps, (*history, more)))


@given(planned, limit_lists, histories, st.decimals("0.5", "50", places=1))
def test_more_units_never_remove_a_ceiling_stop(
    points: tuple[PlannedPoint, ...], caps: tuple[Limit, ...], history: tuple[Earlier, ...], more: Decimal
) -> None:
    first, *others = points
    raised = (replace(first, units=(first.units or D(0)) + more), *others)

    before = {each for each in stops(found(points, caps, history)) if each[0].startswith("over")}
    after = {each for each in stops(found(raised, caps, history)) if each[0].startswith("over")}
    assert before <= after


@given(st.dates(date(2023, 1, 1), date(2033, 1, 1)), st.integers(0, 120))
def test_interval_is_right_on_every_day_of_every_year(last: date, later: int) -> None:
    today = last + timedelta(days=later)
    history = (Earlier(given_on=last, product="beta", units=D(1)),)

    codes = {each.code for each in found((point(),), (), history, today) if each.code.startswith("interval")}

    if (today - last).days < 84:
        assert codes == {"interval-too-short"}
    elif today < same_day_later(last, 3):
        assert codes == {"interval-under-months"}
    else:
        assert codes == {"interval-kept"}


@given(planned, st.sampled_from(NAMES))
def test_same_point_twice_always_stops(points: tuple[PlannedPoint, ...], name: str) -> None:
    assume(name in {each.id for each in points})

    assert ("duplicate-point", name) in stops(found((*points, point(name, "1"))))


@given(planned, st.sampled_from(NAMES))
def test_point_without_dose_always_stops(points: tuple[PlannedPoint, ...], name: str) -> None:
    others = tuple(each for each in points if each.id != name)

    assert ("dose-missing", name) in stops(found((*others, point(name, None))))
