"""'Has it worn off?' as a form and as lines, for patients and for staff."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from masseter.journey.results.models import WearOffTold
from masseter.ui.forms import OneField
from masseter.ui.languages.days import day_words

ANSWERS = (
    ("still", gettext_lazy("It still works: at least half of the best benefit is there")),
    ("worn_off", gettext_lazy("It has worn off: less than half is left")),
    ("never", gettext_lazy("It never helped")),
    ("unsure", gettext_lazy("I cannot tell")),
)
# Days back; a day that is remembered by the week is not asked more closely.
SINCE = (
    ("0", gettext_lazy("The last few days")),
    ("7", gettext_lazy("About 1 week ago")),
    ("14", gettext_lazy("About 2 weeks ago")),
    ("21", gettext_lazy("About 3 weeks ago")),
    ("28", gettext_lazy("About 4 weeks ago")),
    ("42", gettext_lazy("About 6 weeks ago")),
    ("56", gettext_lazy("About 8 weeks ago or longer")),
)


class WearOffForm(forms.Form):
    """Whether the effect is still there, and since about when it is not."""

    answer = OneField(label=gettext_lazy("Is it still there?"), choices=ANSWERS)
    since = OneField(label=gettext_lazy("Since about when?"), choices=SINCE, required=False)

    def __init__(
        self, *args: Any, today: date, treated_on: date | None = None, **options: Any
    ) -> None:  # Any: as Django's own signature
        super().__init__(*args, **options)
        self.today = today
        # Only what lies after the treatment can be meant.
        longest = (today - treated_on).days if treated_on is not None else None
        self.fields["since"].choices = [  # type: ignore[attr-defined]  # a choice field
            (days, words) for days, words in SINCE if longest is None or int(days) < longest
        ]

    def clean(self) -> dict[str, Any]:  # Any: as Django's own signature
        data = super().clean() or self.cleaned_data
        if data.get("answer") == "worn_off" and not data.get("since") and "since" not in self.errors:
            self.add_error("since", _("Say since about when."))
        return data

    def worn_off_on(self) -> date | None:
        """The day of wear-off; None where it has not worn off."""
        if self.cleaned_data["answer"] != "worn_off":
            return None
        return self.today - timedelta(days=int(self.cleaned_data["since"]))


def since_words(since: date, told_on: date, words_of: Callable[[date], str] = day_words) -> str:
    """The day of wear-off as it was told: the longest answer, 'or longer', names no day but a latest one."""
    day = words_of(since)
    is_latest = (told_on - since).days >= int(SINCE[-1][0])
    return _("%(day)s or earlier") % {"day": day} if is_latest else day


@dataclass(frozen=True, kw_only=True)
class SaidRow:
    """One answer as a line; `since`: the day of wear-off in words, or nothing."""

    day: date
    treated_on: date
    answer: str
    since: str
    by: str
    is_by_staff: bool


def said_rows(rows: Iterable[WearOffTold]) -> list[SaidRow]:
    """The answers, the newest first."""
    words = {code: str(label) for code, label in ANSWERS}
    found = [
        SaidRow(
            day=row.day,
            treated_on=row.treated_on,
            answer=words[row.answer],
            since=since_words(row.worn_off_on, row.day) if row.worn_off_on is not None else "",
            by=row.by_name,
            is_by_staff=row.entered_by == "staff",
        )
        for row in rows
    ]
    return found[::-1]
