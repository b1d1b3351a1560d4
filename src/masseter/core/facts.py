"""Facts: what is known about one patient, one observation to each code."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import Enum

from masseter.knowledge.model import ObservationType

NONE_CHOSEN = "none"  # the choice 'none of these': stands alone and counts as nothing
HAD_TOXIN, LAST_TOXIN = "had_toxin_before", "last_toxin_on"
EFFECTS_FELT = "effects_felt"  # unwanted effects that an earlier treatment had in this patient
COMPUTED = "computed"  # who reported a derived observation


class NotApplicable(Enum):
    """The value of a question that does not apply, because the one that it hangs on was answered no."""

    NOT_APPLICABLE = "not_applicable"


NOT_APPLICABLE = NotApplicable.NOT_APPLICABLE


@dataclass(frozen=True, kw_only=True)
class NoLessThan:
    """A number of which only the lower bound is known, e.g. an effect that has not worn off yet."""

    number: int

    def __str__(self) -> str:
        return f"at least {self.number}"


ObservationValue = bool | int | Decimal | str | tuple[str, ...] | date | NoLessThan | NotApplicable | None


@dataclass(frozen=True, kw_only=True)
class Observation:
    """One fact about a patient; the value None says that it was asked and is not known.

    `is_stale`: the answer is older than knowledge lets it hold; see `mark_stale`.
    """

    code: str
    value: ObservationValue
    observed_on: date | None = None
    reported_by: str = ""
    unit: str = ""
    is_stale: bool = False


Facts = Mapping[str, Observation]


def fact(
    code: str,
    value: ObservationValue,
    *,
    observed_on: date | None = None,
    reported_by: str = COMPUTED,
    unit: str = "",
) -> Observation:
    """One observation that the caller has already checked or computed."""
    return Observation(code=code, value=value, observed_on=observed_on, reported_by=reported_by, unit=unit)


def latest_facts(observations: Iterable[Observation]) -> dict[str, Observation]:
    """The newest observation of each code; on the same day the later in the sequence.

    A newer 'not known' replaces an older answer: what was true then may not be true now.
    """
    newest: dict[str, Observation] = {}
    for observation in observations:
        held = newest.get(observation.code)
        if held is None or _day(observation) >= _day(held):
            newest[observation.code] = observation
    return newest


def mark_stale(facts: Facts, types: Mapping[str, ObservationType], today: date) -> dict[str, Observation]:
    """The facts, those marked that are too old on `today` for what they say to be still so.

    Only an answer with a day and a period (`valid_days`) grows stale; it holds to the period's last day.
    """
    return {code: _aged(known, is_too_old(known, types.get(code), today)) for code, known in facts.items()}


def _aged(known: Observation, is_stale: bool) -> Observation:
    return known if known.is_stale is is_stale else replace(known, is_stale=is_stale)


def is_too_old(known: Observation, type_: ObservationType | None, today: date) -> bool:
    """The answer was given longer ago than its kind holds."""
    if type_ is None or type_.valid_days is None or known.observed_on is None or known.value is None:
        return False
    return (today - known.observed_on).days > type_.valid_days.value


def only_fresh(facts: Facts) -> Facts:
    """The facts, with what is too old as not known."""
    if not any(known.is_stale for known in facts.values()):
        return facts
    return {code: replace(known, value=None) if known.is_stale else known for code, known in facts.items()}


def as_recorded(facts: Facts) -> dict[str, Observation]:
    """The facts as they were told, whatever their age: for judging a result, not for giving toxin."""
    return {code: replace(known, is_stale=False) for code, known in facts.items()}


def derive_facts(
    *,
    today: date,
    birth_date: date | None = None,
    toxin_dates: Iterable[date] | None = None,
    treatment_dates: Iterable[date] | None = None,
) -> dict[str, Observation]:
    """What follows from dates alone: age, days since the last toxin and treatment, cycles given.

    `toxin_dates`: every toxin treatment on record, wherever given. `treatment_dates`: those of this
    condition given here. None says that the history is not known, an empty one that there was none.
    Dates after today do not count yet. A toxin on record wins over an answer that there was none.
    Units: whole days, completed years.
    """
    derived: dict[str, Observation] = {}
    if birth_date is not None and birth_date <= today:
        derived["age_years"] = fact("age_years", age_in_years(birth_date, today), observed_on=today, unit="a")
    if toxin_dates is not None:
        derived["days_since_last_toxin"] = since = _days_since("days_since_last_toxin", toxin_dates, today)
        if since.value is not NOT_APPLICABLE:
            derived[HAD_TOXIN] = fact(HAD_TOXIN, True, observed_on=today)
    if treatment_dates is not None:
        given = [day for day in treatment_dates if day <= today]
        derived["days_since_treatment"] = _days_since("days_since_treatment", given, today)
        derived["cycles_given"] = fact("cycles_given", len(given), observed_on=today)
    return derived


def without_old_none(facts: Facts, given_on: Iterable[date]) -> Facts:
    """The facts; that no treatment had an unwanted effect says nothing of one that was given since."""
    told = facts.get(EFFECTS_FELT)
    if told is None or told.value != (NONE_CHOSEN,) or told.observed_on is None:
        return facts
    if all(day <= told.observed_on for day in given_on):
        return facts
    return {**facts, EFFECTS_FELT: replace(told, value=None)}


def known_history(dates: Iterable[date], facts: Facts) -> list[date] | None:
    """Every known day of a toxin treatment, also as answered; None where it is not known if there was one."""
    listed, told = list(dates), day_told(facts)
    if told is not None and told not in listed:
        listed.append(told)
    if listed:
        return listed
    had = facts.get(HAD_TOXIN)
    return [] if had is not None and had.value is False else None


def day_told(facts: Facts) -> date | None:
    """The day of the last toxin treatment as it was answered, where it was."""
    told = facts.get(LAST_TOXIN)
    return told.value if told is not None and isinstance(told.value, date) else None


def age_in_years(birth_date: date, today: date) -> int:
    """Completed years of life; someone born on 29 February has a birthday on 1 March in other years."""
    had_birthday = (today.month, today.day) >= (birth_date.month, birth_date.day)
    return today.year - birth_date.year - (0 if had_birthday else 1)


def _days_since(code: str, days: Iterable[date], today: date) -> Observation:
    past = [day for day in days if day <= today]
    if not past:
        return fact(code, NOT_APPLICABLE, observed_on=today)
    return fact(code, (today - max(past)).days, observed_on=today, unit="d")


def _day(observation: Observation) -> date:
    return observation.observed_on or date.min
