"""Days and times as the reader's language writes them."""

from __future__ import annotations

from datetime import date, datetime

from django.utils import formats, timezone
from django.utils.translation import get_language

from masseter.ui.languages.lists import listed

# The weekday stands before the day of the month in all of our languages.
_NO_YEAR = "MONTH_DAY_FORMAT"
# Django shortens the month in British English.
_WHOLE = {"en-gb": "j F Y"}


def day_words(day: date) -> str:
    """'3 March 2026', '3. März 2026', '3 de marzo de 2026'."""
    return formats.date_format(_local(day), _WHOLE.get(get_language() or "", "DATE_FORMAT"))


def month_day_words(day: date) -> str:
    """'3 March', '3. März'."""
    return formats.date_format(_local(day), _NO_YEAR)


def weekday_words(day: date) -> str:
    """'Tuesday, 3 March', 'Dienstag, 3. März'."""
    return listed([formats.date_format(_local(day), "l"), month_day_words(day)])


def weekday_year_words(day: date) -> str:
    """'Tuesday, 3 March 2026'."""
    return listed([formats.date_format(_local(day), "l"), day_words(day)])


def time_words(at: datetime) -> str:
    """'14:05', in the zone of the page."""
    return formats.date_format(_local(at), "H:i")


def day_time_words(at: datetime) -> str:
    """'3 March 2026, 14:05'."""
    return listed([day_words(at), time_words(at)])


def weekday_time_words(at: datetime) -> str:
    """'Tuesday, 3 March 2026, 14:05'."""
    return listed([formats.date_format(_local(at), "l"), day_time_words(at)])


def _local(day: date) -> date:
    return timezone.localtime(day) if isinstance(day, datetime) and timezone.is_aware(day) else day
