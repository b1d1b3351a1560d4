"""The total of an instrument from its answers, with the instrument's own rule for missing items."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from masseter.core.results.grading import grade_of
from masseter.core.sentences import said
from masseter.knowledge.model import Band, Instrument, Item

TOTAL = "total"  # the key under which a total is entered where the wording is licensed
TEN = 10  # 'mean times ten' is a method of scoring by that name

AnswerValue = Decimal | int | str | None


class InvalidAnswer(ValueError):
    """An answer that the instrument does not allow; `code` is the item's, `sentence` says why."""

    def __init__(self, code: str, sentence: str) -> None:
        super().__init__(f"{code}: {sentence}")
        self.code = code
        self.sentence = sentence


@dataclass(frozen=True, kw_only=True)
class Score:
    """One result of an instrument: the total, or the reason why there is none.

    `is_prorated`: missing items were taken to be like the mean of the answered ones.
    """

    instrument: str
    total: Decimal | None
    band: str
    missing: tuple[str, ...]
    is_prorated: bool
    reason: str = ""


def score(instrument: Instrument, answers: Mapping[str, AnswerValue]) -> Score:
    """The total of the answers, or none with the reason when too many are missing.

    An instrument that is counted from the diary may be entered too, e.g. from a diary on paper.
    Rounding: once, at the end, half up to the instrument's step; a single number is never rounded.
    Raises: InvalidAnswer for an unknown item, a value out of its range or between the steps.
    """
    values = values_of(instrument, answers)
    given = {code: value for code, value in values.items() if value is not None}
    missing = tuple(code for code, value in values.items() if value is None)
    if not given or len(missing) > instrument.max_missing:
        return _without_total(instrument, missing)
    total = round_to_step(_total(instrument, given, len(values)), instrument.step)
    return Score(
        instrument=instrument.code,
        total=total,
        band=band_of(instrument, total),
        missing=missing,
        is_prorated=bool(missing),
    )


def values_of(instrument: Instrument, answers: Mapping[str, AnswerValue]) -> dict[str, Decimal | None]:
    """What each item counts, None where it is missing.

    Raises: InvalidAnswer for an unknown item, a value out of its range or between the steps.
    """
    items = _items(instrument)
    _refuse_unknown(items, answers)
    return {item.code: _value(instrument, item, answers.get(item.code)) for item in items}


def score_of_total(instrument: Instrument, total: Decimal) -> Score:
    """A score whose total is already known, e.g. from the diary.

    Raises: InvalidAnswer for a total outside the scale.
    """
    checked = check_number(TOTAL, total, low=instrument.low, high=instrument.high)
    return Score(
        instrument=instrument.code,
        total=checked,
        band=band_of(instrument, checked),
        missing=(),
        is_prorated=False,
    )


def band_of(instrument: Instrument, total: Decimal) -> str:
    """The label of the band in which a total lies; empty where the instrument has none for it."""
    return band_in(instrument.bands, total)


def band_in(bands: tuple[Band, ...], total: Decimal) -> str:
    """The label of the band in which a total lies; empty where none holds it."""
    reached = [band for band in bands if band.low <= total]
    if not reached or total > max(band.high for band in bands):
        return ""
    nearest: Band = max(reached, key=lambda band: band.low)
    return nearest.label


def round_to_step(exact: Fraction, step: Decimal) -> Decimal:
    """The nearest multiple of the step, half upwards."""
    steps = exact / Fraction(step)
    whole = (2 * steps.numerator + steps.denominator) // (2 * steps.denominator)
    return Decimal(whole) * step


def check_number(code: str, value: Decimal, *, low: Decimal, high: Decimal) -> Decimal:
    """Accept a number within the range, both ends included.

    Raises: InvalidAnswer.
    """
    if not value.is_finite() or not low <= value <= high:
        raise InvalidAnswer(code, said("Enter a number from %(low)s to %(high)s.", low=low, high=high))
    return value


def _items(instrument: Instrument) -> tuple[Item, ...]:
    if instrument.items and not instrument.total_only:
        return instrument.items
    return (Item(code=TOTAL, label=instrument.measures, low=instrument.low, high=instrument.high),)


def _refuse_unknown(items: tuple[Item, ...], answers: Mapping[str, AnswerValue]) -> None:
    known = {item.code for item in items}
    for code in answers:
        if code not in known:
            raise InvalidAnswer(code, said("This question does not belong to the questionnaire."))


def _value(instrument: Instrument, item: Item, answer: AnswerValue) -> Decimal | None:
    if answer is None or answer == "":
        return None
    if isinstance(answer, str):
        return _choice_value(item, answer)
    if isinstance(answer, bool) or not isinstance(answer, int | Decimal):
        raise InvalidAnswer(item.code, said("Enter a number."))
    number = check_number(item.code, Decimal(answer), low=item.low, high=item.high)
    if _is_whole_scale(instrument, item) and number % instrument.step != 0:
        raise InvalidAnswer(item.code, said("Enter a number in steps of %(step)s.", step=instrument.step))
    return number


def _is_whole_scale(instrument: Instrument, item: Item) -> bool:
    """The item is the scale itself, so that its answer is the score."""
    return item.code == TOTAL or instrument.method == "single"


def _choice_value(item: Item, answer: str) -> Decimal:
    """What a chosen answer counts: its weight, or its place on the scale from the item's low end."""
    codes = [choice.code for choice in item.choices]
    if answer not in codes:
        raise InvalidAnswer(item.code, said("Choose one of the answers."))
    place = codes.index(answer)
    return item.weights[place] if item.weights else item.low + place


def _total(instrument: Instrument, given: Mapping[str, Decimal], items: int) -> Fraction:
    if instrument.grading is not None:
        return Fraction(grade_of(instrument, instrument.grading, given))
    return total_by(instrument.method, list(given.values()), items)


def total_by(method: str, given: list[Decimal], items: int) -> Fraction:
    """The exact total of the answers given, those missing taken to be like their mean."""
    mean = Fraction(sum(given)) / len(given)
    if method == "mean":
        return mean
    if method == "mean_times_ten":
        return mean * TEN
    return mean * items


def _without_total(instrument: Instrument, missing: tuple[str, ...]) -> Score:
    few, lacking = instrument.max_missing, len(missing)
    reason = said("No answer may be missing for a score; %(missing)s missing.", missing=lacking)
    if few:
        reason = said(
            "No more than %(few)s may be missing for a score; %(missing)s missing.", few=few, missing=lacking
        )
    return Score(
        instrument=instrument.code,
        total=None,
        band="",
        missing=missing,
        is_prorated=False,
        reason=reason,
    )
