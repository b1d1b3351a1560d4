"""Days and times of day in words, as choices and as a sentence."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.utils.dates import WEEKDAYS
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from masseter.ui.languages.days import day_words
from masseter.ui.languages.lists import listed, listed_apart

PARTS = {
    "morning": gettext_lazy("Mornings, before 12:00"),
    "afternoon": gettext_lazy("Afternoons, 12:00 to 17:00"),
    "evening": gettext_lazy("From 17:00"),
}


def weekday_choices() -> list[tuple[str, str]]:
    """Monday to Sunday as '0' to '6'."""
    return [(str(number), capfirst(str(name))) for number, name in WEEKDAYS.items()]


def part_choices() -> list[tuple[str, str]]:
    """The parts of the day that core knows."""
    return [(code, str(name)) for code, name in PARTS.items()]


def suits_words(days: Collection[int], parts: Collection[str], first: date | None) -> str:
    """Which times suit, in words."""
    told = [listed(WEEKDAYS[one] for one in sorted(days)) if days else _("any day")]
    told.append(listed_apart(str(PARTS[one]).lower() for one in PARTS if one in parts) or _("any time"))
    if first is not None:
        told.append(_("not before %(day)s") % {"day": day_words(first)})
    return listed_apart(told)
