from __future__ import annotations

from decimal import Decimal

import pytest

from masseter.core.plan.label import ages_in_words, covers_age, keeping_here, kept_in_words, uses_here
from masseter.knowledge.load import load
from masseter.knowledge.model import Indication, Keeping
from tests.core.builders import EVIDENCE
from tests.core.plan.builders import product


def use(min_age: int | None = None, max_age: int | None = None) -> Indication:
    return Indication(
        name="Use",
        jurisdictions=("UK",),
        diagnoses=("myalgia",),
        min_age=min_age,
        max_age=max_age,
        evidence=EVIDENCE,
    )


@pytest.mark.parametrize(
    ("told", "words"),
    [
        (use(), ""),
        (use(12), "from 12 years on"),
        (use(None, 64), "up to 64 years"),
        (use(18, 64), "from 18 to 64 years"),
    ],
)
def test_ages_in_words(told: Indication, words: str) -> None:
    assert ages_in_words(told) == words


@pytest.mark.parametrize(
    ("told", "age", "is_covered"),
    [
        (use(), 5, True),
        (use(12), 11, False),
        (use(12), 12, True),
        (use(None, 64), 64, True),
        (use(None, 64), 65, False),
        (use(18, 64), 17, False),
    ],
)
def test_both_ends_of_the_ages_are_licensed(told: Indication, age: int, is_covered: bool) -> None:
    assert covers_age(told, age) is is_covered


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        ("2", "8", "2 to 8 °C"),
        (None, "-5", "at most −5 °C"),
        ("2", None, "at least 2 °C"),
        (None, None, ""),
        ("-20", "-10", "−20 to −10 °C"),
    ],
)
def test_kept_in_words(low: str | None, high: str | None, words: str) -> None:
    kept = Keeping(
        stage="unopened",
        place="room",
        low_c=None if low is None else Decimal(low),
        high_c=None if high is None else Decimal(high),
        evidence=EVIDENCE,
    )

    assert kept_in_words(kept) == words


def test_kept_in_words_names_light_and_frost() -> None:
    kept = Keeping(
        stage="ready",
        place="refrigerator",
        low_c=Decimal(2),
        high_c=Decimal(8),
        evidence=EVIDENCE,
        from_light=True,
        never_frozen=True,
    )

    assert kept_in_words(kept) == "2 to 8 °C, away from light, never frozen"


def test_label_is_read_for_the_place() -> None:
    botox, xeomin = load().products["botox"], load().products["xeomin"]

    assert "Hemifacial spasm" not in {each.name for each in uses_here(botox, "US")}
    assert "Hemifacial spasm" in {each.name for each in uses_here(botox, "UK")}
    assert {each.place for each in keeping_here(xeomin, "US")} == {"room", "refrigerator", "freezer"}
    assert {each.place for each in keeping_here(xeomin, "UK") if each.stage == "unopened"} == {"room"}
    assert uses_here(product(), "US") == ()
