"""Correcting a signed treatment by a newer version."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, ClassVar

from django import forms
from django.urls import reverse

from masseter.clinic.inject.chart import TreatmentPage
from masseter.clinic.inject.forms import AmendForm
from masseter.clinic.inject.record import record_of
from masseter.clinic.inject.rows import GivenRow, rows_of
from masseter.clinic.inject.session import corrected_session
from masseter.clinic.inject.views.prepare import local
from masseter.clinic.plan.presenters import markers
from masseter.clinic.plan.words import unit_words
from masseter.journey.ground import clock
from masseter.journey.ground.rights import Right
from masseter.journey.inject.actions import amend_treatment
from masseter.journey.inject.models import Treatment
from masseter.journey.inject.queries import given_points
from masseter.journey.plan.drafts import stored_points
from masseter.journey.plan.models import Plan
from masseter.ui.pages import Context, FormPage


class AmendView(TreatmentPage, FormPage):
    """The record as it should read, with the reason; the signed version stays beside it."""

    right: ClassVar = Right.SIGN_TREATMENT
    template = "clinic/inject/amend.html"
    page_name = "Correcting a treatment"
    form_class = AmendForm
    success = "The record is corrected. The earlier version is kept."

    def subject(self) -> Plan:
        return self.treatment.plan

    def initial(self) -> dict[str, Any]:
        return {
            "started_at": local(self.treatment.started_at, self.by.zone),
            "minutes": self.treatment.minutes,
            "note": self.treatment.note,
        }

    def form_options(self) -> dict[str, Any]:
        return {"zone": self.by.zone, "plan": stored_points(self.treatment.plan)}

    def act(self, form: forms.Form) -> str:
        if not isinstance(form, AmendForm):
            raise TypeError("this page has its own form")
        newer = amend_treatment(
            by=self.by,
            treatment=self.treatment,
            session=corrected_session(form, self.treatment, clock.now()),
            reason=form.cleaned_data["amendment_reason"],
        )
        return reverse("treatment", args=[newer.pk])

    def rows(self, form: forms.Form) -> list[GivenRow]:
        if isinstance(form, AmendForm) and form.is_bound:
            return form.rows()
        return signed_rows(self.treatment)

    def _parts(self, form: forms.Form, version: str = "") -> Context:
        return {**super()._parts(form, version), "rows": self.rows(form)}

    def context(self) -> Context:
        return {
            **super().context(),
            "record": record_of(self.treatment, self.by.zone),
            "unit_label": unit_words(self.treatment.product),
            "markers": markers(given_points(self.treatment), state="given"),
        }


def signed_rows(treatment: Treatment) -> list[GivenRow]:
    """The rows of a signed record: given points with their reasons, and planned ones left out."""
    plan = stored_points(treatment.plan)
    reasons = {row.label: row.reason for row in treatment.points.all()}
    skipped = {each["point"]: each["reason"] for each in treatment.left_out}
    given = [replace(row, reason=reasons[row.row.id]) for row in rows_of(given_points(treatment), plan)]
    missing = [point for point in plan if point.id in skipped]
    left = [replace(row, reason=skipped[row.row.id], removed=True) for row in rows_of(missing, plan)]
    return [*given, *left]
