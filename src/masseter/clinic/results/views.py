"""Results of a case: the course over all cycles, the scores, the diary."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from masseter.clinic.people.chart import CasePage
from masseter.clinic.people.forms import ReasonForm
from masseter.clinic.results.presenters import courses_of, diary_table, instrument_rows, score_rows
from masseter.journey.ground import clock
from masseter.journey.ground.refusals import NotHere
from masseter.journey.ground.rights import Right
from masseter.journey.results import queries
from masseter.journey.results.actions import add_score, instrument_for, withdraw_score, write_diary
from masseter.journey.results.models import Score
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
from masseter.ui.instruments import DiaryForm, ScoreForm, diary_initial, items_of, total_words
from masseter.ui.pages import Context, FormPage

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
        response = queries.response_in(self.case, course)
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
            "cycles": cycle_rows(condition, course),
            "hidden_cycles": max(len(treatments) - RECENT_CYCLES, 0),
            "is_recent": recent,
            "rows": instrument_rows(self.case, courses, self.shown),
            "scores": score_rows(scores),
            "diary": diary_table(self.case, diary, today),
            "has_treatment": bool(treatments),
        }


class DiaryView(CasePage, FormPage):
    """Write a day of the diary for the patient; a day that is there already is changed."""

    right: ClassVar = Right.RECORD_RESULTS
    template = "clinic/results/diary.html"
    page_name = "Diary"
    form_class = DiaryForm
    success = "The day is in the diary."

    def form_options(self) -> dict[str, Any]:
        return {"condition": self.case.condition}

    def initial(self) -> dict[str, Any]:
        today = clock.today(self.by.zone)
        entry = queries.entry_of(self.case, today)
        kept = {**diary_initial(entry.values), "note": entry.note} if entry else {}
        return {"day": today, **kept}

    def act(self, form: forms.Form) -> str:
        assert isinstance(form, DiaryForm)
        data = form.cleaned_data
        write_diary(by=self.by, case=self.case, day=data["day"], values=form.values(), note=data["note"])
        return reverse("diary_add", args=[self.case.pk])

    def context(self) -> Context:
        today = clock.today(self.by.zone)
        table = diary_table(self.case, queries.diary_of(self.case), today)
        return {**super().context(), "diary": table}


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
        return f"{reverse('results', args=[self.case.pk])}?measure={self.instrument.code}"

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
