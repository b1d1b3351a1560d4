from __future__ import annotations

import pytest

from masseter.core.lots import alert_words, alerts_for, normalise_lot
from masseter.knowledge.load import load

KNOWN = load()


@pytest.mark.parametrize("written", ["c3709c3", "C3709-C3", " C 3709 C3 "])
def test_lot_of_an_alert_is_found_however_it_is_written(written: str) -> None:
    alerts = alerts_for(written, KNOWN)

    assert len(alerts) == 2
    assert "FDA" in alert_words(alerts)
    assert "ask the maker" in alert_words(alerts)


@pytest.mark.parametrize("written", ["", "--", "C3709", "C37O9C3", "C1234C3"])
def test_another_lot_is_on_no_alert(written: str) -> None:
    assert alerts_for(written, KNOWN) == ()


def test_letter_o_and_zero_stay_apart() -> None:
    assert normalise_lot("C0") != normalise_lot("CO")


def test_no_alert_is_called_verified_that_was_read_second_hand() -> None:
    assert {alert.evidence.sure for alert in KNOWN.alert_lots} == {"from_memory"}
