"""The patient's diary: a day or a week in two taps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, ClassVar

from django import forms
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from masseter.journey.consult.models import Case
from masseter.journey.consult.queries import case_of
from masseter.journey.ground import clock
from masseter.journey.ground.refusals import NotHere
from masseter.journey.ground.rights import Right
from masseter.journey.results import queries
from masseter.journey.results.actions import BACK_FILL_DAYS, write_diary
from masseter.journey.results.before import before_treatment
from masseter.journey.results.diary import WEEK, may_be_weekly, symptoms_of
from masseter.journey.results.due import diary_due
from masseter.journey.results.models import DiaryEntry
from masseter.journey.results.wear_offs import asks_now, said_of
from masseter.knowledge.load import load
from masseter.knowledge.model import Condition
from masseter.portal.results.line import device_data
from masseter.portal.results.presenters import late_words, rhythm_words
from masseter.portal.results.views import OwnCases
from masseter.ui.forms import parse_day
from masseter.ui.instruments import DiaryForm, diary_initial
from masseter.ui.pages import Context, FormPage


@dataclass(frozen=True, kw_only=True)
class DayLink:
    """One day that may be filled in."""

    day: date
    words: str
    is_chosen: bool
    is_filled: bool
    late_words: str
    is_unsure: bool


# One press says headache and migraine of the day at once.
QUICK = {
    "none": {"headache": "no", "migraine": "no"},
    "headache": {"headache": "yes", "migraine": "no"},
    "migraine": {"headache": "yes", "migraine": "yes"},
}
QUICK_WORDS = (
    ("none", gettext_lazy("No headache")),
    ("headache", gettext_lazy("Headache")),
    ("migraine", gettext_lazy("Migraine")),
)


class MyDiaryView(OwnCases, FormPage):
    """Today in two taps; up to a week may be filled in later (`?day=`, `?case=`).

    `?every=week`: one entry for the last seven days, where the condition counts no single days;
    without it, as the diary was kept last.
    """

    right: ClassVar = (Right.OWN_CARE, Right.WRITE_OWN_DIARY)
    template = "portal/results/diary.html"
    page_name = "My diary"
    form_class = DiaryForm
    success = gettext_lazy("Saved. Thank you.")
    case: Case | None
    day: date
    may_be_weekly: bool
    is_weekly: bool
    chosen: list[str] | None

    def load(self) -> None:
        super().load()
        chosen = self.request.GET.get("case", "")
        if chosen:
            if not chosen.isdecimal():
                raise NotHere("There is no such record.")
            self.case = case_of(self.by, int(chosen))
        else:
            self.case = self.cases[0] if self.cases else None
        self.chosen = queries.chosen_of(self.case) if self.case is not None else None
        today = clock.today(self.by.zone)
        self.may_be_weekly = self.case is not None and may_be_weekly(self.condition)
        self.is_weekly = self.may_be_weekly and self._every() == "week"
        self.day = today if self.is_weekly else _day(self.request.GET.get("day", ""), today)

    @property
    def condition(self) -> Condition:
        """The condition that the diary is about; any where there is no case, only to have a form."""
        known = load().conditions
        return known[self.case.condition] if self.case is not None else next(iter(known.values()))

    @property
    def covers_days(self) -> int:
        return WEEK if self.is_weekly else 1

    def _every(self) -> str:
        said = self.request.POST.get("every", "") or self.request.GET.get("every", "")
        if said or self.case is None:
            return said
        newest = queries.newest_entry(self.case)
        return "week" if newest is not None and newest.covers_days == WEEK else "day"

    def make_form(
        self, data: Any = None, files: Any = None
    ) -> forms.Form:  # Any: as the page's own signature
        pressed = QUICK.get(data.get("quick", "")) if data is not None else None
        return super().make_form({**data.dict(), **pressed} if pressed else data, files)

    def form_options(self) -> dict[str, Any]:
        return {
            "condition": self.condition.code,
            "plain": True,
            "weekly": self.is_weekly,
            "chosen": self.chosen,
        }

    def subject(self) -> DiaryEntry | None:
        if self.case is None:
            return None
        return queries.entry_of(self.case, self.day, self.covers_days)

    def initial(self) -> dict[str, Any]:
        entry = self.subject()
        return {**diary_initial(entry.values), "note": entry.note} if entry is not None else {}

    def act(self, form: forms.Form) -> str:
        assert isinstance(form, DiaryForm)
        if self.case is None:
            raise NotHere(_("There is no diary yet."))
        note = form.cleaned_data["note"]
        write_diary(
            by=self.by,
            case=self.case,
            day=self.day,
            values=form.values(),
            note=note,
            covers_days=self.covers_days,
        )
        return f"{reverse('my_diary')}?case={self.case.pk}"

    def context(self) -> Context:
        diary = queries.diary_of(self.case) if self.case is not None else []
        today = clock.today(self.by.zone)
        return {
            **self._asked_beside(diary, today),
            "device": device_data(self.by, self.cases),
            "is_own": self.by.may(Right.OWN_CARE),
            "patient": self.patient,
            "case": self.case,
            "cases": _case_links(self.cases, self.case),
            "days": [] if self.is_weekly else self._days({entry.day: entry for entry in diary}),
            "may_be_weekly": self.may_be_weekly,
            "is_weekly": self.is_weekly,
            "covers_days": self.covers_days,
            "quick": self._quick(),
            "since": self.day - timedelta(days=WEEK - 1),
            "day": self.day,
            "is_today": self.day == today,
            "back_days": BACK_FILL_DAYS,
        }

    def _asked_beside(self, diary: list[DiaryEntry], today: date) -> Context:
        """How often the diary asks, and whether it asks for the end of the effect."""
        if self.case is None:
            return {}
        treatments = queries.treatment_days(self.case)
        newest = max(diary, key=lambda one: (one.day, one.covers_days), default=None)
        due = diary_due(self.case, today=today, treatments=treatments, newest=newest)
        asks = asks_now(self.case, said_of(self.case), treatments, today) if treatments else False
        return {
            "rhythm": rhythm_words(due, today) if due is not None else "",
            "before": before_treatment(self.case, today=today) if not treatments else None,
            "asks_wear_off": asks,
            "treated_on": treatments[-1] if treatments else None,
        }

    def _quick(self) -> list[dict[str, object]]:
        """The presses that answer and save at once, where headache and migraine are asked."""
        if {"headache", "migraine"} != set(self.chosen or symptoms_of(self.condition)):
            return []
        typed = self.initial()
        return [
            {"code": code, "words": words, "is_now": QUICK[code].items() <= typed.items()}
            for code, words in QUICK_WORDS
        ]

    def _days(self, filled: Mapping[date, DiaryEntry]) -> list[DayLink]:
        today = clock.today(self.by.zone)
        names = {today: _("Today"), today - timedelta(days=1): _("Yesterday")}
        days = [today - timedelta(days=back) for back in range(BACK_FILL_DAYS + 1)]
        return [
            DayLink(
                day=day,
                words=names.get(day) or date_format(day, "l"),
                is_chosen=day == self.day,
                is_filled=day in filled,
                late_words=late_words(filled[day], self.by.zone) if day in filled else "",
                is_unsure=day in filled and filled[day].is_day_unsure,
            )
            for day in days
        ]


def _day(text: str, today: date) -> date:
    try:
        return parse_day(text) if text else today
    except ValueError:
        return today


def _case_links(cases: list[Case], chosen: Case | None) -> list[dict[str, object]]:
    if len(cases) < 2:
        return []
    conditions = load().conditions
    return [
        {"name": conditions[one.condition].plain_name, "pk": one.pk, "is_chosen": one == chosen}
        for one in cases
    ]
