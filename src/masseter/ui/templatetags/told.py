"""Template tags for what is told in the reader's language: days, times, telephone numbers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from masseter.ui.languages import days
from masseter.ui.languages import told as knowledge
from masseter.ui.languages.lists import comma_sign

register = template.Library()


def _of_a_day(write: Callable[..., str]) -> Callable[[date | datetime | None], str]:
    return lambda day: write(day) if day else ""


register.filter("day", _of_a_day(days.day_words))
register.filter("month_day", _of_a_day(days.month_day_words))
register.filter("weekday", _of_a_day(days.weekday_words))
register.filter("day_time", _of_a_day(days.day_time_words))
register.filter("weekday_time", _of_a_day(days.weekday_time_words))
register.filter("weekday_year", _of_a_day(days.weekday_year_words))


@register.filter
def told(text: object) -> str:
    """`{{ story.title|told }}`: a text of the knowledge in the reader's language."""
    return knowledge.told(text if isinstance(text, str) else str(text))


@register.filter
def words(text: object) -> str:
    """`{{ one.get_kind_display|words }}`: words of the program that are marked where they are kept."""
    return gettext(str(text))


@register.filter
def colon(word: object) -> str:
    """`{{ word|colon }}`: a word in front of what it names; French sets a space before the sign."""
    return gettext("%(word)s:") % {"word": word}


@register.filter
def bdi(name: object) -> SafeString:
    """`{{ clinic.name|bdi }}`: a name for use in a sentence, kept in its own direction."""
    return format_html("<bdi>{}</bdi>", name)


@register.simple_tag
def comma() -> str:
    """`{{ day }}{% comma %} {{ place }}`: the comma of the reader's language."""
    return comma_sign()


@register.simple_tag
def is_unreviewed() -> bool:
    """`{% is_unreviewed as it %}`: whether no professional has checked the translation of the page."""
    return knowledge.is_unreviewed()


@register.simple_tag
def fell_back() -> bool:
    """`{% fell_back as it %}`, at the foot of a page: whether some of it stands in English."""
    return knowledge.fell_back()


@register.simple_tag
def phone(number: str, css: str = "") -> SafeString:
    """`{% phone clinic.phone "fw-bold" as phone_call %}`: a number to press, for use in a sentence."""
    return format_html('<a class="{}" dir="ltr" href="tel:{}">{}</a>', css, number, number)
