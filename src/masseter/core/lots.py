"""Lot numbers: how they are compared, and which of them an authority has named in an alert.

Source: P40, P40d, P41.
"""

from __future__ import annotations

import re

from masseter.knowledge.model import AlertLot, Knowledge


def normalise_lot(number: str) -> str:
    """A lot number without what people write differently: capitals, spaces, dashes. O and 0 stay apart."""
    return re.sub(r"[^0-9A-Z]", "", number.upper())


def alerts_for(number: str, knowledge: Knowledge) -> tuple[AlertLot, ...]:
    """The alerts that name this lot; none proves nothing."""
    wanted = normalise_lot(number)
    return tuple(alert for alert in knowledge.alert_lots if wanted and normalise_lot(alert.number) == wanted)


def alert_words(alerts: tuple[AlertLot, ...]) -> str:
    """What the alerts say of a lot, and what to do."""
    told = "; ".join(f"{alert.told} (expiry {alert.expiry})" for alert in alerts)
    return (
        f"Lot {alerts[0].number} was named in an alert about fakes: {told}. A fake may carry a genuine "
        "number: keep the vials apart, compare pack and vial, and ask the maker."
    )
