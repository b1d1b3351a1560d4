"""The pages of alerts on lots: the list, a new one, what it touches, who was told, list and letters."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from masseter.clinic.stock.alert_forms import AlertForm, CloseForm, ContactForm
from masseter.clinic.stock.alert_letters import letters
from masseter.clinic.stock.alert_words import AlertTold, alert_told, contact_rows
from masseter.journey.accounts.queries import clinic_of
from masseter.journey.ground.rights import Right
from masseter.journey.people.models import Patient
from masseter.journey.people.queries import patient_of
from masseter.journey.stock.alert_actions import close_alert, enter_alert, record_contact
from masseter.journey.stock.alerted import alert_of, alerts_of, lots_named
from masseter.journey.stock.models import Alert
from masseter.ui.pages import Context, FormPage, Page
from masseter.ui.paper.answer import as_pdf, as_table
from masseter.ui.paper.typst import render
from masseter.ui.records import RecordPage


class AlertsView(Page):
    """The alerts of the clinic, the open ones first."""

    right: ClassVar = (Right.SEE_STOCK, Right.KEEP_PEOPLE)
    template = "clinic/stock/alerts.html"

    def context(self) -> Context:
        may_enter = self.by.may(Right.KEEP_STOCK) or self.by.may(Right.INJECT)
        return {"alerts": alerts_of(self.by), "may_enter": may_enter}


class EnterAlertView(FormPage):
    """Enter an alert with its list of lots."""

    right: ClassVar = (Right.KEEP_STOCK, Right.INJECT)
    template = "clinic/stock/alert_add.html"
    form_class = AlertForm
    success = "The alert is entered. What it names in the stock is blocked."

    def act(self, form: forms.Form) -> str:
        data = form.cleaned_data
        alert = enter_alert(
            by=self.by,
            kind=data["kind"],
            title=data["title"],
            source=data["source"],
            text=data["text"],
            lots=data["lots"],
        )
        return reverse("alert", args=[alert.pk])


class AlertRecord(RecordPage):
    """A page about one alert and the people whom it touches."""

    right: ClassVar[tuple[Right, ...]] = (Right.SEE_STOCK, Right.KEEP_PEOPLE)
    alert: Alert

    def load(self) -> None:
        self.alert = alert_of(self.by, int(self.kwargs["alert"]))

    def shown_record(self) -> Alert | Patient:
        return self.alert

    def told(self) -> AlertTold:
        return alert_told(self.by, self.alert)


class AlertView(AlertRecord, FormPage):
    """One alert: the lots, the vials, the treatments, the people; and closing it."""

    template = "clinic/stock/alert.html"
    page_name = "Alert on lots"
    form_class = CloseForm
    success = "The alert is closed. Its lots stay blocked until each is released."

    def subject(self) -> Alert:
        return self.alert

    def act(self, form: forms.Form) -> str:
        close_alert(by=self.by, alert=self.alert, reason=form.cleaned_data["reason"])
        return reverse("alert", args=[self.alert.pk])

    def context(self) -> Context:
        return {
            "alert": self.alert,
            "named": lots_named(self.by, self.alert),
            "told": self.told(),
            "may_close": self.alert.is_open and self.by.may(Right.KEEP_STOCK),
            "may_tell": self.by.may(Right.KEEP_PEOPLE),
            "may_see_stock": self.by.may(Right.SEE_STOCK),
            "may_see_chart": self.by.may(Right.SEE_CHART),
        }


class AlertContactView(AlertRecord, FormPage):
    """Write down that one patient was told."""

    right: ClassVar = (Right.KEEP_PEOPLE,)
    template = "clinic/stock/alert_contact.html"
    page_name = "Telling a patient of an alert"
    form_class = ContactForm
    success = "It is on record."
    patient: Patient

    def load(self) -> None:
        super().load()
        self.patient = patient_of(self.by, int(self.kwargs["patient"]))
        rows = [row for row in self.told().people if row.patient.pk == self.patient.pk]
        self.row = rows[0] if rows else None

    def shown_record(self) -> Patient:
        return self.patient

    def act(self, form: forms.Form) -> str:
        data = form.cleaned_data
        record_contact(
            by=self.by,
            alert=self.alert,
            patient=self.patient,
            how=data["how"],
            was_reached=data["reached"] == "yes",
            note=data["note"],
        )
        return reverse("alert", args=[self.alert.pk]) + "#people"

    def context(self) -> Context:
        return {"alert": self.alert, "patient": self.patient, "row": self.row}


class AlertListView(AlertRecord):
    """The contact list as CSV."""

    right: ClassVar = (Right.KEEP_PEOPLE,)
    template = ""
    page_name = "Contact list of an alert (CSV)"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        rows = contact_rows(self.told(), self.by.zone)
        return as_table(rows, f"alert-{self.alert.pk}-people", is_marked=True)


class AlertLettersView(AlertRecord):
    """A letter for each person whom nobody has told yet, on the clinic's paper; `?all=1` for everybody."""

    right: ClassVar = (Right.KEEP_PEOPLE,)
    template = ""
    page_name = "Letters about an alert (PDF)"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        told = self.told()
        wanted = [row.patient for row in told.people if request.GET.get("all") or not row.is_told]
        data = letters(self.alert, told, clinic_of(self.by), wanted)
        return as_pdf(render("alert", data), f"alert-{self.alert.pk}-letters")
