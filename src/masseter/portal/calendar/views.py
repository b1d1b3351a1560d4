"""The patient's visits: what is booked, what is offered, what waits."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from masseter.journey.calendar import queries
from masseter.journey.calendar.models import Appointment, Waiting
from masseter.journey.calendar.waiting_actions import answer_offer, give_up_visit, stop_waiting
from masseter.journey.ground import clock
from masseter.journey.ground.refusals import NotHere
from masseter.portal.calendar.presenters import visit_line, wait_line
from masseter.portal.home.views import OwnPage
from masseter.ui.calendar_file import as_calendar_file
from masseter.ui.pages import Context, FormPage

PAST_SHOWN = 10
OPEN = {"asked", "booked", "arrived"}


class MyVisitsView(OwnPage):
    """Offers first, then what is booked, what waits, and what was."""

    template = "portal/calendar/visits.html"
    page_name = "My visits"

    def context(self) -> Context:
        now, zone = clock.now(), self.by.zone
        visits = queries.appointments_of(self.by, self.patient)
        lines = [(one, visit_line(one, zone, now)) for one in visits]
        coming = [(one, line) for one, line in reversed(lines) if one.ends_at > now]
        return {
            "patient": self.patient,
            "offers": [
                line
                for one, line in coming
                if one.state == Appointment.State.OFFERED and (one.held_until or now) > now
            ],
            "coming": [line for one, line in coming if one.state in OPEN],
            "waiting": [wait_line(one, visits) for one in queries.waiting_list(self.by, self.patient)],
            "past": [
                line for one, line in lines if one.state in {"done", "missed", "cancelled"} and line.words
            ][:PAST_SHOWN],
        }


class MyVisitPage(OwnPage):
    """A page about one of the patient's own visits."""

    appointment: Appointment

    def load(self) -> None:
        super().load()
        self.appointment = queries.appointment_of(self.by, int(self.kwargs["appointment"]))
        if self.appointment.patient_id != self.patient.pk:
            raise NotHere("There is no such appointment.")

    def context(self) -> Context:
        line = visit_line(self.appointment, self.by.zone, clock.now())
        return {"patient": self.patient, "visit": line}


class MyVisitFileView(MyVisitPage):
    """The visit as a file for the patient's own calendar."""

    page_name = "My visit as a calendar file"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return as_calendar_file(self.appointment)


class AnswerForm(forms.Form):
    """Yes or no to an offered time."""

    answer = forms.ChoiceField(
        label=gettext_lazy("Your answer"),
        choices=[("yes", gettext_lazy("Yes")), ("no", gettext_lazy("No"))],
    )


class MyOfferView(MyVisitPage, FormPage):
    """Take an offered time, or leave it to somebody else."""

    template = "portal/calendar/offer.html"
    page_name = "A time that is offered"
    form_class = AnswerForm

    def act(self, form: forms.Form) -> str:
        accepts = form.cleaned_data["answer"] == "yes"
        answer_offer(by=self.by, appointment=self.appointment, accepts=accepts)
        told = _("The time is yours.") if accepts else _("Thank you. We go on looking for a time for you.")
        messages.success(self.request, told)
        return reverse("my_visits")


class WhyForm(forms.Form):
    """Why a visit is cancelled; nobody has to say."""

    why = forms.CharField(label=gettext_lazy("Would you like to say why?"), required=False, max_length=300)


class MyCancelView(MyVisitPage, FormPage):
    """Cancel one's own visit."""

    template = "portal/calendar/cancel.html"
    page_name = "Cancelling my visit"
    form_class = WhyForm
    success = gettext_lazy("Your visit is cancelled. Thank you for telling us.")

    def subject(self) -> Appointment:
        return self.appointment

    def act(self, form: forms.Form) -> str:
        give_up_visit(by=self.by, appointment=self.appointment, why=form.cleaned_data["why"])
        return reverse("my_visits")


class MyWaitEndView(OwnPage, FormPage):
    """Take one's own request back."""

    template = "portal/calendar/wait_end.html"
    page_name = "Taking my request back"
    form_class = WhyForm
    success = gettext_lazy("Your request is taken back.")
    waiting: Waiting

    def load(self) -> None:
        super().load()
        self.waiting = queries.waiting_of(self.by, int(self.kwargs["waiting"]))
        if self.waiting.patient_id != self.patient.pk:
            raise NotHere("There is no such request.")

    def subject(self) -> Waiting:
        return self.waiting

    def context(self) -> Context:
        return {"patient": self.patient, "request_line": wait_line(self.waiting, [])}

    def act(self, form: forms.Form) -> str:
        stop_waiting(by=self.by, waiting=self.waiting, why=form.cleaned_data["why"])
        return reverse("my_visits")
