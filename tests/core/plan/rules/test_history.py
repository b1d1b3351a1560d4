"""Earlier treatments: unknown is not zero, other toxins caution, two products on a day stop."""

from __future__ import annotations

from datetime import date

import pytest

from masseter.core.plan.check import check_plan
from masseter.core.plan.rules.history import last_toxin_on
from masseter.core.plan.types import Earlier
from masseter.knowledge.model import UnlicensedToxin
from tests.core.builders import EVIDENCE, D, condition, value
from tests.core.plan.builders import earlier, knowledge, patient, plan, product, protocol
from tests.core.plan.test_check import checked, codes


def test_two_products_on_one_day_stop() -> None:
    assert "two-products" in codes(checked(plan(), earlier(0, "10", "beta")), "stop")


def test_the_same_product_on_the_same_day_is_counted_and_cautioned() -> None:
    findings = checked(plan(), earlier(0, "10"))

    assert codes(findings, "stop") == set()
    assert "interval-too-short" in codes(findings, "caution")


def test_unknown_product_on_the_same_day_is_a_caution() -> None:
    assert "same-day-product-unknown" in codes(checked(plan(), earlier(0, "10", None)), "caution")


@pytest.mark.parametrize(("days_ago", "is_found"), [(111, True), (112, False)])
def test_unknown_product_units_and_other_toxin_caution_within_the_look_back(
    days_ago: int, is_found: bool
) -> None:
    unknown = codes(checked(plan(), earlier(days_ago, None, None)), "caution")
    other = codes(checked(plan(), earlier(days_ago, "10", "beta")), "caution")
    foreign = codes(checked(plan(), earlier(days_ago, "10", "never heard of")), "caution")

    assert ({"earlier-product-unknown", "earlier-units-unknown"} <= unknown) is is_found
    assert ("other-toxin-recent" in other) is is_found
    assert ("earlier-product-unknown" in foreign) is is_found


def test_other_toxin_is_named_with_its_own_units() -> None:
    findings = checked(plan(), Earlier(given_on=date(2026, 11, 1), product="beta", units=D(30), where="Spa"))

    sentence = next(each.sentence for each in findings if each.code == "other-toxin-recent")
    assert sentence.startswith("30 units Beta on 2026-11-01 (Spa).")


def test_other_toxin_without_units_is_named_by_its_brand() -> None:
    findings = checked(plan(), earlier(20, None, "beta"))

    sentence = next(each.sentence for each in findings if each.code == "other-toxin-recent")
    assert sentence.startswith("Beta on ")


@pytest.mark.parametrize(
    ("days_ago", "code"),
    [
        (1, "interval-too-short"),
        (83, "interval-too-short"),
        (84, "interval-under-months"),
        (91, "interval-under-months"),
        (92, "interval-kept"),
    ],
)
def test_interval_on_each_side_of_both_windows(days_ago: int, code: str) -> None:
    found = {each for each in codes(checked(plan(), earlier(days_ago, "1"))) if each.startswith("interval")}

    assert found == {code}


def test_interval_counts_every_product_and_unknown_ones() -> None:
    for name in ("beta", None):
        assert "interval-too-short" in codes(checked(plan(), earlier(200), earlier(10, None, name)))


def test_interval_takes_the_longer_of_label_and_protocol() -> None:
    known = knowledge(protocols={"scheme": protocol(interval_days=value(112))})

    assert "interval-too-short" in codes(checked(plan(), earlier(111, "1"), known=known))


def test_interval_takes_the_one_of_the_condition_where_it_is_longer_and_names_it() -> None:
    """The same interval that follow-up reckons with: what is due may be signed, and no sooner."""
    jaw = condition(interval_days=value(112))
    known = knowledge(conditions={jaw.code: jaw})

    found = checked(plan(condition=jaw.code), earlier(111, "1"), known=known)

    sentence = next(each.sentence for each in found if each.code == "interval-too-short")
    assert f"112 days ({jaw.name}) end on" in sentence


def test_interval_of_a_product_without_months_has_one_window() -> None:
    known = knowledge(products={"alfa": product(interval_months=None)})

    findings = checked(plan(protocol=""), earlier(84, "1"), known=known)

    assert "interval-kept" in codes(findings)


def test_interval_over_a_leap_day() -> None:
    given = Earlier(given_on=date(2027, 12, 1), product="alfa", units=D(1))

    def found(today: date) -> set[str]:
        return codes(
            check_plan(
                plan=plan(), patient=patient(), knowledge=knowledge(), jurisdiction="UK", today=today,
                earlier=(given,),
            )
        )  # fmt: skip

    assert "interval-too-short" in found(date(2028, 2, 22))
    assert "interval-under-months" in found(date(2028, 2, 23))
    assert "interval-under-months" in found(date(2028, 2, 29))
    assert "interval-kept" in found(date(2028, 3, 1))


def test_treatment_still_to_come_is_a_caution() -> None:
    assert "earlier-in-future" in codes(checked(plan(), earlier(-5)), "caution")


def test_last_toxin_is_the_latest_of_all() -> None:
    assert last_toxin_on(()) is None
    assert last_toxin_on((earlier(9), earlier(3), earlier(200))) == earlier(3).given_on


@pytest.mark.parametrize(("counts_months", "severity"), [(True, "caution"), (False, "note")])
def test_months_not_over_are_a_caution_where_the_label_counts_months(
    counts_months: bool, severity: str
) -> None:
    known = knowledge(products={"alfa": product(counts_months=counts_months)})

    findings = checked(plan(), earlier(85), known=known)

    assert {each.severity for each in findings if each.code == "interval-under-months"} == {severity}


@pytest.mark.parametrize(("days_ago", "severity"), [(111, "caution"), (400, "note")])
def test_toxin_without_a_licence_on_record_is_named(days_ago: int, severity: str) -> None:
    fake = UnlicensedToxin(key="grey", name="Grey", evidence=EVIDENCE)
    known = knowledge(unlicensed={"grey": fake})

    findings = checked(plan(), earlier(days_ago, "50", "grey"), known=known)

    found = [each for each in findings if each.code == "earlier-product-unlicensed"]
    assert {each.severity for each in found} == {severity}
    assert "Grey was given" in found[0].sentence
    assert "earlier-product-unknown" not in codes(findings)
