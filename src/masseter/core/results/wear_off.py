"""What people say of the end of the effect: whether it still works, and since when it does not.

Wear-off is the day on which less than half of the best benefit is left (see GLOSSARY.md). Source: DESIGN.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from masseter.knowledge.model import DiaryRules, ResponseBand

WearOffAnswer = Literal["still", "worn_off", "never", "unsure"]


@dataclass(frozen=True, kw_only=True)
class WearOffSaid:
    """One answer about the cycle that began on `treated_on`. `worn_off_on`: since when it has."""

    treated_on: date
    day: date
    answer: WearOffAnswer
    worn_off_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class CycleSaid:
    """What stands of one cycle: the last day on which it still worked, and the day of wear-off.

    `worn_off_told_on`: when that was said. `never_helped`: that was said, and not taken back.
    """

    treated_on: date
    still_on: date | None = None
    worn_off_on: date | None = None
    worn_off_told_on: date | None = None
    never_helped: bool = False

    @property
    def is_over(self) -> bool:
        return self.worn_off_on is not None


def cycle_said(treated_on: date, said: Iterable[WearOffSaid]) -> CycleSaid:
    """What stands of a cycle; `said` in the order in which it was said.

    A later answer takes an earlier one back: "it still works" takes back "it has worn off" and "it never
    helped", "it never helped" takes back both. "I cannot tell" says nothing.
    """
    still: date | None = None
    over: WearOffSaid | None = None
    never = False
    for one in said:
        if one.treated_on != treated_on or one.answer == "unsure":
            continue
        never = one.answer == "never"
        if one.answer == "still":
            still, over = one.day, None
        elif never:
            still, over = None, None
        else:
            over = one
    if over is not None and over.worn_off_on is not None and still is not None and still > over.worn_off_on:
        still = None  # the day told reaches back before it: both cannot be, and the later answer stands
    return CycleSaid(
        treated_on=treated_on,
        still_on=still,
        worn_off_on=over.worn_off_on if over is not None else None,
        worn_off_told_on=over.day if over is not None else None,
        never_helped=never,
    )


def asks_for_wear_off(
    rules: DiaryRules,
    *,
    treated_on: date | None,
    said: Iterable[WearOffSaid],
    band: ResponseBand | None,
    today: date,
) -> bool:
    """Whether the diary asks now if the effect has worn off.

    From some days before the first published day of wear-off on, until it is said to be over or never
    there, and not again within some days of the last answer.
    """
    if treated_on is None:
        return False
    since = (today - treated_on).days
    first = rules.wear_off_unpublished.value
    if band is not None:
        first = band.wear_off_days.low - rules.wear_off_ahead.value
    if not first <= since <= rules.wear_off_until.value:
        return False
    own = [one for one in said if one.treated_on == treated_on]
    if not own:
        return True
    newest = own[-1]
    if newest.answer in ("worn_off", "never"):
        return False
    return (today - newest.day).days >= rules.wear_off_again.value
