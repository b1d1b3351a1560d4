"""Patients: finding, adding, changing and merging them, and who looked at a chart."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.urls import reverse

from masseter.clinic.people.chart import PatientPage
from masseter.clinic.people.forms import MergeForm, NewPatientForm, NoFieldsForm, PatientForm, ReasonForm
from masseter.clinic.people.presenters import look_rows
from masseter.journey.audit.actions import log_opening
from masseter.journey.ground.refusals import NotHere
from masseter.journey.ground.rights import Right
from masseter.journey.people import queries
from masseter.journey.people.actions import (
    MightBeKnown,
    add_patient,
    change_patient,
    close_portal,
    merge_patients,
    open_portal,
)
from masseter.journey.people.duplicates import Likeness
from masseter.journey.people.models import Patient
from masseter.ui.pages import Context, FormPage, Page


class PeopleView(Page):
    """Find a patient."""

    right = Right.SEE_PEOPLE
    template = "clinic/people/people.html"

    def context(self) -> Context:
        text = self.request.GET.get("q", "")[:100]
        found = queries.find(self.by, text)
        is_full = len(found) == queries.MOST_FOUND
        return {
            "query": text,
            "search_query": text,
            "patients": found,
            "is_full": is_full,
            "may_add": self.by.may(Right.KEEP_PEOPLE),
        }


class AddPatientView(FormPage):
    """Add a patient, with a warning where somebody like this is on record."""

    right = Right.KEEP_PEOPLE
    template = "clinic/people/add.html"
    form_class = NewPatientForm
    success = "The patient was added."
    might_be: tuple[Likeness, ...] = ()

    def initial(self) -> dict[str, Any]:
        keys = ("given_names", "family_name", "email", "phone", "birth_date")
        return {key: self.request.GET[key][:100] for key in keys if self.request.GET.get(key)}

    def act(self, form: forms.Form) -> str:
        values = form.cleaned_data
        try:
            patient = add_patient(by=self.by, **values)
        except MightBeKnown:
            self.might_be = queries.possible_duplicates(
                self.by, values["family_name"], values["given_names"], values["birth_date"]
            )
            raise
        return reverse("patient", args=[patient.pk])

    def context(self) -> Context:
        asked = bool(self.might_be) or "is_another_person" in self.request.POST
        return {"might_be": self.might_be, "asks_whether_another": asked}


class ChangePatientView(PatientPage, FormPage):
    """Change who a patient is and how to reach them."""

    right = Right.KEEP_PEOPLE
    template = "clinic/people/change.html"
    page_name = "Contact data"
    form_class = PatientForm
    success = "The changes were saved."

    def subject(self) -> Patient:
        return self.patient

    def form_options(self) -> dict[str, Any]:
        return {"has_portal": self.patient.user_id is not None}

    def initial(self) -> dict[str, Any]:
        known = {
            name: getattr(self.patient, name)
            for name in PatientForm.base_fields
            if name not in ("birth_date_unknown", "portal_follows")
        }
        return {**known, "birth_date_unknown": self.patient.birth_date is None}

    def act(self, form: forms.Form) -> str:
        change_patient(by=self.by, patient=self.patient, **form.cleaned_data)
        return reverse("patient", args=[self.patient.pk])


class MergeView(PatientPage, FormPage):
    """Merge a duplicate into this record: choose it, look at both, say why."""

    right = Right.MERGE_PEOPLE
    template = "clinic/people/merge.html"
    page_name = "Merging records"
    form_class = MergeForm
    success = "The two records are one now."
    duplicate: Patient | None = None

    def load(self) -> None:
        super().load()
        chosen = self.request.GET.get("with", "")
        if chosen:
            if not chosen.isdecimal():
                raise NotHere("There is no such patient.")
            self.duplicate = queries.patient_of(self.by, int(chosen))

    def log(self) -> None:
        super().log()
        if self.duplicate is not None:
            log_opening(by=self.by, record=self.duplicate, page=self.page_name)

    def act(self, form: forms.Form) -> str:
        if self.duplicate is None:
            raise NotHere("There is no such patient.")
        merge_patients(
            by=self.by, keep=self.patient, duplicate=self.duplicate, reason=form.cleaned_data["reason"]
        )
        return reverse("patient", args=[self.patient.pk])

    def context(self) -> Context:
        text = self.request.GET.get("q", "")[:100]
        patient = self.patient
        alike = queries.possible_duplicates(
            self.by, patient.family_name, patient.given_names, patient.birth_date, but=patient
        )
        found = [one for one in queries.find(self.by, text) if one.pk != patient.pk] if text else []
        more = {"duplicate": self.duplicate, "alike": alike, "found": found, "query": text}
        return {**super().context(), **more}


class LooksView(PatientPage):
    """Who looked at this patient's record, and who changed it."""

    right = Right.SEE_CHART
    template = "clinic/people/looks.html"
    page_name = "Who looked"

    def context(self) -> Context:
        looks = queries.looks_at(self.by, self.patient)
        return {**super().context(), "looks": look_rows(looks), "limit": queries.MOST_LOOKS}


class OpenPortalView(PatientPage, FormPage):
    """Let a patient sign in by a code sent to their e-mail address."""

    right: ClassVar = (Right.KEEP_PEOPLE, Right.KEEP_REFERRALS)
    template = "clinic/people/portal.html"
    page_name = "Patient portal"
    form_class = NoFieldsForm
    success = "The patient can sign in now with a code sent to their e-mail address."

    def act(self, form: forms.Form) -> str:
        open_portal(by=self.by, patient=self.patient)
        return reverse("patient", args=[self.patient.pk])


class ClosePortalView(PatientPage, FormPage):
    """End a patient's sign-in, with the reason."""

    right = Right.KEEP_PEOPLE
    template = "clinic/people/portal_close.html"
    page_name = "Patient portal"
    form_class = ReasonForm
    success = "The patient cannot sign in any more. The record stays as it is."

    def act(self, form: forms.Form) -> str:
        close_portal(by=self.by, patient=self.patient, reason=form.cleaned_data["reason"])
        return reverse("patient", args=[self.patient.pk])
