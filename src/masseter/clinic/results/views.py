"""Results of a case: the course over all cycles, the scores, the diary."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from masseter.clinic.people.chart import CasePage
from masseter.clinic.people.forms import ReasonForm
from masseter.clinic.results.ahead import ahead_of
from masseter.clinic.results.presenters import courses_of, diary_table, instrument_rows, score_rows
from masseter.journey.ground import clock
from masseter.journey.ground.refusals import NotHere
from masseter.journey.ground.rights import Right
from masseter.journey.results import queries
from masseter.journey.results.actions import add_score, instrument_for, withdraw_score, write_diary
from masseter.journey.results.goal_actions import goals_of
from masseter.journey.results.models import DiaryEntry, Score
from masseter.journey.results.wear_offs import said_of
from masseter.knowledge.load import load
from masseter.knowledge.model import Instrument
from masseter.ui.courses import (
    RECENT_CYCLES,
    band_note,
    chart_of,
    cycle_rows,
    lacks_band,
    share_words,
)
from masseter.ui.instruments import (
    DiaryDayForm,
    DiaryForm,
    ScoreForm,
    alarms_in,
    diary_initial,
    items_of,
    total_words,
)
from masseter.ui.pages import Context, FormPage
from masseter.ui.wear_offs import said_rows

LOOK = "look"


class ResultsView(CasePage):
    """The course of one measure (`?measure=`, else the main one) with everything beside it."""

    right: ClassVar = Right.SEE_CHART
    template = "clinic/results/results.html"
    page_name = "Results"
    shown: str

    def load(self) -> None:
        super().load()
        condition = load().conditions[self.case.condition]
        self.shown = self.request.GET.get("measure", "") or condition.main_measure
        if self.shown not in condition.instruments:
            raise NotHere("There is no such measure.")

    def context(self) -> Context:
        today = clock.today(self.by.zone)
        scores, diary = queries.all_scores_of(self.case), queries.diary_of(self.case)
        treatments = queries.treatment_days(self.case)
        courses = courses_of(self.case, scores, diary, treatments, today)
        course = courses[self.shown]
        condition = load().conditions[self.case.condition]
        recent = "all" not in self.request.GET
        response, said = queries.response_in(self.case, course), said_of(self.case)
        return {
            **super().context(),
            "instrument": course.instrument,
            "is_main": self.shown == condition.main_measure,
            "response": response,
            "best_words": share_words(response.best),
            "latest_words": share_words(response.latest),
            "lacks_band": lacks_band(condition.code, course.instrument),
            "response_percent": condition.response_percent.value,
            "chart": chart_of(
                condition.code,
                course,
                title=course.instrument.name,
                recent=recent,
                today=today,
                diary=diary,
            ),
            "band": band_note(condition.code, course),
            "cycles": cycle_rows(condition, course)[: RECENT_CYCLES if recent else None],
            "all_cycles": len(treatments),
            "hidden_cycles": max(len(treatments) - RECENT_CYCLES, 0),
            "is_recent": recent,
            "rows": instrument_rows(self.case, courses, self.shown),
            "scores": score_rows(scores),
            "diary": diary_table(self.case, diary, today),
            "has_treatment": bool(treatments),
            "ahead": ahead_of(self.by, self.case, course, diary, said, today),
            "said": said_rows(said),
            "goals": goals_of(self.case),
        }


class DiaryView(CasePage, FormPage):
    """Write one day of the diary for the patient (`?day=`, else today); a day that is there is changed."""

    right: ClassVar = Right.RECORD_RESULTS
    template = "clinic/results/diary.html"
    page_name = "Diary"
    form_class = DiaryForm
    success = "The day is in the diary."
    asked: DiaryDayForm
    day: date | None

    def load(self) -> None:
        super().load()
        today = clock.today(self.by.zone)
        is_asked = "day" in self.request.GET
        self.asked = DiaryDayForm(self.request.GET if is_asked else None, initial={"day": today}, today=today)
        self.day = today
        if is_asked:
            self.day = self.asked.cleaned_data["day"] if self.asked.is_valid() else None
        if self.day is None and self.request.method == "POST":
            raise NotHere("There is no such day.")

    def subject(self) -> DiaryEntry | None:
        return queries.entry_of(self.case, self.day) if self.day else None

    def form_options(self) -> dict[str, Any]:
        return {"condition": self.case.condition, "chosen": queries.chosen_of(self.case)}

    def initial(self) -> dict[str, Any]:
        entry = self.subject()
        return {**diary_initial(entry.values), "note": entry.note} if entry else {}

    def act(self, form: forms.Form) -> str:
        assert isinstance(form, DiaryForm)
        assert self.day is not None
        note = form.cleaned_data["note"]
        write_diary(by=self.by, case=self.case, day=self.day, values=form.values(), note=note)
        return f"{reverse('diary_add', args=[self.case.pk])}?day={self.day}"

    def context(self) -> Context:
        today = clock.today(self.by.zone)
        return {
            **super().context(),
            "diary": diary_table(self.case, queries.diary_of(self.case), today),
            "asked": self.asked,
            "day": self.day,
            "entry": self.subject(),
            "form_has_errors": self.day is None,
        }


class AddScoreView(CasePage, FormPage):
    """Fill in one instrument."""

    right: ClassVar = Right.RECORD_RESULTS
    template = "clinic/results/score.html"
    page_name = "Score"
    form_class = ScoreForm
    success = "The score is on record."
    instrument: Instrument

    def load(self) -> None:
        super().load()
        self.instrument = instrument_for(self.by, self.case, str(self.kwargs["instrument"]))

    def form_options(self) -> dict[str, Any]:
        return {"instrument": self.instrument}

    def post(
        self, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> HttpResponse:  # Any: Django's signature
        if LOOK not in request.POST:
            return super().post(request, *args, **kwargs)
        # Nothing is saved: the page comes back with what was typed and its total so far.
        form = self.make_form(request.POST)
        assert isinstance(form, ScoreForm)
        form.is_valid()
        return self.show({**self._parts(form), "total": total_words(self.instrument, form.answers())})

    def initial(self) -> dict[str, Any]:
        is_first = not queries.treatment_days(self.case)
        return {"day": clock.today(self.by.zone), "is_baseline": is_first}

    def act(self, form: forms.Form) -> str:
        assert isinstance(form, ScoreForm)
        data = form.cleaned_data
        add_score(
            by=self.by,
            case=self.case,
            instrument=self.instrument.code,
            day=data["day"],
            answers=form.answers(),
            is_baseline=data["is_baseline"],
            note=data["note"],
        )
        for alarm in alarms_in(form):
            messages.error(self.request, f"Do not let this person go unseen. {alarm.sentence}")
        return f"{reverse('results', args=[self.case.pk])}?measure={self.instrument.code}"

    def show(self, more: Context, status: int = 200) -> HttpResponse:
        return super().show({**more, "alarms": alarms_in(more["form"])}, status)

    def context(self) -> Context:
        return {
            **super().context(),
            "instrument": self.instrument,
            "is_long": len(items_of(self.instrument)) > 1,
        }


class WithdrawScoreView(CasePage, FormPage):
    """Take back a score that is wrong."""

    right: ClassVar = Right.RECORD_RESULTS
    template = "clinic/results/withdraw.html"
    page_name = "Score taken back"
    form_class = ReasonForm
    success = "The score is taken back."
    score: Score

    def load(self) -> None:
        self.score = queries.score_of(self.by, int(self.kwargs["score"]))
        self.case, self.patient = self.score.case, self.score.patient

    def act(self, form: forms.Form) -> str:
        withdraw_score(by=self.by, score=self.score, reason=form.cleaned_data["reason"])
        return reverse("results", args=[self.case.pk])

    def context(self) -> Context:
        return {**super().context(), "score": score_rows([self.score])[0]}
