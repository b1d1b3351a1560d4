"""The inbox of requests for an appointment."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.urls import reverse

from masseter.clinic.screen.forms import NEW, AcceptForm, DeclineForm
from masseter.clinic.screen.presenters import alike_choices, answers_in_words, referral_row, split_name
from masseter.journey.consult.actions import receive_self_check
from masseter.journey.ground import clock
from masseter.journey.ground.refusals import Refused
from masseter.journey.ground.rights import Right
from masseter.journey.people.actions import add_patient, open_portal
from masseter.journey.people.models import Patient
from masseter.journey.people.queries import find, patient_of, possible_duplicates
from masseter.journey.screen import queries
from masseter.journey.screen.actions import accept_referral, decline_referral
from masseter.journey.screen.models import Referral
from masseter.ui.forms import parse_day
from masseter.ui.pages import Context, FormPage, Page
from masseter.ui.records import RecordPage


class ReferralsView(Page):
    """Requests that wait, those with warning signs first, then the oldest; and those answered last."""

    right = Right.KEEP_REFERRALS
    template = "clinic/screen/referrals.html"

    def context(self) -> Context:
        today = clock.today(self.by.zone)
        waiting = [referral_row(one, self.by.zone, today) for one in queries.new_referrals(self.by)]
        return {
            "urgent": [row for row in waiting if row["is_urgent"]],
            "waiting": [row for row in waiting if not row["is_urgent"]],
            "answered": [
                referral_row(one, self.by.zone, today) for one in queries.answered_referrals(self.by)
            ],
        }


class ReferralPage(RecordPage):
    """A page about one request."""

    right = Right.KEEP_REFERRALS
    page_name = "Request for an appointment"
    referral: Referral

    def load(self) -> None:
        self.referral = queries.referral_of(self.by, int(self.kwargs["referral"]))

    def shown_record(self) -> Referral:
        return self.referral

    def context(self) -> Context:
        today = clock.today(self.by.zone)
        return {
            "referral": self.referral,
            "row": referral_row(self.referral, self.by.zone, today),
            "answers": answers_in_words(self.referral, today),
        }


class ReferralView(ReferralPage):
    """One request, with the answers of the self-check where the person sent them."""

    template = "clinic/screen/referral.html"


class AcceptView(ReferralPage, FormPage):
    """Tie a request to a patient's record, old or new, and go on to the appointment."""

    template = "clinic/screen/accept.html"
    form_class = AcceptForm
    success = "The request was accepted. Now find a time."

    def subject(self) -> Referral:
        return self.referral

    def initial(self) -> dict[str, Any]:
        given, family = split_name(self.referral.name)
        return {"given_names": given, "family_name": family, "birth_date": self.referral.birth_date}

    def form_options(self) -> dict[str, Any]:
        typed, first = self.request.POST, self.initial()
        given = typed.get("given_names", first["given_names"])
        family = typed.get("family_name", first["family_name"])
        try:
            birth_date = parse_day(typed["birth_date"]) if "birth_date" in typed else first["birth_date"]
        except ValueError:
            birth_date = None
        return {"alike": alike_choices(possible_duplicates(self.by, family, given, birth_date))}

    def act(self, form: forms.Form) -> str:
        patient = self._patient(form.cleaned_data)
        if form.cleaned_data["open_portal"] and patient.user_id is None:
            open_portal(by=self.by, patient=patient)
        accept_referral(by=self.by, referral=self.referral, patient=patient)
        if self.referral.outcome:
            receive_self_check(by=self.by, referral=self.referral)
        asked = {"patient": patient.pk, "condition": self.referral.condition, "kind": "consultation"}
        return reverse("appointment_add") + "?" + urlencode(asked)

    def _patient(self, data: dict[str, Any]) -> Patient:
        if data["number"]:
            found = [
                one for one in find(self.by, data["number"]) if one.number.endswith(data["number"].upper())
            ]
            if len(found) != 1:
                raise Refused("No patient has this number.", field="number")
            return found[0]
        if data["patient"] and data["patient"] != NEW:
            return patient_of(self.by, int(data["patient"]))
        return add_patient(
            by=self.by,
            family_name=data["family_name"],
            given_names=data["given_names"],
            birth_date=data["birth_date"],
            phone=self.referral.phone,
            email=self.referral.email,
            is_another_person=data["patient"] == NEW,
        )


class DeclineView(ReferralPage, FormPage):
    """Decline a request with the reason that the person was told."""

    template = "clinic/screen/decline.html"
    form_class = DeclineForm
    success = "The request was declined."

    def subject(self) -> Referral:
        return self.referral

    def act(self, form: forms.Form) -> str:
        decline_referral(by=self.by, referral=self.referral, reason=form.cleaned_data["reason"])
        return reverse("referrals")
