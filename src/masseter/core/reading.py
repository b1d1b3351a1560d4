"""From what was typed to an observation: read once, with a sentence that helps when it cannot be.

Numbers: ASCII digits with a decimal point or a decimal comma, no other marks. A mark followed by
exactly three digits after a whole number, as in 1.000 or 1,000, could mean thousands and is refused.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from masseter.core.facts import NONE_CHOSEN, Observation, ObservationValue
from masseter.core.questions import ObservationTypes, type_of
from masseter.core.sentences import said
from masseter.knowledge.model import ObservationType

WHOLE = re.compile(r"-?[0-9]{1,9}", re.ASCII)
NUMBER = re.compile(r"-?[0-9]{1,9}(?:[.,][0-9]{1,6})?", re.ASCII)
THOUSANDS = re.compile(r"-?[1-9][0-9]{0,2}(?:[.,][0-9]{3})+", re.ASCII)
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", re.ASCII)
LONGEST_TEXT = 4000  # characters: what a page and a printed record can hold
YES_NO: Mapping[str, bool] = {"yes": True, "true": True, "no": False, "false": False}
NOT_KNOWN = frozenset({"", "unknown"})


class InvalidObservation(ValueError):
    """A value that cannot be right; `code` is the observation's, `sentence` is for the person."""

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(f"{code}: {sentence}")
        self.code = code
        self.sentence = sentence


@dataclass(frozen=True, kw_only=True)
class Reading:
    """What could be read of many values, and a sentence for each that could not."""

    facts: Mapping[str, Observation]
    problems: Mapping[str, str]


def read_facts(
    raw: Mapping[str, object],
    *,
    types: ObservationTypes,
    today: date,
    reported_by: str,
    observed_on: date | None = None,
    birth_date: date | None = None,
) -> Reading:
    """The observations in a mapping of code to raw value, with all problems at once.

    Raises: UnknownObservation for a code that no observation has.
    """
    facts: dict[str, Observation] = {}
    problems: dict[str, str] = {}
    for code, value in raw.items():
        try:
            facts[code] = read_observation(
                type_of(code, types),
                value,
                today=today,
                reported_by=reported_by,
                observed_on=observed_on,
                birth_date=birth_date,
            )
        except InvalidObservation as problem:
            problems[code] = problem.sentence
    return Reading(facts=facts, problems=problems)


def read_observation(
    type_: ObservationType,
    raw: object,
    *,
    today: date,
    reported_by: str,
    observed_on: date | None = None,
    birth_date: date | None = None,
) -> Observation:
    """One observation from what was typed or chosen; nothing typed, or 'unknown', is not known.

    Raises: InvalidObservation for a value that is impossible or cannot be read.
    """
    if "derived" in type_.asked_in:
        raise InvalidObservation(type_.code, said("This is computed and cannot be entered."))
    seen_on = observed_on or today
    _check_day(type_.code, seen_on, today=today, birth_date=birth_date)
    return Observation(
        code=type_.code,
        value=_read(type_, raw, today=today, birth_date=birth_date),
        observed_on=seen_on,
        reported_by=reported_by,
        unit=type_.unit,
    )


def _read(type_: ObservationType, raw: object, *, today: date, birth_date: date | None) -> ObservationValue:
    given = raw.strip() if isinstance(raw, str) else raw
    if given is None or (isinstance(given, str) and given in NOT_KNOWN and not _is_choice(type_, given)):
        return None
    if type_.kind == "boolean":
        return _boolean(type_.code, given)
    if type_.kind in ("integer", "decimal"):
        return _number(type_, given)
    if type_.kind == "choice":
        return _choice(type_, given)
    if type_.kind == "choices":
        return _choices(type_, given)
    if type_.kind == "date":
        return _date(type_.code, given, today=today, birth_date=birth_date)
    return _text(type_.code, given)


def _is_choice(type_: ObservationType, code: str) -> bool:
    return any(choice.code == code for choice in type_.choices)


def _boolean(code: str, given: object) -> bool:
    if isinstance(given, bool):
        return given
    if isinstance(given, str) and given.lower() in YES_NO:
        return YES_NO[given.lower()]
    raise InvalidObservation(code, said("Answer yes or no, or leave it open."))


def _number(type_: ObservationType, given: object) -> int | Decimal:
    number = _parsed(type_, given)
    low, high = type_.low, type_.high
    if (low is not None and number < low) or (high is not None and number > high):
        raise InvalidObservation(type_.code, _limits(type_))
    return int(number) if type_.kind == "integer" else number


def _parsed(type_: ObservationType, given: object) -> Decimal:
    if isinstance(given, int | Decimal) and not isinstance(given, bool):
        number = Decimal(given)
        if number.is_finite() and (type_.kind == "decimal" or number == number.to_integral_value()):
            return number
    if isinstance(given, str):
        if THOUSANDS.fullmatch(given):
            raise InvalidObservation(type_.code, said("Write the number without a mark for thousands."))
        pattern = WHOLE if type_.kind == "integer" else NUMBER
        if pattern.fullmatch(given):
            return Decimal(given.replace(",", "."))
    example = "12" if type_.kind == "integer" else "12.5"
    raise InvalidObservation(type_.code, said("Enter a number, such as %(example)s.", example=example))


def _limits(type_: ObservationType) -> str:
    low, high, unit = type_.low, type_.high, type_.unit
    if high is None:
        if not unit:
            return said("Enter a number of %(low)s or more.", low=low)
        return said("Enter a number of %(low)s %(unit)s or more.", low=low, unit=unit)
    if low is None:
        if not unit:
            return said("Enter a number of %(high)s or less.", high=high)
        return said("Enter a number of %(high)s %(unit)s or less.", high=high, unit=unit)
    if not unit:
        return said("Enter a number from %(low)s to %(high)s.", low=low, high=high)
    return said("Enter a number from %(low)s to %(high)s %(unit)s.", low=low, high=high, unit=unit)


def _choice(type_: ObservationType, given: object) -> str:
    if isinstance(given, str) and _is_choice(type_, given):
        return given
    raise InvalidObservation(type_.code, said("Choose one of the answers."))


def _choices(type_: ObservationType, given: object) -> tuple[str, ...] | None:
    if isinstance(given, str):
        given = (given,)
    if not isinstance(given, list | tuple | set | frozenset) or not all(
        code is None or isinstance(code, str) for code in given
    ):
        raise InvalidObservation(type_.code, said("Choose from the answers."))
    chosen = {code for code in given if code not in NOT_KNOWN or _is_choice(type_, code)}
    if not chosen:
        return None
    if any(not isinstance(code, str) or not _is_choice(type_, code) for code in chosen):
        raise InvalidObservation(type_.code, said("Choose from the answers."))
    if NONE_CHOSEN in chosen and len(chosen) > 1:
        raise InvalidObservation(type_.code, said("Choose 'none', or those that apply, not both."))
    return tuple(choice.code for choice in type_.choices if choice.code in chosen)


def _date(code: str, given: object, *, today: date, birth_date: date | None) -> date:
    day = given
    if isinstance(given, str):
        if not DAY.fullmatch(given):
            raise InvalidObservation(code, said("Enter a date as year-month-day, such as 2026-03-27."))
        try:
            day = date.fromisoformat(given)
        except ValueError:
            raise InvalidObservation(code, said("This day is not in the calendar.")) from None
    if type(day) is not date:
        raise InvalidObservation(code, said("Enter a date."))
    _check_day(code, day, today=today, birth_date=birth_date)
    return day


def _check_day(code: str, day: date, *, today: date, birth_date: date | None) -> None:
    if day > today:
        raise InvalidObservation(code, said("This date lies in the future."))
    if birth_date is not None and day < birth_date:
        raise InvalidObservation(code, said("This date lies before the date of birth."))


def _text(code: str, given: object) -> str:
    if not isinstance(given, str):
        raise InvalidObservation(code, said("Enter a text."))
    if len(given) > LONGEST_TEXT:
        raise InvalidObservation(code, said("Shorten the text to %(most)s characters.", most=LONGEST_TEXT))
    if any(not letter.isprintable() and letter not in "\n\r\t" for letter in given):
        raise InvalidObservation(code, said("The text holds signs that cannot be printed."))
    return given
