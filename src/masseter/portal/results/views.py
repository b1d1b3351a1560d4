"""The patient's diary, questionnaires and results."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from django import forms
from django.urls import reverse
from django.utils.translation import gettext

from masseter.core.results.forecast import Forecast
from masseter.journey.consult.models import Case
from masseter.journey.consult.queries import case_of, cases_of, elsewhere_of
from masseter.journey.ground import clock
from masseter.journey.ground.rights import Right
from masseter.journey.inject.models import Treatment
from masseter.journey.inject.queries import treatments_of
from masseter.journey.people.models import Patient
from masseter.journey.people.queries import own_record
from masseter.journey.results import queries
from masseter.journey.results.actions import add_score, instrument_for
from masseter.journey.results.forecasts import forecast_of
from masseter.journey.results.models import DiaryEntry
from masseter.knowledge.load import load
from masseter.knowledge.model import Instrument
from masseter.portal.follow_up.presenters import next_days
from masseter.portal.results.own import OwnDays, own_days
from masseter.ui.charts.draw import Chart
from masseter.ui.courses import (
    RECENT_CYCLES,
    BandNote,
    band_note,
    chart_of,
    lacks_band,
    latest_words,
    plain_response,
    window_words,
)
from masseter.ui.forecast import PLAIN_WHY_NONE, ForecastWords, plain_earliest, plain_forecast
from masseter.ui.instruments import ScoreForm, alarms_in
from masseter.ui.languages.told import told
from masseter.ui.overlay import overlay_of
from masseter.ui.pages import Context, FormPage
from masseter.ui.records import RecordPage


class OwnCases(RecordPage):
    """A page about the open cases of the patient who is signed in."""

    right: ClassVar[Right | tuple[Right, ...]] = Right.OWN_CARE
    patient: Patient
    cases: list[Case]

    def load(self) -> None:
        self.patient = own_record(self.by)
        self.cases = [one for one in cases_of(self.by, self.patient) if one.state == Case.State.OPEN]

    def shown_record(self) -> Patient:
        return self.patient


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
            if instrument.asked_of != "patient" or instrument.total_only or instrument.on_request:
                continue
            course = queries.course_of(
                case, instrument, today=today, scores=scores, diary=diary, treatments=treatments
            )
            is_diary = instrument.only_from_diary
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


class MyScoreView(RecordPage, FormPage):
    """Fill in one questionnaire."""

    right: ClassVar = Right.OWN_CARE
    template = "portal/results/score.html"
    page_name = "My questionnaire"
    form_class = ScoreForm
    success = "Saved. Thank you."
    case: Case
    instrument: Instrument

    def load(self) -> None:
        self.case = case_of(self.by, int(self.kwargs["case"]))
        self.instrument = instrument_for(self.by, self.case, str(self.kwargs["instrument"]))

    def shown_record(self) -> Patient:
        return self.case.patient

    def form_options(self) -> dict[str, Any]:
        return {"instrument": self.instrument, "for_staff": False}

    def initial(self) -> dict[str, Any]:
        return {"day": clock.today(self.by.zone)}

    def act(self, form: forms.Form) -> str:
        assert isinstance(form, ScoreForm)
        day = form.cleaned_data["day"]
        code = self.instrument.code
        add_score(by=self.by, case=self.case, instrument=code, day=day, answers=form.answers())
        if alarms_in(form):
            # The page that says what to do now, and whom to call.
            return f"{reverse('my_intake_done')}?case={self.case.pk}"
        return reverse("my_scores")

    def context(self) -> Context:
        return {"case": self.case, "instrument": self.instrument}

    def show(self, more: Context, status: int = 200) -> Any:
        return super().show({**more, "alarms": alarms_in(more["form"])}, status)


@dataclass(frozen=True, kw_only=True)
class OwnAhead:
    """What is likely to come, or in plain words why nothing is said, with the next date all the same."""

    words: ForecastWords | None
    why_none: list[str]
    chart: Chart | None


@dataclass(frozen=True, kw_only=True)
class OwnResult:
    """The result of one condition in plain words, with its picture."""

    name: str
    measure: str
    lower_is_better: bool
    sentences: list[str]
    chart: Chart | None
    band: BandNote | None
    lacks_band: bool
    hint: str
    add_url: str
    cycles: int
    ahead: OwnAhead | None
    own: OwnDays
    goals_url: str


class MyResultsView(OwnCases):
    """Is it working: the main measure of each condition in plain words."""

    right: ClassVar = (Right.OWN_CARE, Right.SEE_OWN)
    template = "portal/results/results.html"
    page_name = "My results"

    def context(self) -> Context:
        today, elsewhere = clock.today(self.by.zone), list(elsewhere_of(self.patient))
        treatments = treatments_of(self.by, self.patient)
        next_day = next_days(self.by, self.cases, treatments, elsewhere, today)
        results = [self._result(case, treatments, next_day.get(case.pk)) for case in self.cases]
        return {
            "patient": self.patient,
            "results": results,
            "shows_all": self.shows_all,
            "has_more": any(one.cycles > RECENT_CYCLES for one in results),
        }

    @property
    def shows_all(self) -> bool:
        """Every cycle is drawn (`?all=1`), not the last ones only."""
        return "all" in self.request.GET

    def _result(self, case: Case, treatments: list[Treatment], next_day: date | None) -> OwnResult:
        today, days = clock.today(self.by.zone), _days_in(case, treatments)
        condition, instrument = load().conditions[case.condition], queries.main_instrument(case)
        diary = queries.diary_of(case)
        course = queries.course_of(case, instrument, today=today, diary=diary, treatments=days)
        by_diary = instrument.only_from_diary
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
                title=gettext("%(condition)s: your course") % {"condition": told(condition.plain_name)},
                recent=not self.shows_all,
                today=today,
                diary=diary,
            ),
            band=band_note(condition.code, course),
            lacks_band=lacks_band(condition.code, instrument),
            cycles=len(course.treatments),
            hint=window_words(course),
            add_url=add if may_score else f"{reverse('my_diary')}?case={case.pk}",
            ahead=_ahead(case, course, diary, next_day, today),
            own=own_days(case, diary, course.treatments, today),
            goals_url=f"{reverse('my_goals')}?case={case.pk}",
        )


def _days_in(case: Case, treatments: list[Treatment]) -> tuple[date, ...]:
    """The local days of the treatments of one case, the oldest first."""
    zone = ZoneInfo(case.clinic.zone)
    return tuple(one.given_at.astimezone(zone).date() for one in treatments if one.case_id == case.pk)


def _ahead(
    case: Case, course: queries.CourseOf, diary: list[DiaryEntry], next_day: date | None, today: date
) -> OwnAhead | None:
    """From a curve that may be shown to patients; None before the first treatment."""
    if not course.treatments:
        return None
    ahead = forecast_of(case, course, today=today, diary=diary, for_patient=True)
    if not isinstance(ahead, Forecast):
        said = [] if next_day is None else [plain_earliest(next_day, today)]
        return OwnAhead(words=None, why_none=[str(PLAIN_WHY_NONE.get(ahead.code, "")), *said], chart=None)
    name = load().conditions[case.condition].plain_name
    return OwnAhead(
        words=plain_forecast(ahead, earliest=next_day, today=today),
        why_none=[],
        chart=overlay_of(
            course,
            diary,
            title=gettext("%(condition)s: this time over the times before") % {"condition": told(name)},
            today=today,
            forecast=ahead,
            earliest=next_day,
        ),
    )
