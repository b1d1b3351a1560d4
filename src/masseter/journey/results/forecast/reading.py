"""What the record tells the response model of one case and one measure: treatments and scores, by day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from statistics import mean

from masseter.core.results.course import DatedScore, DiaryValue
from masseter.core.results.diary import WINDOW_DAYS
from masseter.core.results.wear_off import CycleSaid
from masseter.knowledge.model import Instrument, ResponseCurve

WEEK = 7
LATEST_DAYS = 280  # the model's durations end at 34 weeks; later than this it has nothing to tell
# Days that one entered score speaks of: it is put in their middle.
SPEAKS_OF = {"entered": 1, "entered_or_diary_mean": WEEK, "diary_mean": WINDOW_DAYS}


@dataclass(frozen=True, kw_only=True)
class Dose:
    """What was given on a day: units of one product."""

    day: date
    product: str
    units: Decimal


@dataclass(frozen=True, kw_only=True)
class Told:
    """One score as the model takes it. `at`: days after the first treatment; `day`: its last day.

    `weight`: its variance as a multiple of a full score's.
    """

    day: date
    at: float
    value: float
    weight: float


@dataclass(frozen=True, kw_only=True)
class End:
    """What was said of the end of a cycle. `at`: days after the first treatment on which it was said.

    `weeks`: after its treatment, at which it had worn off, or still worked. `variance`: in weeks squared.
    """

    at: float
    weeks: float
    variance: float
    is_over: bool


@dataclass(frozen=True, kw_only=True)
class Record:
    """What is on record of one measure, on the model's clock.

    `doses`: share of each treatment day. `responds_at`: the fall, in percent, that counts as a response.
    `ends`: what the person said of the end of each cycle. `never_helped`: what they said of the running one.
    """

    instrument: Instrument
    curve: ResponseCurve
    baseline: Decimal
    responds_at: Decimal
    doses: Mapping[date, float]
    scores: Sequence[Told]
    ends: Sequence[End] = ()
    never_helped: bool = False

    @property
    def first(self) -> date:
        return min(self.doses)

    @property
    def last(self) -> date:
        return max(self.doses)

    @property
    def running_from(self) -> int:
        """Days from the first treatment to the last."""
        return (self.last - self.first).days

    @property
    def still_on(self) -> date | None:
        """The last day on which, the person said, the running cycle still worked."""
        return self._day_of(self._said(is_over=False))

    @property
    def worn_off_on(self) -> date | None:
        """The day since which, the person said, the running cycle has worn off."""
        return self._day_of(self._said(is_over=True))

    @property
    def worn_off_told_on(self) -> date | None:
        """When that was said."""
        told = self._said(is_over=True)
        return None if told is None else self.first + timedelta(days=round(told.at))

    def _said(self, *, is_over: bool) -> End | None:
        told = [end for end in self.ends if end.is_over == is_over and end.at > self.running_from]
        return told[-1] if told else None

    def _day_of(self, end: End | None) -> date | None:
        return None if end is None else self.last + timedelta(days=round(end.weeks * WEEK))


def told_ends(said: Iterable[CycleSaid], first: date, spread_weeks: float) -> list[End]:
    """What was said of the end of each cycle, for the model. `spread_weeks`: of a day that was told."""
    found = []
    for one in said:
        told = ((one.still_on, one.still_on, False), (one.worn_off_told_on, one.worn_off_on, True))
        for day, since, is_over in told:
            if day is not None and since is not None and since > one.treated_on:
                weeks = (since - one.treated_on).days / WEEK
                at = float((day - first).days)
                found.append(End(at=at, weeks=weeks, variance=spread_weeks**2, is_over=is_over))
    return found


def days_of(instrument: Instrument) -> int:
    """The days that a full score of the measure speaks of."""
    return SPEAKS_OF.get(instrument.source_of_score, WINDOW_DAYS)


def told_scores(
    instrument: Instrument,
    entered: Iterable[DatedScore],
    diary: Mapping[date, DiaryValue],
    treatments: Sequence[date],
    likeness: float,
) -> list[Told]:
    """Entered scores, and the diary week by week, by time.

    A week begins after a treatment and never holds days of two cycles. Days that an entered score speaks of
    already are left out of the diary, so that nothing is heard twice.
    """
    if not treatments:
        return []
    found = [_entered(instrument, score, treatments) for score in entered]
    heard = {one.day - timedelta(days=back) for one in found for back in range(days_of(instrument))}
    fresh = {day: value for day, value in diary.items() if value is not None and day not in heard}
    found += [_week(instrument, days, treatments[0], likeness) for days in _weeks(fresh, treatments)]
    return sorted(found, key=lambda one: (one.at, one.day))


def shares(doses: Sequence[Dose], curve: ResponseCurve) -> dict[date, float]:
    """Each treatment day's dose as a share of the curve's reference dose of the same product.

    Where the curve has none, it is a share of the first dose that the person had of that product.

    Units of different products are never put side by side: where a day has two, the share is one.
    """
    told = curve.fit.reference_doses if curve.fit is not None else ()
    first = {one.product: one.units for one in told}
    by_day: dict[date, dict[str, Decimal]] = {}
    for dose in sorted(doses, key=lambda one: one.day):
        units = by_day.setdefault(dose.day, {})
        units[dose.product] = units.get(dose.product, Decimal(0)) + dose.units
    found = {}
    for day, units in by_day.items():
        for product, whole in units.items():
            first.setdefault(product, whole)
        only = next(iter(units))
        found[day] = float(units[only] / first[only]) if len(units) == 1 and first[only] else 1.0
    return found


def _entered(instrument: Instrument, score: DatedScore, treatments: Sequence[date]) -> Told:
    last = max((day for day in treatments if day < score.day), default=None)
    spoken = days_of(instrument)
    if last is not None:
        spoken = min(spoken, (score.day - last).days)
    at = (score.day - treatments[0]).days - (spoken - 1) / 2
    return Told(day=score.day, at=at, value=float(score.total), weight=1.0)


def _weeks(diary: Mapping[date, DiaryValue], treatments: Sequence[date]) -> list[dict[date, float]]:
    """The days with an entry, seven by seven from each treatment on; before the first one, up to it."""
    weeks: dict[tuple[int, int], dict[date, float]] = {}
    for day, value in diary.items():
        number = sum(given < day for given in treatments)
        start = treatments[number - 1] if number else treatments[0]
        place = ((day - start).days - 1) // WEEK
        weeks.setdefault((number, place), {})[day] = float(value or 0)
    return [weeks[key] for key in sorted(weeks)]


def _week(instrument: Instrument, days: Mapping[date, float], first: date, likeness: float) -> Told:
    """Days with a symptom are scaled to 28, numbers averaged. Fewer days than a full score's count less."""
    average = mean(days.values())
    is_count = instrument.source_of_score == "diary_days_per_28"
    return Told(
        day=max(days),
        at=mean((day - first).days for day in days),
        value=average * WINDOW_DAYS if is_count else average,
        weight=_spread(len(days), likeness) / _spread(days_of(instrument), likeness),
    )


def _spread(days: int, likeness: float) -> float:
    """Variance of a mean over so many days of one person, as a multiple of a single day's.

    Source: R13 (days of a diary are alike).
    """
    return (1 + (days - 1) * likeness) / days
