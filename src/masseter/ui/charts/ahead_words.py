"""What the picture of overlaid cycles shows, and the same in words: description, table and legend."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from masseter.core.results.forecast import DayBand, Forecast
from masseter.ui.charts.course import better_words, no_entries
from masseter.ui.charts.draw import Key
from masseter.ui.languages.days import day_words
from masseter.ui.languages.numbers import number_words
from masseter.ui.wear_offs import since_words

Line = Sequence[tuple[int, Decimal]]
LATEST_DRAWN = 224  # days after the treatment


@dataclass(frozen=True, kw_only=True)
class Lap:
    """One cycle: its number and its scores by day since its treatment."""

    number: int
    scores: Line


@dataclass(frozen=True, kw_only=True)
class Overlay:
    """What the picture shows. `gaps`: first and last day of the running cycle without entries."""

    title: str
    measure: str
    low: Decimal
    high: Decimal
    higher_is_worse: bool
    given_on: date
    laps: tuple[Lap, ...]
    baseline: Decimal | None
    today: int
    gaps: tuple[tuple[int, int], ...] = ()
    forecast: Forecast | None = None
    earliest: date | None = None

    @property
    def wearing(self) -> Forecast | None:
        """The forecast, where there is something to wear off; its days mean nothing else."""
        return self.forecast if self.forecast is not None and self.forecast.shows_wear_off else None

    @property
    def draws_earliest(self) -> bool:
        """Whether the earliest next date lies in the picture: toxin of another case can move it far out."""
        return self.earliest is not None and (self.earliest - self.given_on).days <= LATEST_DRAWN


def runs(numbers: Sequence[int]) -> str:
    """Numbers of cycles, those that follow on each other as one: '1, 3–7'."""
    found: list[list[int]] = []
    for number in sorted(numbers):
        if found and number == found[-1][-1] + 1:
            found[-1].append(number)
        else:
            found.append([number])
    return ", ".join(f"{one[0]}–{one[-1]}" if len(one) > 2 else ", ".join(map(str, one)) for one in found)


def describe(shown: Overlay) -> str:
    """What the picture shows, for those who do not see it."""
    said = [
        ngettext(
            "%(measure)s by days since the treatment, %(number)s cycle.",
            "%(measure)s by days since the treatment, %(number)s cycles.",
            len(shown.laps),
        )
        % {"measure": shown.measure, "number": len(shown.laps)},
        better_words(shown.higher_is_worse),
    ]
    if (told := shown.forecast) is not None:
        if told.shows_wear_off:
            off = told.wear_off
            over = told.worn_off_on is not None
            said.append(
                _("Worn off, by own word: %(day)s.")
                % {"day": since_words(off.middle, told.worn_off_told_on or off.middle)}
                if over
                else _("Likely to wear off between %(first)s and %(last)s.")
                % {"first": day_words(off.first), "last": day_words(off.last)}
            )
        if told.bands:
            last = told.bands[-1]
            said.append(
                _(
                    "On day %(day)s a score of %(middle)s is expected, eight of ten between %(low)s and "
                    "%(high)s."
                )
                % {
                    "day": last.day,
                    "middle": number_words(last.middle),
                    "low": number_words(last.most[0]),
                    "high": number_words(last.most[1]),
                }
            )
    if shown.earliest is not None:
        said.append(_("Earliest next date: %(day)s.") % {"day": day_words(shown.earliest)})
    return " ".join(said)


def rows(shown: Overlay) -> Iterable[tuple[str, ...]]:
    for lap in shown.laps:
        name = _("Cycle %(number)s") % {"number": lap.number}
        yield from ((str(day), number_words(value), name) for day, value in lap.scores)
    yield from ((str(first), "", no_entries(_("day %(day)s") % {"day": last})) for first, last in shown.gaps)
    for words, day in _turns(shown):
        yield str((day - shown.given_on).days), "", words
    for band in shown.forecast.bands if shown.forecast is not None else ():
        yield str(band.day), number_words(band.middle), _band_words(band, shown)


def _turns(shown: Overlay) -> Iterable[tuple[str, date]]:
    """What the picture marks, with its day in words."""
    if (told := shown.wearing) is not None:
        if (over := told.worn_off_on) is not None:
            since = since_words(over, told.worn_off_told_on or over)
            yield f"{_('Worn off, by own word')}, {since}", over
        else:
            yield from ((f"{words}, {day_words(day)}", day) for words, day in _expected(told))
    if shown.earliest is not None:
        yield f"{_('Earliest next date')}, {day_words(shown.earliest)}", shown.earliest


def _expected(told: Forecast) -> Iterable[tuple[str, date]]:
    yield _("Half of the part that wears off is there"), told.onset_on
    yield _("Best to be expected"), told.best_on
    yield _("Wear-off: one in ten earlier"), told.wear_off.first
    yield _("Wear-off: middle"), told.wear_off.middle
    yield _("Wear-off: one in ten later"), told.wear_off.last


def _band_words(band: DayBand, shown: Overlay) -> str:
    named = {"half": band.half, "most": band.most, "all": band.nearly_all}
    ends = {
        f"{name}_{end}": number_words(value)
        for name, both in named.items()
        for end, value in zip(("low", "high"), both, strict=True)
    }
    return _(
        "Forecast for %(day)s: of 100, 50 from %(half_low)s to %(half_high)s, 80 from %(most_low)s to "
        "%(most_high)s, 95 from %(all_low)s to %(all_high)s"
    ) % {"day": day_words(shown.given_on + timedelta(days=band.day)), **ends}


def _wear_off_key(shown: Overlay) -> str:
    is_told = shown.forecast is not None and shown.forecast.worn_off_on is not None
    return _("Worn off, by own word") if is_told else _("Wear-off, eight of ten")


def legend(shown: Overlay) -> tuple[Key, ...]:
    keys = [Key(mark="line", words=_("This cycle"))] if shown.laps and shown.laps[-1].scores else []
    keys += [Key(mark="earlier", words=_("Earlier cycles, by number"))] if len(shown.laps) > 1 else []
    keys += [Key(mark="before", words=_("Before the first treatment"))] if shown.baseline is not None else []
    if shown.forecast is not None and shown.forecast.bands:
        keys += [
            Key(mark="half", words=_("50 of 100 scores")),
            Key(mark="most", words=_("80 of 100")),
            Key(mark="nearly-all", words=_("95 of 100")),
        ]
    keys += [Key(mark="wear-off", words=_wear_off_key(shown))] if shown.wearing is not None else []
    keys += [Key(mark="treatment", words=_("Earliest next date"))] if shown.draws_earliest else []
    keys += [Key(mark="gap", words=_("No entries"))] if shown.gaps else []
    return tuple(keys)
