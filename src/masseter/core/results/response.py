"""The response: how much the main measure changed against the baseline, and whether that matters."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from masseter.core.answers import Answer
from masseter.core.results.score import TOTAL, check_number, round_to_step
from masseter.knowledge.model import Condition, Instrument, Threshold

TENTH = Decimal("0.1")  # percents are shown to the tenth
HUNDRED = 100


class InvalidScoreDay(ValueError):
    """A score on a day before the treatment, or two scores of one day."""


@dataclass(frozen=True, kw_only=True)
class DayScore:
    """One score, counted in days from the treatment of its cycle (day 0)."""

    day: int
    total: Decimal


@dataclass(frozen=True, kw_only=True)
class Change:
    """The improvement at one score against the baseline; a worsening is negative.

    `percent` is None where the baseline is zero, of which there are no percents.
    """

    day: int
    total: Decimal
    points: Decimal
    percent: Decimal | None
    is_response: bool


@dataclass(frozen=True, kw_only=True)
class Response:
    """The response within one cycle. `best` and `latest` are None without baseline or score."""

    instrument: str
    baseline: Decimal | None
    changes: tuple[Change, ...]
    best: Change | None
    latest: Change | None
    responder: Answer
    thresholds_met: tuple[Threshold, ...]
    words: str


def respond(
    *,
    instrument: Instrument,
    baseline: Decimal | None,
    scores: Iterable[DayScore],
    condition: Condition,
) -> Response:
    """The response of one cycle against the baseline: in points, percent and words.

    A responder is someone whose best fall reaches the condition's published percentage. Percents
    are compared exactly and rounded to the tenth, half up, only to be shown.
    Raises: InvalidAnswer for a total off the scale; InvalidScoreDay.
    """
    ordered = _ordered(instrument, scores)
    if instrument.measures_change:
        return replace(_unknown(instrument, None), words=_change_words(instrument, ordered))
    if baseline is None or not ordered:
        return _unknown(instrument, baseline)
    check_number(TOTAL, baseline, low=instrument.low, high=instrument.high)
    needed = condition.response_percent.value
    changes = tuple(_change(instrument, baseline, entry, needed) for entry in ordered)
    best = max(changes, key=lambda change: (change.points, -change.day))
    return Response(
        instrument=instrument.code,
        baseline=baseline,
        changes=changes,
        best=best,
        latest=changes[-1],
        responder=_responder(best),
        thresholds_met=tuple(limit for limit in instrument.thresholds if _reaches(limit, baseline, best)),
        words=_words(instrument, baseline, best, changes[-1]),
    )


def improvement(instrument: Instrument, baseline: Decimal, total: Decimal) -> Decimal:
    """By how many points a total is better than the baseline; worse is negative."""
    return baseline - total if instrument.higher_is_worse else total - baseline


def exact_percent(points: Decimal, baseline: Decimal | None) -> Fraction | None:
    """Points in percent of the baseline, exact; None where the baseline is zero or missing."""
    return None if not baseline else Fraction(points) * HUNDRED / Fraction(abs(baseline))


def _ordered(instrument: Instrument, scores: Iterable[DayScore]) -> list[DayScore]:
    ordered = sorted(scores, key=lambda entry: entry.day)
    if any(entry.day < 0 for entry in ordered):
        raise InvalidScoreDay("A score of this cycle lies before its treatment.")
    if len({entry.day for entry in ordered}) < len(ordered):
        raise InvalidScoreDay("Two scores of the same measure are on one day.")
    for entry in ordered:
        check_number(TOTAL, entry.total, low=instrument.low, high=instrument.high)
    return ordered


def _change(instrument: Instrument, baseline: Decimal, entry: DayScore, needed: Decimal) -> Change:
    points = improvement(instrument, baseline, entry.total)
    exact = exact_percent(points, baseline)
    return Change(
        day=entry.day,
        total=entry.total,
        points=points,
        percent=None if exact is None else round_to_step(exact, TENTH),
        is_response=exact is not None and exact >= Fraction(needed),
    )


def _responder(best: Change) -> Answer:
    if best.percent is None:
        return Answer.UNKNOWN
    return Answer.MET if best.is_response else Answer.NOT_MET


def _reaches(threshold: Threshold, baseline: Decimal, best: Change) -> bool:
    if threshold.kind == "points":
        return best.points >= threshold.value
    exact = exact_percent(best.points, baseline)
    return exact is not None and exact >= Fraction(threshold.value)


def _words(instrument: Instrument, baseline: Decimal, best: Change, latest: Change) -> str:
    first = f"{instrument.name}: {baseline} before the treatment, {best.total} at best on day {best.day}"
    share = "" if best.percent is None else f" ({_direction(best.percent)})"
    now = "" if latest == best else f"; {latest.total} on day {latest.day}"
    return f"{first}{share}{now}."


def _direction(percent: Decimal) -> str:
    if percent == 0:
        return "unchanged"
    size = abs(percent)
    shown = int(size) if size == int(size) else size
    return f"{shown} % {'better' if percent > 0 else 'worse'}"


def _change_words(instrument: Instrument, ordered: list[DayScore]) -> str:
    """The latest answer of an instrument that asks for the change itself."""
    says = f"{instrument.name}: it asks for the change itself, so there is no score before the treatment"
    if not ordered:
        return f"{says}; a score after the treatment is missing."
    latest = ordered[-1]
    band = next((one.label for one in instrument.bands if one.low <= latest.total <= one.high), "")
    return f"{says}; {latest.total}{f' ({band})' if band else ''} on day {latest.day}."


def _unknown(instrument: Instrument, baseline: Decimal | None) -> Response:
    lacking = "a score before the treatment" if baseline is None else "a score after the treatment"
    return Response(
        instrument=instrument.code,
        baseline=baseline,
        changes=(),
        best=None,
        latest=None,
        responder=Answer.UNKNOWN,
        thresholds_met=(),
        words=f"{instrument.name}: the response is not known yet; {lacking} is missing.",
    )
