"""The patient's diary, questionnaires and results."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, ClassVar

from django import forms
from django.urls import reverse

from masseter.journey.audit.actions import log_opening
from masseter.journey.consult.models import Case
from masseter.journey.consult.queries import case_of, cases_of
from masseter.journey.ground import clock
from masseter.journey.ground.refusals import NotHere
from masseter.journey.ground.rights import Right
from masseter.journey.people.models import Patient
from masseter.journey.people.queries import own_record
from masseter.journey.results import queries
from masseter.journey.results.actions import BACK_FILL_DAYS, add_score, instrument_for, write_diary
from masseter.journey.results.models import DiaryEntry
from masseter.knowledge.load import load
from masseter.knowledge.model import Instrument
from masseter.ui.charts.draw import Chart
from masseter.ui.courses import BandNote, band_note, chart_of, latest_words, plain_response, window_words
from masseter.ui.forms import parse_day
from masseter.ui.instruments import DiaryForm, ScoreForm, diary_initial
from masseter.ui.pages import Context, FormPage, Page


class OwnCases(Page):
    """A page about the open cases of the patient who is signed in."""

    right: ClassVar = Right.OWN_CARE
    page_name: ClassVar[str]
    patient: Patient
    cases: list[Case]

    def load(self) -> None:
        self.patient = own_record(self.by)
        self.cases = [one for one in cases_of(self.by, self.patient) if one.state == Case.State.OPEN]
        if self.request.method in ("GET", "HEAD"):
            log_opening(by=self.by, patient=self.patient, page=self.page_name)


@dataclass(frozen=True, kw_only=True)
class DayLink:
    """One day that may be filled in."""

    day: date
    words: str
    is_chosen: bool
    is_filled: bool


class MyDiaryView(OwnCases, FormPage):
    """Today in two taps; up to a week may be filled in later (`?day=`, `?case=`)."""

    template = "portal/results/diary.html"
    page_name = "My diary"
    form_class = DiaryForm
    success = "Saved. Thank you."
    case: Case | None
    day: date

    def load(self) -> None:
        super().load()
        chosen = self.request.GET.get("case", "")
        if chosen:
            if not chosen.isdecimal():
                raise NotHere("There is no such record.")
            self.case = case_of(self.by, int(chosen))
        else:
            self.case = self.cases[0] if self.cases else None
        self.day = _day(self.request.GET.get("day", ""), clock.today(self.by.zone))

    def form_options(self) -> dict[str, Any]:
        condition = self.case.condition if self.case is not None else next(iter(load().conditions))
        return {"condition": condition, "plain": True}

    def subject(self) -> DiaryEntry | None:
        return queries.entry_of(self.case, self.day) if self.case is not None else None

    def initial(self) -> dict[str, Any]:
        entry = self.subject()
        return {**diary_initial(entry.values), "note": entry.note} if entry is not None else {}

    def act(self, form: forms.Form) -> str:
        assert isinstance(form, DiaryForm)
        if self.case is None:
            raise NotHere("There is no diary yet.")
        note = form.cleaned_data["note"]
        write_diary(by=self.by, case=self.case, day=self.day, values=form.values(), note=note)
        return f"{reverse('my_diary')}?case={self.case.pk}"

    def context(self) -> Context:
        diary = queries.diary_of(self.case) if self.case is not None else []
        return {
            "patient": self.patient,
            "case": self.case,
            "cases": _case_links(self.cases, self.case),
            "days": self._days({entry.day for entry in diary}),
            "day": self.day,
            "is_today": self.day == clock.today(self.by.zone),
            "back_days": BACK_FILL_DAYS,
            "recorded": len(diary),
        }

    def _days(self, filled: set[date]) -> list[DayLink]:
        today = clock.today(self.by.zone)
        names = {today: "Today", today - timedelta(days=1): "Yesterday"}
        days = [today - timedelta(days=back) for back in range(BACK_FILL_DAYS + 1)]
        return [
            DayLink(
                day=day,
                words=names.get(day, f"{day:%A}"),
                is_chosen=day == self.day,
                is_filled=day in filled,
            )
            for day in days
        ]


@dataclass(frozen=True, kw_only=True)
class ScoreLink:
    """One questionnaire that the patient may fill in."""

    name: str
    measures: str
    latest: str
    hint: str
    url: str


class MyScoresView(OwnCases):
    """The questionnaires of the patient's conditions."""

    template = "portal/results/scores.html"
    page_name = "My questionnaires"

    def context(self) -> Context:
        groups = [(load().conditions[case.condition].plain_name, self._links(case)) for case in self.cases]
        return {"patient": self.patient, "groups": groups}

    def _links(self, case: Case) -> list[ScoreLink]:
        today, known = clock.today(self.by.zone), load()
        scores, diary = queries.all_scores_of(case), queries.diary_of(case)
        treatments = queries.treatment_days(case)
        links = []
        for code in known.conditions[case.condition].instruments:
            instrument = known.instruments[code]
            if instrument.asked_of != "patient" or instrument.total_only:
                continue
            course = queries.course_of(
                case, instrument, today=today, scores=scores, diary=diary, treatments=treatments
            )
            is_diary = instrument.source_of_score != "entered"
            add = reverse("my_score_add", args=[case.pk, code])
            links.append(
                ScoreLink(
                    name=instrument.name,
                    measures=instrument.measures,
                    latest=latest_words(course),
                    hint=window_words(course),
                    url=f"{reverse('my_diary')}?case={case.pk}" if is_diary else add,
                )
            )
        return links


class MyScoreView(FormPage):
    """Fill in one questionnaire."""

    right: ClassVar = Right.OWN_CARE
    template = "portal/results/score.html"
    form_class = ScoreForm
    success = "Saved. Thank you."
    case: Case
    instrument: Instrument

    def load(self) -> None:
        self.case = case_of(self.by, int(self.kwargs["case"]))
        self.instrument = instrument_for(self.by, self.case, str(self.kwargs["instrument"]))
        if self.request.method in ("GET", "HEAD"):
            log_opening(by=self.by, patient=self.case.patient, page="My questionnaire")

    def form_options(self) -> dict[str, Any]:
        return {"instrument": self.instrument, "for_staff": False}

    def initial(self) -> dict[str, Any]:
        return {"day": clock.today(self.by.zone)}

    def act(self, form: forms.Form) -> str:
        assert isinstance(form, ScoreForm)
        day = form.cleaned_data["day"]
        code = self.instrument.code
        add_score(by=self.by, case=self.case, instrument=code, day=day, answers=form.answers())
        return reverse("my_scores")

    def context(self) -> Context:
        return {"case": self.case, "instrument": self.instrument}


@dataclass(frozen=True, kw_only=True)
class OwnResult:
    """The result of one condition in plain words, with its picture."""

    name: str
    measure: str
    lower_is_better: bool
    sentences: list[str]
    chart: Chart | None
    band: BandNote | None
    hint: str
    add_url: str


class MyResultsView(OwnCases):
    """Is it working: the main measure of each condition in plain words."""

    template = "portal/results/results.html"
    page_name = "My results"

    def context(self) -> Context:
        return {"patient": self.patient, "results": [self._result(case) for case in self.cases]}

    def _result(self, case: Case) -> OwnResult:
        today = clock.today(self.by.zone)
        condition, instrument = load().conditions[case.condition], queries.main_instrument(case)
        diary = queries.diary_of(case)
        course = queries.course_of(case, instrument, today=today, diary=diary)
        by_diary = instrument.source_of_score != "entered"
        may_score = instrument.asked_of == "patient" and not by_diary and not instrument.total_only
        add = reverse("my_score_add", args=[case.pk, instrument.code])
        return OwnResult(
            name=condition.plain_name,
            measure=instrument.name,
            lower_is_better=instrument.higher_is_worse,
            sentences=plain_response(instrument, queries.response_in(case, course)),
            chart=chart_of(
                condition.code,
                course,
                title=f"{condition.plain_name}: your course",
                recent=True,
                today=today,
                diary=diary,
            ),
            band=band_note(condition.code, course),
            hint=window_words(course),
            add_url=add if may_score else f"{reverse('my_diary')}?case={case.pk}",
        )


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
