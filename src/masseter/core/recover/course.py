"""The days after a treatment in phases, as published: nothing yet, beginning, best, fading."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from masseter.knowledge.model import ResponseBand

PhaseCode = Literal["early", "onset", "rising", "best", "lasting", "fading"]


@dataclass(frozen=True, kw_only=True)
class Phase:
    """Some days in a row, both ends included; day 0 is the day of the treatment."""

    code: PhaseCode
    from_day: int
    to_day: int

    def holds(self, day: int) -> bool:
        """The day lies in the phase."""
        return self.from_day <= day <= self.to_day


def phases_of(band: ResponseBand) -> tuple[Phase, ...]:
    """The days from the first to the last of the published wear-off, each in one phase.

    Where the published ranges overlap, the later phase begins at its own first day: a person may feel it by
    then. Source: the ranges of the band, each with its own.
    """
    onset, best, fading = band.onset_days, band.peak_days, band.wear_off_days
    starts: list[tuple[PhaseCode, int]] = [
        ("early", 1),
        ("onset", int(onset.low)),
        ("rising", int(onset.high) + 1),
        ("best", int(best.low)),
        ("lasting", int(best.high) + 1),
        ("fading", int(fading.low)),
    ]
    phases, end = list[Phase](), int(fading.high)
    for code, start in reversed(starts):
        if start <= end:
            phases.append(Phase(code=code, from_day=start, to_day=end))
            end = start - 1
    return tuple(reversed(phases))
