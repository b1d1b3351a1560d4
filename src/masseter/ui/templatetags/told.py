"""Template tags for what is told in the reader's language: days, times, telephone numbers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from masseter.ui.languages import days

register = template.Library()


def _of_a_day(write: Callable[..., str]) -> Callable[[date | datetime | None], str]:
    return lambda day: write(day) if day else ""


register.filter("day", _of_a_day(days.day_words))
register.filter("month_day", _of_a_day(days.month_day_words))
register.filter("weekday", _of_a_day(days.weekday_words))
register.filter("day_time", _of_a_day(days.day_time_words))
register.filter("weekday_time", _of_a_day(days.weekday_time_words))


@register.simple_tag
def phone(number: str, css: str = "") -> SafeString:
    """`{% phone clinic.phone "fw-bold" as phone_call %}`: a number to press, for use in a sentence."""
    return format_html('<a class="{}" href="tel:{}">{}</a>', css, number, number)
