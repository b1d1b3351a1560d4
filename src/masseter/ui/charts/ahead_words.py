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

Line = Sequence[tuple[int, Decimal]]


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
        off = told.wear_off
        said.append(
            _("Likely to wear off between %(first)s and %(last)s.")
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
    told = shown.forecast
    if told is None:
        return
    for words, day in (
        (_("Half of the part that wears off is there"), told.onset_on),
        (_("Best to be expected"), told.best_on),
        (_("Wear-off: one in ten earlier"), told.wear_off.first),
        (_("Wear-off: middle"), told.wear_off.middle),
        (_("Wear-off: one in ten later"), told.wear_off.last),
        *(((_("Earliest next date"), shown.earliest),) if shown.earliest is not None else ()),
    ):
        yield str((day - shown.given_on).days), "", f"{words}, {day_words(day)}"
    for band in told.bands:
        yield str(band.day), number_words(band.middle), _band_words(band, shown)


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
    keys += [Key(mark="wear-off", words=_("Wear-off, eight of ten"))] if shown.forecast is not None else []
    keys += [Key(mark="treatment", words=_("Earliest next date"))] if shown.earliest is not None else []
    keys += [Key(mark="gap", words=_("No entries"))] if shown.gaps else []
    return tuple(keys)
