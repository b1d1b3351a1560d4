"""Asking for a visit: a free time that is picked, or the times that suit."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from django import forms
from django.contrib import messages
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from masseter.core.free_times import FreeStart, apart, spread
from masseter.journey.calendar.free import free_times
from masseter.journey.calendar.models import Kind
from masseter.journey.calendar.visit_types import visit_lengths
from masseter.journey.calendar.waiting_actions import wait_for_visit
from masseter.journey.consult.models import Case
from masseter.journey.consult.queries import cases_of
from masseter.journey.follow_up.booking import earliest_for, pick_visit
from masseter.journey.ground import clock
from masseter.journey.ground.refusals import NotHere, Refused
from masseter.portal.calendar.presenters import KIND_WORDS
from masseter.portal.home.views import OwnPage
from masseter.ui.calendar_words import part_choices, weekday_choices
from masseter.ui.forms import DayField, ManyField
from masseter.ui.pages import Context, FormPage

DAYS_SHOWN = 6
FEWEST_DAYS = timedelta(days=1)  # patients pick from tomorrow on: the desk has to answer first


class AskKindView(OwnPage):
    """What the visit is for."""

    template = "portal/calendar/kinds.html"
    page_name = "Asking for a visit"

    def context(self) -> Context:
        return {"patient": self.patient, "kinds": list(KIND_WORDS.items())}


class SuitsForm(forms.Form):
    """The times that suit, or the one free time that was pressed."""

    days = ManyField(
        label=gettext_lazy("Which days suit you?"),
        required=False,
        help_text=gettext_lazy("Tick as many as you like. None ticked means any day."),
    )
    parts = ManyField(
        label=gettext_lazy("Which times of day?"),
        required=False,
        help_text=gettext_lazy("None ticked means any time."),
    )
    from_on = DayField(label=gettext_lazy("Not before"), required=False)
    words = forms.CharField(
        label=gettext_lazy("Anything that we should know"),
        required=False,
        max_length=300,
        help_text=gettext_lazy("For example how fast you could be here. Please no medical details."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    pick = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)

    def __init__(self, *args: object, **options: object) -> None:
        super().__init__(*args, **options)  # type: ignore[arg-type]  # passed on as they are
        self.fields["days"].choices = weekday_choices()  # type: ignore[attr-defined]  # a choice field
        self.fields["parts"].choices = part_choices()  # type: ignore[attr-defined]  # a choice field

    def clean_days(self) -> list[int]:
        return [int(one) for one in self.cleaned_data["days"]]


@dataclass(frozen=True, kw_only=True)
class OwnPick:
    """A free time: what its button sends, and when it is in the clinic's zone."""

    value: str
    at: datetime


class AskTimeView(OwnPage, FormPage):
    """Free times to pick from, where the clinic offers them, and the times that suit."""

    template = "portal/calendar/ask.html"
    page_name = "Asking for a time"
    form_class = SuitsForm

    def load(self) -> None:
        super().load()
        self.kind = str(self.kwargs["kind"])
        if self.kind not in Kind.values:
            raise NotHere("There is no such kind of visit.")

    def condition(self) -> str:
        """What it is about, where only one condition is treated here."""
        found = {one.condition for one in cases_of(self.by, self.patient) if one.state == Case.State.OPEN}
        return found.pop() if len(found) == 1 else ""

    def act(self, form: forms.Form) -> str:
        data, condition = dict(form.cleaned_data), self.condition()
        picked = data.pop("pick")
        if picked:
            starts_at = _moment(picked)
            pick_visit(
                by=self.by,
                patient=self.patient,
                kind=self.kind,
                condition=condition,
                starts_at=starts_at,
                with_user=None,
            )
            messages.success(self.request, _("We keep this time for you, and answer soon."))
        else:
            wait_for_visit(by=self.by, patient=self.patient, kind=self.kind, condition=condition, **data)
            messages.success(self.request, _("We have your request, and look for a time that suits you."))
        return reverse("my_visits")

    def context(self) -> Context:
        length = visit_lengths(self.by)[self.kind]
        due = earliest_for(self.by, self.patient, self.kind, self.condition())
        today = clock.today(self.by.zone)
        first = max(today + FEWEST_DAYS, due.earliest if due else today)
        found = (
            free_times(self.by, kind=self.kind, first=first, patient=self.patient)
            if length.is_offered
            else []
        )
        return {
            "patient": self.patient,
            "kind_words": KIND_WORDS[self.kind],
            "minutes": length.minutes,
            "free_days": self._days(found, length.minutes),
            "not_before": due.earliest if due is not None and due.earliest > today else None,
            "takes_picks": length.is_offered,
        }

    def _days(self, found: list[FreeStart], minutes: int) -> list[tuple[date, list[OwnPick]]]:
        zone = ZoneInfo(self.by.zone)
        days = apart(found, minutes, self.by.zone)
        return [
            (day, [OwnPick(value=_told(one.start), at=one.start.astimezone(zone)) for one in spread(starts)])
            for day, starts in list(days.items())[:DAYS_SHOWN]
        ]


def _told(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M}"


def _moment(text: str) -> datetime:
    try:
        return datetime.strptime(text, "%Y-%m-%dT%H:%M").replace(tzinfo=UTC)
    except ValueError as error:
        raise Refused("Please pick one of the free times.", field="pick") from error
