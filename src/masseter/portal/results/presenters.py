"""The diary in words for the person who writes it."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from masseter.journey.results.due import DiaryDue
from masseter.journey.results.models import DiaryEntry
from masseter.ui.languages.days import weekday_words

# How near a goal is, as the person says it.
STANDINGS = (
    ("not_yet", gettext_lazy("Not yet")),
    ("partly", gettext_lazy("Partly")),
    ("reached", gettext_lazy("Reached")),
    ("let_go", gettext_lazy("I let it go")),
)


def rhythm_words(due: DiaryDue, today: date) -> str:
    """How often the diary asks, why, and when next."""
    when = _next_words(due, today)
    return f"{_often_words(due)} {when}"


def late_words(entry: DiaryEntry, zone: str) -> str:
    """That a day was filled in later; empty where it was written on the day, or nobody knows when."""
    if entry.written_at is None:
        return ""
    late = (entry.written_at.astimezone(ZoneInfo(zone)).date() - entry.day).days
    if late < 1:
        return ""
    return ngettext("filled in %(count)d day later", "filled in %(count)d days later", late) % {"count": late}


def _often_words(due: DiaryDue) -> str:
    every = due.cadence.every_days
    if due.is_weekly:
        return _("Once a week is enough.")
    if due.cadence.reason == "days_counted":
        return _("Every day, if you can: your results are counted in days.")
    if due.cadence.reason == "before_treatment":
        return _("Every day until the treatment: it shows later what has changed.")
    if due.cadence.reason == "onset":
        return _("Every day for now: these are the weeks in which the effect begins.")
    if due.cadence.reason == "wear_off":
        for_now = ngettext(
            "Every day for now: in these weeks the effect may end.",
            "Every %(days)d days for now: in these weeks the effect may end.",
            every,
        )
        return for_now % {"days": every}
    enough = ngettext(
        "About every day is enough. More is welcome.",
        "About every %(days)d days is enough. More is welcome.",
        every,
    )
    return enough % {"days": every}


def _next_words(due: DiaryDue, today: date) -> str:
    if due.due_on == today:
        return _("Next: today.")
    return _("Next: %(day)s.") % {"day": weekday_words(due.due_on)}
