"""The nodes that still count for a patient: a run of durations, since the unlikely ends are left out."""

from __future__ import annotations

from masseter.response.compiled import compiled
from masseter.response.layout import NODES, Live


@compiled
def span(live: Live) -> tuple[int, int]:
    """First node and how many; said so that the compiler sees that no index is negative."""
    low, high = max(0, live[0]), min(NODES, live[1])
    return low, high - low
