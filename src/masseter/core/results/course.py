"""Scores of many days put into cycles and months: which is the baseline, which treatment each follows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

from masseter.core.results.cycles import Cycle
from masseter.core.results.diary import WINDOW_DAYS, DiaryScore, days_per_28, diary_mean
from masseter.core.results.response import DayScore
from masseter.knowledge.model import Instrument

DiaryValue = bool | Decimal | None


@dataclass(frozen=True, kw_only=True)
class DatedScore:
    """One score on one day. `from_diary`: counted from the 28 days of diary that end with this day."""

    day: date
    total: Decimal
    is_baseline: bool = False
    from_diary: bool = False


def baseline_score(scores: Sequence[DatedScore], first_treatment: date | None) -> DatedScore | None:
    """The score that everything is held against: the one marked as baseline, else the last before treatment.

    A score of the day of the first treatment counts as taken before it; one after it is never a baseline.
    """
    before = [score for score in scores if may_be_baseline(score.day, first_treatment)]
    marked = [score for score in before if score.is_baseline]
    return max(marked or before, key=lambda score: score.day, default=None)


def may_be_baseline(day: date, first_treatment: date | None) -> bool:
    """A score of this day can be what later ones are held against: it was not taken after the treatment."""
    return first_treatment is None or day <= first_treatment


def split_cycles(scores: Sequence[DatedScore], treatments: Sequence[date]) -> tuple[Cycle, ...]:
    """The cycles, oldest first, each with the scores after its treatment up to the day of the next.

    A score of the day of a treatment belongs to the cycle that ends there.
    """
    days = sorted(set(treatments))
    baseline = baseline_score(scores, days[0] if days else None)
    level = None if baseline is None else baseline.total
    later = [score for score in scores if baseline is None or score.day > baseline.day]
    return tuple(
        Cycle(
            baseline=level,
            scores=tuple(
                DayScore(day=(score.day - start).days, total=score.total)
                for score in later
                if start < score.day and (end is None or score.day <= end)
            ),
            is_closed=end is not None,
        )
        for start, end in _spans(days)
    )


def diary_days(treatments: Sequence[date], first_entry: date, today: date) -> tuple[date, ...]:
    """The last days of the 28-day windows that the diary is counted over.

    One window ends on the day before the first treatment; then every 28 days after each treatment
    one ends; one ends today where it holds no day from before the last treatment.
    """
    days = sorted(day for day in set(treatments) if day <= today)
    is_whole = not days or today - days[-1] >= timedelta(days=WINDOW_DAYS)
    ends = ({today} if is_whole else set()) | ({days[0] - timedelta(days=1)} if days else set())
    for start, end in _spans(days):
        last = min(end or today, today)
        window = start + timedelta(days=WINDOW_DAYS)
        while window <= last:
            ends.add(window)
            window += timedelta(days=WINDOW_DAYS)
    return tuple(sorted(end for end in ends if end >= first_entry))


def diary_score(instrument: Instrument, entries: Mapping[date, DiaryValue], *, until: date) -> DiaryScore:
    """What the diary gives for an instrument in the 28 days that end with `until`.

    Raises: NotFromDiary for an instrument that is not scored from the diary.
    """
    if instrument.source_of_score == "diary_days_per_28":
        days = {day: value if isinstance(value, bool) else None for day, value in entries.items()}
        return days_per_28(instrument, days, until=until)
    numbers = {day: value if isinstance(value, Decimal) else None for day, value in entries.items()}
    return diary_mean(instrument, numbers, until=until)


def diary_course(
    instrument: Instrument, entries: Mapping[date, DiaryValue], treatments: Sequence[date], today: date
) -> tuple[DiaryScore, ...]:
    """The diary's scores window by window, the oldest first; one without enough days has no total."""
    if not entries:
        return ()
    ends = diary_days(treatments, min(entries), today)
    return tuple(diary_score(instrument, entries, until=end) for end in ends)


def merge_course(entered: Sequence[DatedScore], counted: Sequence[DiaryScore]) -> tuple[DatedScore, ...]:
    """Entered scores and those of the diary in one line; an entered one wins on its day."""
    taken = {score.day for score in entered}
    from_diary = [
        DatedScore(day=score.until, total=score.total, from_diary=True)
        for score in counted
        if score.total is not None and score.until not in taken
    ]
    return tuple(sorted([*entered, *from_diary], key=lambda score: score.day))


def months_back(
    scores: Sequence[DatedScore], first_treatment: date | None, today: date
) -> tuple[Decimal | None, ...]:
    """The scores of the months since the first treatment, oldest first, None for a month without one.

    Months are windows of 28 days, counted back from the newest score; two never overlap.
    """
    if first_treatment is None:
        return ()
    start = first_treatment + timedelta(days=WINDOW_DAYS)
    after = sorted((one for one in scores if start <= one.day <= today), key=lambda one: one.day)
    newest_first: list[Decimal | None] = []
    before = today + timedelta(days=WINDOW_DAYS)
    for score in reversed(after):
        months = (before - score.day).days // WINDOW_DAYS
        if months < 1:
            continue
        newest_first += [None] * (months - 1)
        newest_first.append(score.total)
        before = score.day
    if not after:
        newest_first = [None] * ((today - first_treatment).days // WINDOW_DAYS)
    return tuple(reversed(newest_first))


def _spans(days: Sequence[date]) -> list[tuple[date, date | None]]:
    """Each treatment with the day of the next, None for the last."""
    return [*pairwise(days), *((day, None) for day in days[-1:])]
