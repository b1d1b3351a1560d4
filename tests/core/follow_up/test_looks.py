"""When a treatment is looked at again, by house, condition and scheme."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from masseter.core.follow_up.looks import looks_after, review_days
from masseter.knowledge.load import load
from tests.core.builders import TODAY, between, condition, value
from tests.core.plan.builders import practice, protocol

KNOWN = load()
DAY = date(2028, 2, 1)  # before a leap day


def spans(condition_code: str, scheme: str = "") -> dict[str, tuple[int, int]]:
    found = looks_after(
        DAY,
        condition=KNOWN.conditions[condition_code],
        practice=KNOWN.practice,
        product=KNOWN.products["botox"],
        protocol=KNOWN.protocols.get(scheme),
    )
    return {look.kind: ((look.starts - DAY).days, (look.ends - DAY).days) for look in found}


def test_clinic_without_house_looks_has_none() -> None:
    assert looks_after(TODAY, condition=condition(), practice=practice()) == ()


def test_unwanted_effects_are_asked_for_in_the_second_week_whatever_was_treated() -> None:
    assert {spans(code)["safety"] for code in KNOWN.conditions} == {(7, 14)}


@pytest.mark.parametrize(
    ("code", "effect"),
    [
        ("tmd", (28, 42)),
        ("bruxism", (28, 56)),
        ("chronic_migraine", (28, 84)),
        ("facial_spasm", (14, 42)),
        ("trigeminal_neuralgia", (28, 56)),
        ("chronic_facial_pain", (28, 42)),
    ],
)
def test_effect_is_judged_on_the_days_of_the_condition(code: str, effect: tuple[int, int]) -> None:
    assert spans(code)["effect"] == effect


def test_scheme_whose_benefit_comes_late_is_judged_late() -> None:
    assert spans("trigeminal_neuralgia", "tn_branch_fifty_botox")["effect"] == (56, 91)


def test_decision_waits_for_the_interval_of_the_condition_and_not_less() -> None:
    assert spans("chronic_migraine")["decision"] == (84, 98)
    assert spans("bruxism")["decision"] == (112, 126)


def test_look_is_due_from_its_first_day_and_late_after_its_last() -> None:
    safety = looks_after(DAY, condition=KNOWN.conditions["tmd"], practice=KNOWN.practice)[0]

    assert safety.starts == date(2028, 2, 8)
    assert [safety.is_due(safety.starts + timedelta(days=step)) for step in (-1, 0)] == [False, True]
    assert [safety.is_late(safety.ends + timedelta(days=step)) for step in (0, 1)] == [False, True]


def test_review_days_say_whose_they_are() -> None:
    own, scheme = condition(), protocol()
    late = replace(scheme, review_days=between(56, 91), interval_days=value(84))

    assert review_days(own, scheme) == (own.review_days, own.name)
    assert review_days(own, late) == (late.review_days, late.name)
