"""One person's forecast: the record as columns, what is known after it, and that in days and points."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import numpy as np
from scipy.special import ndtr, ndtri

from masseter.core.results.forecast import Against, Chance, DayBand, Days, Forecast, Span, WearOff
from masseter.journey.results.forecast.population import ABOUT, parameters_kept, scale_of
from masseter.journey.results.forecast.reading import LATEST_DAYS, WEEK, Record, Told
from masseter.knowledge.model import DoseGroup, ForecastRules, Instrument
from masseter.response.ahead import Mixture, scores_ahead, wear_off
from masseter.response.courses import Courses, at_ends
from masseter.response.known import Known, know
from masseter.response.layout import INJECTION, NOISE, SCORE, STILL_WORKING, WORN_OFF, Array
from masseter.response.outlook import level, quantiles, wearing_part

STEP_DAYS = 4  # between two drawn days of a band
CYCLE_DAYS = 112
LOOKS = 81  # places at which the scale is looked at; a reader sees 50 steps
PART_WEEKS = (0.0, 2.0, 4.0, 6.0, 8.0, 10.0, 12.0, 14.0, 16.0)  # after the treatment
SUPPOSED = 7  # how many scores of equal chance stand for the one that is not known yet
TENTH = Decimal("0.1")
TINY = 1e-12
HALF, MOST, NEARLY_ALL = 0.5, 0.8, 0.95


def columns(record: Record, scores: Sequence[Told], until: float = math.inf) -> Courses:
    """The record as the model reads it; what was scored up to the moment of a treatment stands before it.

    `until`: days after the first treatment up to which the person is heard on the end of a cycle.
    """
    rows = [(one.at, SCORE, one.value, one.weight) for one in scores]
    for end in record.ends:
        if end.at <= until:
            rows.append((end.at, WORN_OFF if end.is_over else STILL_WORKING, end.weeks, end.variance))
    rows += [((day - record.first).days, INJECTION, share, 1.0) for day, share in record.doses.items()]
    rows.sort(key=lambda row: (row[0], row[1] == INJECTION, row[1]))
    kind = np.array([row[1] for row in rows], dtype=np.uint8)
    scale = scale_of(record.instrument)
    kind, value = at_ends(kind, np.array([row[2] for row in rows], dtype=np.float64), scale)
    return Courses(
        starts=np.array([0, len(rows)]),
        kind=kind,
        week=np.array([row[0] / WEEK for row in rows], dtype=np.float32),
        value=value.astype(np.float32),
        weight=np.array([row[3] for row in rows], dtype=np.float32),
        about=np.ones((1, 1)),
        names=ABOUT,
        scale=scale,
    )


def known_after(record: Record, scores: Sequence[Told], until: float = math.inf) -> Known:
    """What is known of the person after these scores, and what was said up to a moment."""
    return know(columns(record, scores, until), parameters_kept(record.curve))


def make(record: Record, rules: ForecastRules, *, today: date, asks_next: bool) -> Forecast:
    """The forecast of the running cycle. `asks_next`: also what one entry more would tell."""
    known = known_after(record, record.scores)
    wears = wear_off(known)
    days, said = wear_off_days(record, wears), record.worn_off_on
    is_population, is_uncertain = _says_little(record, known, wears, days, rules)
    onset, best = _onset_and_best(record, known)
    part = _part_at_most(record, known)
    return Forecast(
        curve=record.curve,
        given_on=record.last,
        cycle=known.cycles,
        scores_used=len(record.scores),
        bands=_bands(record, known, days),
        onset_on=record.last + timedelta(days=onset),
        best_on=record.last + timedelta(days=best),
        wear_off=days,
        is_population=is_population,
        is_uncertain=is_uncertain,
        wears_off=_wears_off(record, part),
        shows_wear_off=_shows_wear_off(record, part),
        chances=_chances(record, known, best),
        against=_against(record),
        next_narrows_days=_narrowing(record, known, days, today) if asks_next and said is None else None,
        worn_off_on=said,
        worn_off_told_on=record.worn_off_told_on,
        still_on=record.still_on if said is None and _gone(record, wears) >= 1 / 2 else None,
        never_helped=record.never_helped,
    )


def wear_off_alone(record: Record, rules: ForecastRules) -> WearOff | None:
    """The wear-off of the running cycle, without all the rest.

    None where nothing shows that wears off.
    """
    known = known_after(record, record.scores)
    if not _shows_wear_off(record, _part_at_most(record, known)):
        return None
    wears = wear_off(known)
    days = wear_off_days(record, wears)
    is_population, is_uncertain = _says_little(record, known, wears, days, rules)
    return WearOff(
        days=days,
        is_population=is_population,
        is_uncertain=is_uncertain,
        told_on=record.worn_off_told_on,
    )


def wear_off_days(record: Record, wears: Mixture) -> Days:
    """The middle and the ends of eight of ten, as days; the person's own word where it was given.

    Where they said that it still works, of the days after that one alone.
    """
    if (said := record.worn_off_on) is not None:
        return Days(first=said, middle=said, last=said)
    tail, gone = _tail(MOST, record, wear_off=True), _gone(record, wears)
    levels = [gone + (1 - gone) * each for each in (tail, 0.5, 1 - tail)]
    ends = quantiles(wears, levels, 0.0, LATEST_DAYS / WEEK, LATEST_DAYS // 2 + 1)[0]
    earliest = record.last if record.still_on is None else record.still_on + timedelta(days=1)
    first, middle, last = (
        max(record.last + timedelta(days=round(float(weeks) * WEEK)), earliest) for weeks in ends
    )
    return Days(first=first, middle=middle, last=last)


def _gone(record: Record, wears: Mixture) -> float:
    """The chance that half was gone on the day on which, the person said, it still worked; else nought."""
    if (still := record.still_on) is None:
        return 0.0
    return float(wears.below(np.array([(still - record.last).days / WEEK]))[0])


def _tail(inside: float, record: Record, *, wear_off: bool = False) -> float:
    """How much lies below a band; a fitted curve's report says by how much its bands are stretched.

    By people of the person's own dose group where the report has enough of them, else by all.
    Source: response/stretch.py (by the normal score of the place).
    """
    fit = record.curve.fit
    if fit is None:
        return (1 - inside) / 2
    told = fit.wear_off_coverage if wear_off else fit.coverage
    group = _group(fit.dose_groups, next(iter(record.doses.values())))
    if group is not None:
        told = (group.wear_off_coverage if wear_off else group.coverage) or told
    stretch = next(
        (float(one.stretch) for one in told if math.isclose(float(one.promised), 100 * inside)), 1.0
    )
    return float(ndtr(ndtri((1 - inside) / 2) * stretch))


def _group(groups: Sequence[DoseGroup], share: float) -> DoseGroup | None:
    """The group of a first dose, as a share of the reference dose."""
    for one in groups:
        if float(one.above) < share and (one.up_to is None or share <= float(one.up_to)):
            return one
    return None


def _bands(record: Record, known: Known, days: Days) -> tuple[DayBand, ...]:
    """From the last datum to the end of the cycle, or of the wear-off where that is later."""
    offset = record.running_from
    begin = max(0, math.ceil(known.week * WEEK - 1e-3) - offset)
    end = min(LATEST_DAYS, max(CYCLE_DAYS, (days.last - record.last).days + STEP_DAYS))
    if begin > end:
        return ()
    shown = [*range(begin, end, STEP_DAYS), end]
    mixture = scores_ahead(known, np.maximum((np.array(shown) + offset) / WEEK, known.week))
    edges = [_tail(inside, record) for inside in (HALF, MOST, NEARLY_ALL)]
    levels = [0.5, *(each for edge in edges for each in (edge, 1 - edge))]
    rows = [[_tenth(float(value)) for value in row] for row in _within(record.instrument, mixture, levels)]
    return tuple(
        DayBand(day=day, middle=middle, half=(a, b), most=(c, d), nearly_all=(e, f))
        for day, (middle, a, b, c, d, e, f) in zip(shown, rows, strict=True)
    )


def _within(instrument: Instrument, mixture: Mixture, levels: Sequence[float]) -> Array:
    """The quantiles at each time, within the scale. Shape: (times, levels)."""
    return quantiles(mixture, levels, float(instrument.low), float(instrument.high), LOOKS)


def _onset_and_best(record: Record, known: Known) -> tuple[int, int]:
    """Days after the treatment on which half of the part that wears off is there, and the best level."""
    days = np.arange(CYCLE_DAYS + 1)
    part = np.abs(wearing_part(known, days / WEEK).mean())
    left = level(known, days / WEEK).mean()
    best = int(np.argmin(left if record.instrument.higher_is_worse else -left))
    return int(np.argmax(part >= part.max() / 2)), best


def _says_little(
    record: Record, known: Known, wears: Mixture, days: Days, rules: ForecastRules
) -> tuple[bool, bool]:
    """Whether the wear-off is the population's, and whether it is neither that nor the person's own yet."""
    if record.worn_off_on is not None:
        return False, False
    everybody = wear_off(known, prior=True)
    spread = everybody.deviation()[0]
    if wears.deviation()[0] < spread * float(rules.population_percent.value) / 100:
        return False, False
    theirs = replace(record, ends=())
    moved = (days.middle - wear_off_days(theirs, everybody).middle).days / WEEK
    is_near = bool(abs(moved) < spread * float(rules.moved_percent.value) / 100)
    return is_near, not is_near


def _part_at_most(record: Record, known: Known) -> Mixture:
    """The part that wears off where its middle is largest, which need not be the day of the best level."""
    whole, weeks = _whole(record), np.array(PART_WEEKS)
    middles = quantiles(wearing_part(known, weeks), [0.5], -whole, whole, LOOKS)[:, 0]
    return wearing_part(known, weeks[[np.argmax(np.abs(middles))]])


def _wears_off(record: Record, part: Mixture) -> Span:
    sign, whole = -1 if record.instrument.higher_is_worse else 1, _whole(record)
    ends = quantiles(part, [0.1, 0.5, 0.9], -whole, whole, 2 * LOOKS)[0]
    low, middle, high = sorted(sign * float(each) for each in ends)
    return Span(low=_tenth(low), middle=_tenth(middle), high=_tenth(high))


def _whole(record: Record) -> float:
    return float(record.instrument.high - record.instrument.low)


def _tenth(value: float) -> Decimal:
    return Decimal(f"{value:.6f}").quantize(TENTH) + 0  # nought has no sign


def _shows_wear_off(record: Record, part: Mixture) -> bool:
    """Whether it is, as likely as not, a benefit of half a step or more, or the person said when it ended."""
    if record.never_helped or record.worn_off_on is not None:
        return not record.never_helped
    half_step = float(record.instrument.step) / 2
    is_less = part.below(np.array([-half_step if record.instrument.higher_is_worse else half_step]))[0]
    return bool(is_less >= 1 / 2 if record.instrument.higher_is_worse else is_less <= 1 / 2)


def _chances(record: Record, known: Known, best: int) -> tuple[Chance, ...]:
    """How likely the level at its best lies so far below the baseline, for each published share."""
    if not record.baseline:
        return ()
    mixture = level(known, np.array([best / WEEK]))
    worse, baseline = record.instrument.higher_is_worse, float(record.baseline)
    found = []
    for fall in _falls(record):
        bound = baseline * (1 - float(fall) / 100) if worse else baseline * (1 + float(fall) / 100)
        below = float(mixture.below(np.array([bound]))[0])
        found.append(Chance(fall=fall, percent=round(100 * (below if worse else 1 - below))))
    return tuple(found)


def _falls(record: Record) -> list[Decimal]:
    """The fall that counts as a response in the condition, and the larger ones published for the measure."""
    published = {limit.value for limit in record.instrument.thresholds if limit.kind == "percent"}
    return sorted({record.responds_at} | {each for each in published if each > record.responds_at})


def _against(record: Record) -> tuple[Against, ...]:
    """Each score of the running cycle against what the day of the treatment let expect."""
    offset = record.running_from
    later = [one for one in record.scores if one.at > offset]
    if not later:
        return ()
    before = known_after(record, [one for one in record.scores if one.at <= offset], offset)
    mixture = scores_ahead(before, np.maximum(np.array([one.at / WEEK for one in later]), before.week))
    # A score of fewer days than a full one is noisier.
    more = before.parameters.kernels()[NOISE] * (np.array([one.weight for one in later]) - 1)
    variance = mixture.spread**2 + before.factor * more[:, None]
    mixture = replace(mixture, spread=np.sqrt(np.maximum(variance, TINY)))
    half_step = float(record.instrument.step) / 2
    worse = record.instrument.higher_is_worse
    bounds = np.array([one.value - half_step if worse else one.value + half_step for one in later])
    below = mixture.below(bounds)
    return tuple(
        Against(day=(one.day - record.last).days, percent=Decimal(f"{100 * (1 - at if worse else at):.2f}"))
        for one, at in zip(later, below, strict=True)
    )


def _narrowing(record: Record, known: Known, days: Days, today: date) -> int:
    """By how many days the span of the wear-off is expected to narrow with a score a week from now."""
    at = max((today - record.first).days, known.week * WEEK) + WEEK
    chances = [(each + 0.5) / SUPPOSED for each in range(SUPPOSED)]
    widths = []
    for value in _within(record.instrument, scores_ahead(known, np.array([at / WEEK])), chances)[0]:
        supposed = Told(day=today + timedelta(days=WEEK), at=at, value=float(value), weight=1.0)
        after = wear_off_days(record, wear_off(known_after(record, [*record.scores, supposed])))
        widths.append((after.last - after.first).days)
    return max(0, round((days.last - days.first).days - sum(widths) / len(widths)))
