"""The clock of a treatment: consent before the first injection, and in-use hours that are real hours."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from masseter.core.plan.reconstitute import in_use_until
from tests.core.inject.test_check import NOW, consent, stops, treated, vial
from tests.core.plan.builders import knowledge, product

LONDON = ZoneInfo("Europe/London")


def test_consent_signed_after_the_injections_on_the_same_day_stops() -> None:
    late = consent(signed_at=NOW + timedelta(hours=2))

    assert stops(consent=late) == {"consent-in-future"}


def test_consent_signed_between_first_and_last_injection_stops() -> None:
    began = NOW - timedelta(minutes=20)

    assert stops(consent=consent(signed_at=NOW - timedelta(minutes=5)), began=began) == {"consent-in-future"}


def test_consent_signed_in_the_minute_of_the_start_is_before_it() -> None:
    """A start is typed to the minute, a signature kept to the second."""
    began = NOW - timedelta(minutes=20)

    assert (
        stops(consent=consent(signed_at=began + timedelta(seconds=40, microseconds=7)), began=began) == set()
    )


@pytest.mark.parametrize(
    ("opened", "used", "is_past"),
    [
        # 24 hours over the end of summer time are 23 on the wall.
        (datetime(2026, 10, 24, 12, 0), datetime(2026, 10, 25, 11, 0), False),
        (datetime(2026, 10, 24, 12, 0), datetime(2026, 10, 25, 11, 1), True),
        # Over its beginning they are 25.
        (datetime(2026, 3, 28, 12, 0), datetime(2026, 3, 29, 13, 0), False),
        (datetime(2026, 3, 28, 12, 0), datetime(2026, 3, 29, 13, 1), True),
        # Over midnight nothing changes.
        (datetime(2026, 11, 22, 23, 59), datetime(2026, 11, 23, 23, 59), False),
    ],
)
def test_in_use_hours_are_real_hours(opened: datetime, used: datetime, is_past: bool) -> None:
    until = in_use_until(opened.replace(tzinfo=LONDON), product())

    assert (used.replace(tzinfo=LONDON) > until) is is_past


def test_hour_that_comes_twice_is_told_apart() -> None:
    """Opened in the second 01:30 of the night, used in the first: that is before it was opened."""
    opened = datetime(2026, 10, 25, 1, 30, tzinfo=LONDON, fold=1)
    used = datetime(2026, 10, 25, 1, 45, tzinfo=LONDON, fold=0)

    assert "reconstituted-in-future" in stops(vials=(vial(reconstituted_at=opened),), now=used)


def test_vial_past_a_time_that_nobody_verified_cautions_and_says_so() -> None:
    known = knowledge()
    brand = product()
    hours = replace(brand.in_use_hours, evidence=replace(brand.in_use_hours.evidence, sure="from_memory"))
    known = replace(known, products={**known.products, "alfa": replace(brand, in_use_hours=hours)})
    old = vial(reconstituted_at=NOW.astimezone(UTC) - timedelta(hours=25))

    found = [each for each in treated(vials=(old,), knowledge=known) if each.code == "vial-past-use"]

    assert [each.severity for each in found] == ["caution"]
    assert "not verified" in found[0].sentence


def test_vial_made_up_in_the_very_moment_of_the_last_injection_is_not_from_the_future() -> None:
    assert stops(vials=(vial(reconstituted_at=NOW),)) == set()


def test_vial_past_its_verified_time_stops() -> None:
    assert stops(vials=(vial(reconstituted_at=NOW - timedelta(hours=25)),)) == {"vial-past-use"}
