"""What the scores of all cycles say together: the derived observations that follow-up rules read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import takewhile

from masseter.core.answers import Answer
from masseter.core.facts import (
    NOT_APPLICABLE,
    NoLessThan,
    NotApplicable,
    Observation,
    ObservationValue,
    fact,
)
from masseter.core.results.response import Change, DayScore, Response, exact_percent, respond
from masseter.knowledge.model import Condition, Instrument

MONTHS_UNDER = ("months_under_15_headache_days", "months_under_10_headache_days")
FAILED = {Answer.MET: False, Answer.NOT_MET: True, Answer.UNKNOWN: None}
TENTHS = 10  # a fall is shown to the tenth
RECENT_CYCLES = 2  # 'lost response' is defined over the last two cycles


@dataclass(frozen=True, kw_only=True)
class Cycle:
    """One cycle: its scores by day, the baseline they are held against, and whether it is over.

    `is_closed`: the next treatment has been given. `review_from`: the first day on which the scheme judges
    its effect, where that is another than the condition's.
    """

    baseline: Decimal | None
    scores: tuple[DayScore, ...] = ()
    is_closed: bool = False
    review_from: Decimal | None = None


@dataclass(frozen=True, kw_only=True)
class JudgedCycle:
    """A cycle with its response: met, not met, or unknown as long as it is too early to say."""

    response: Response
    responded: Answer
    is_closed: bool
    review_from: Decimal


def judge_cycle(*, condition: Condition, instrument: Instrument, cycle: Cycle) -> JudgedCycle:
    """Whether a cycle brought a response.

    A response counts as soon as it is there. Its absence counts only once there is a score at or
    after the first review day of scheme or condition: before that the effect may still come.
    Raises: InvalidAnswer, InvalidScoreDay.
    """
    response = respond(
        instrument=instrument, baseline=cycle.baseline, scores=cycle.scores, condition=condition
    )
    first = condition.review_days.low if cycle.review_from is None else cycle.review_from
    is_early = response.latest is None or response.latest.day < first
    is_open = response.responder is Answer.NOT_MET and is_early
    responded = Answer.UNKNOWN if is_open else response.responder
    return JudgedCycle(response=response, responded=responded, is_closed=cycle.is_closed, review_from=first)


def derive_cycle_facts(
    *,
    condition: Condition,
    instrument: Instrument,
    cycles: Sequence[Cycle],
    today: date,
    monthly_headache_days: Sequence[Decimal | None] | None = None,
    had_adverse_event: bool | None = None,
    serious_adverse_event: bool | None = None,
    wants_more: str | None = None,
) -> dict[str, Observation]:
    """The derived observations of the cycles, oldest first; what cannot be computed is left out.

    `monthly_headache_days`: days per 28, oldest first, None for a month without enough entries.
    Units: percent of the baseline, days from the treatment, whole cycles and months.
    Raises: InvalidAnswer, InvalidScoreDay.
    """
    judged = [judge_cycle(condition=condition, instrument=instrument, cycle=cycle) for cycle in cycles]
    values: dict[str, ObservationValue] = {
        **(_of_last_cycle(judged[-1]) if judged else {}),
        **_of_all_cycles(judged, instrument),
        **_of_reviews(judged),
        "had_adverse_event": had_adverse_event,
        "serious_adverse_event": serious_adverse_event,
        "wants_more": wants_more,
    }
    if monthly_headache_days is not None:
        values.update({code: months_under(code, monthly_headache_days) for code in MONTHS_UNDER})
    return {code: fact(code, value, observed_on=today) for code, value in values.items() if value is not None}


def months_under(code: str, monthly: Sequence[Decimal | None]) -> int | NoLessThan | None:
    """The consecutive most recent months under the number of days that the code itself names.

    None while the latest month has too few entries; a lower bound where an earlier one has.
    """
    if not monthly or monthly[-1] is None:
        return None
    limit = Decimal(code.split("_")[2])
    return _run(None if days is None else days < limit for days in reversed(monthly))


def effect_lasted_days(response: Response) -> int | NoLessThan | NotApplicable | None:
    """The first scored day after the best one with less than half of the best benefit left.

    A lower bound while more than that is left, not applicable where there was no benefit, None
    without a score.
    """
    best = response.best
    if best is None or response.latest is None:
        return None
    if best.points <= 0:
        return NOT_APPLICABLE
    later = (change for change in response.changes if change.day > best.day)
    worn_off = (change.day for change in later if 2 * change.points < best.points)
    return next(worn_off, NoLessThan(number=response.latest.day))


def _of_last_cycle(cycle: JudgedCycle) -> dict[str, ObservationValue]:
    response = cycle.response
    return {
        "fall_percent": _fall(response.best, response),
        "last_fall_percent": _fall(response.latest, response),
        "effect_lasted_days": effect_lasted_days(response),
    }


def _of_all_cycles(cycles: Sequence[JudgedCycle], instrument: Instrument) -> dict[str, ObservationValue]:
    newest_first = _decidable(cycles)
    answers = [cycle.responded for cycle in newest_first]
    if not answers or answers[0] is Answer.UNKNOWN:
        return {}
    return {
        "cycles_without_response": _run(FAILED[answer] for answer in answers),
        "pain_free_cycles": _run(_is_free(cycle, instrument) for cycle in newest_first),
        "lost_response": _lost(answers),
    }


def _of_reviews(cycles: Sequence[JudgedCycle]) -> dict[str, ObservationValue]:
    """How many cycles have come to their review, and the fall that the newest of these shows there.

    The review is the first score at or after the cycle's first review day: for migraine the four
    weeks after a treatment against the four before. A running cycle without it is not counted yet; an
    ended one without it leaves both unknown.
    """
    reviews = [_review(cycle) for cycle in cycles]
    if reviews and reviews[-1] is None and not cycles[-1].is_closed:
        reviews.pop()
    if not reviews or reviews[-1] is None:
        return {}
    fall = _fall(reviews[-1], cycles[len(reviews) - 1].response)
    return {"cycles_reviewed": len(reviews), "review_fall_percent": fall}


def _review(cycle: JudgedCycle) -> Change | None:
    first = cycle.review_from
    return next((change for change in cycle.response.changes if change.day >= first), None)


def _fall(change: Change | None, response: Response) -> Decimal | None:
    """In percent, to the tenth below, so that a fall short of a limit never reads as having reached it."""
    percent = None if change is None else exact_percent(change.points, response.baseline)
    return None if percent is None else Decimal(percent * TENTHS // 1).scaleb(-1)


def _decidable(cycles: Sequence[JudgedCycle]) -> list[JudgedCycle]:
    """The cycles newest first, without a running one of which it is too early to speak."""
    newest_first = list(reversed(cycles))
    if newest_first and not newest_first[0].is_closed and newest_first[0].responded is Answer.UNKNOWN:
        return newest_first[1:]
    return newest_first


def _lost(answers: Sequence[Answer]) -> bool | None:
    """An earlier cycle responded and neither of the last two did."""
    recent, earlier = answers[:RECENT_CYCLES], answers[RECENT_CYCLES:]
    if Answer.MET in recent or not earlier:
        return False
    if Answer.UNKNOWN in recent:
        return None
    if Answer.MET in earlier:
        return True
    return None if Answer.UNKNOWN in earlier else False


def _is_free(cycle: JudgedCycle, instrument: Instrument) -> bool | None:
    """The latest score of the cycle is the best that the scale has: no pain, no spasm, no headache."""
    latest = cycle.response.latest
    best_end = instrument.low if instrument.higher_is_worse else instrument.high
    return None if latest is None else latest.total == best_end


def _run(claims: Iterable[bool | None]) -> int | NoLessThan:
    """How many claims hold before the first that does not; a lower bound where that one is not known."""
    listed = list(claims)
    length = len(list(takewhile(lambda claim: claim is True, listed)))
    is_cut = length < len(listed) and listed[length] is None
    return NoLessThan(number=length) if is_cut else length
