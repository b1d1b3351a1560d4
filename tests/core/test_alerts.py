"""An alert beside a lot in the stock: the number is the same, pack and expiry are compared each by itself."""

from __future__ import annotations

from datetime import date

import pytest

from masseter.core.alerts import compare_lot, read_expiry
from masseter.knowledge.load import load

MARCH = (date(2024, 3, 1), date(2024, 3, 31))
LAST = (date(2024, 3, 31), date(2024, 3, 31))


@pytest.mark.parametrize(
    "words", ["", "soon", "13/2024", "31.02.2024", "03/2024 or soon", "0000-01", "xyz 2024"]
)
def test_expiry_that_cannot_be_read_means_no_day(words: str) -> None:
    assert read_expiry(words) == ()


@pytest.mark.parametrize(
    ("words", "spans"),
    [
        ("03/2024", (MARCH,)),
        ("3-2024", (MARCH,)),
        ("03/24", (MARCH,)),
        ("2024-03", (MARCH,)),
        ("Mar 2024", (MARCH,)),
        ("March 2024", (MARCH,)),
        ("2024-03-31", (LAST,)),
        ("31.03.2024", (LAST,)),
        ("31/3/2024", (LAST,)),
        ("03/31/2024", (LAST,)),
        ("31 March 2024", (LAST,)),
        ("31-MAR-2024", (LAST,)),
        ("31st March 2024", (LAST,)),
        ("31 March, 2024", (LAST,)),
        ("Mar 31, 2024", (LAST,)),
        ("March 31st, 2024", (LAST,)),
        ("March 31 2024", (LAST,)),
        ("March, 2024", (MARCH,)),
        ("Mar 31, 2024, Mar 2024; 03/2024", (LAST, MARCH, MARCH)),
        ("03/02/2024", ((date(2024, 2, 3), date(2024, 2, 3)), (date(2024, 3, 2), date(2024, 3, 2)))),
        ("12/2023 or 03/2024", ((date(2023, 12, 1), date(2023, 12, 31)), MARCH)),
        ("01/2024 to 03/2024", ((date(2024, 1, 1), date(2024, 3, 31)),)),
        ("01/2024 – 03/2024", ((date(2024, 1, 1), date(2024, 3, 31)),)),
    ],
)
def test_expiry_in_words_means_these_days(words: str, spans: tuple[tuple[date, date], ...]) -> None:
    assert read_expiry(words) == spans


@pytest.mark.parametrize(
    ("pack", "expiry", "agreement", "may_be_fake"),
    [
        ("", "", ("not_said", "not_said"), False),
        ("100 units", "03/2028", ("same", "same"), False),
        ("100 units", "04/2028", ("same", "other"), True),
        ("150-unit", "03/2028", ("other", "same"), True),
        ("150-unit", "", ("other", "not_said"), True),
        ("GTIN 00300231145014", "soon", ("same", "unread"), False),
        ("carton not in English", "", ("unread", "not_said"), False),
    ],
)
def test_pack_and_expiry_are_compared_each_by_itself(
    pack: str, expiry: str, agreement: tuple[str, str], may_be_fake: bool
) -> None:
    match = compare_lot(
        pack=pack, expiry=expiry, label_units="100", gtin="00300231145014", expires_on=date(2028, 3, 31)
    )

    assert (match.pack, match.expiry) == agreement
    assert match.may_be_fake is may_be_fake


def test_lot_without_a_product_number_is_compared_by_its_units_alone() -> None:
    match = compare_lot(pack="0", expiry="", label_units="100", gtin="", expires_on=date(2028, 3, 31))

    assert match.pack == "other"


def test_expiries_of_the_shipped_alerts_are_read_where_they_name_days_alone() -> None:
    read = {alert.expiry: bool(read_expiry(alert.expiry)) for alert in load().alert_lots}

    assert read["31 March 2024"]
    assert read["04/2025 or 04/2023"]
    assert read["10/2024 to 12/2024"]
