"""The follow-up rules that are shipped: when published rules stop, pause, adjust or repeat."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from masseter.core.facts import ObservationValue, fact
from masseter.core.follow_up.recommend import recommend
from masseter.knowledge.load import load
from masseter.knowledge.model import Jurisdiction
from tests.knowledge.meeting import Values

KNOWLEDGE = load()


MIGRAINE_VISIT: Values = {
    "serious_adverse_event": False,
    "lost_response": False,
    "cycles_without_response": 0,
    "cycles_given": 2,
    "cycles_reviewed": 2,
    "fall_percent": Decimal(60),
    "review_fall_percent": Decimal("29.9"),
    "wants_more": "yes",
    "months_under_15_headache_days": 0,
    "months_under_10_headache_days": 0,
}


def migraine_codes(jurisdiction: Jurisdiction, **changed: ObservationValue) -> list[str]:
    values = {**MIGRAINE_VISIT, **changed}
    advice = recommend(
        condition=KNOWLEDGE.conditions["chronic_migraine"],
        knowledge=KNOWLEDGE,
        facts={name: fact(name, value, observed_on=date(2026, 1, 2)) for name, value in values.items()},
        jurisdiction=jurisdiction,
    )
    return [reason.code for reason in advice.reasons]


def test_one_bad_review_after_two_cycles_stops_migraine_in_the_uk_whatever_came_before() -> None:
    assert "migraine-nice-no-response" in migraine_codes("UK")


def test_fall_of_exactly_thirty_percent_continues_migraine() -> None:
    codes = migraine_codes("UK", review_fall_percent=Decimal(30))

    assert "migraine-nice-no-response" not in codes
    assert codes[0] == "migraine-works"


@pytest.mark.parametrize(
    ("reviewed", "code"), [(2, "migraine-ehf-two-cycles"), (3, "migraine-ehf-no-response")]
)
def test_european_rule_compares_the_four_weeks_after_with_those_before(reviewed: int, code: str) -> None:
    assert code in migraine_codes("EU", cycles_given=reviewed, cycles_reviewed=reviewed)


@pytest.mark.parametrize(("given", "expected"), [(1, True), (2, False)])
def test_second_round_is_offered_after_the_first_alone(given: int, expected: bool) -> None:
    codes = migraine_codes(
        "US", cycles_given=given, cycles_reviewed=given, cycles_without_response=1, fall_percent=5
    )

    assert ("migraine-second-round" in codes) is expected


@pytest.mark.parametrize(
    ("diagnosis", "product", "is_told"),
    [
        ("blepharospasm", "botox", True),
        ("hemifacial_spasm", "botox", True),
        ("hemifacial_spasm", "xeomin", False),
        ("oromandibular_dystonia", "botox", False),
        ("facial_tic", "botox", False),
        ("", "", False),
    ],
)
def test_twice_the_dose_is_told_only_for_the_use_and_the_brand_whose_label_says_so(
    diagnosis: str, product: str, is_told: bool
) -> None:
    values: Values = {"effect_lasted_days": 50, "fall_percent": Decimal(60)}

    advice = recommend(
        condition=KNOWLEDGE.conditions["facial_spasm"],
        knowledge=KNOWLEDGE,
        facts={name: fact(name, value) for name, value in values.items()},
        jurisdiction="EU",
        diagnosis=diagnosis,
        product=product,
    )

    assert ("spasm-short-effect" in {reason.code for reason in advice.reasons}) is is_told
