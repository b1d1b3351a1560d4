"""Correcting a signed treatment by a newer version."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.urls import reverse

from masseter.clinic.inject.chart import TreatmentPage
from masseter.clinic.inject.correction import (
    candidates,
    check_named,
    corrected_session,
    first_opening,
    signed_rows,
    signed_session,
    with_vials,
)
from masseter.clinic.inject.forms import AmendForm
from masseter.clinic.inject.ledger import ledger
from masseter.clinic.inject.record import record_of
from masseter.clinic.inject.vials import choices
from masseter.clinic.inject.views.prepare import local
from masseter.clinic.plan.presenters import markers
from masseter.clinic.plan.words import plain
from masseter.journey.accounts.queries import staff_who_may
from masseter.journey.ground import clock
from masseter.journey.ground.rights import Right
from masseter.journey.inject.actions import amend_treatment
from masseter.journey.inject.queries import given_points
from masseter.journey.plan.drafts import stored_points
from masseter.journey.plan.models import Plan
from masseter.knowledge.load import load
from masseter.ui.pages import Context, FormPage
from masseter.ui.words import unit_words


class AmendView(TreatmentPage, FormPage):
    """The record as it should read, with the reason; the signed version stays beside it."""

    right: ClassVar = Right.SIGN_TREATMENT
    template = "clinic/inject/amend.html"
    page_name = "Correcting a treatment"
    form_class = AmendForm
    success = "The record is corrected. The earlier version is kept."

    def subject(self) -> Plan:
        return self.treatment.plan

    def load(self) -> None:
        super().load()
        self.vials = candidates(self.by, self.treatment)

    def initial(self) -> dict[str, Any]:
        opened_at, diluent_ml = first_opening(self.treatment)
        return {
            "started_at": local(self.treatment.started_at, self.by.zone),
            "minutes": self.treatment.minutes,
            "note": self.treatment.note,
            "injector": str(self.treatment.injector_user_id),
            "vials": [str(use.vial_id) for use in self.treatment.vial_uses.all()],
            "diluent_ml": plain(diluent_ml),
            "diluent": self.treatment.vial_uses.all()[0].diluent,
            "opened_at": local(opened_at, self.by.zone),
        }

    def form_options(self) -> dict[str, Any]:
        return {
            "zone": self.by.zone,
            "plan": stored_points(self.treatment.plan),
            "protocol": self.treatment.plan.protocol,
            "vials": [(str(vial.pk), str(vial)) for vial in self.vials],
            "injectors": self.injectors(),
        }

    def injectors(self) -> list[tuple[str, str]]:
        """The injector of the record, and everybody who may inject here."""
        signed = {self.treatment.injector_user_id: self.treatment.injector_name}
        return [(str(pk), name) for pk, name in (staff_who_may(self.by, Right.INJECT) | signed).items()]

    def act(self, form: forms.Form) -> str:
        if not isinstance(form, AmendForm):
            raise TypeError("this page has its own form")
        session = corrected_session(form, self.treatment, clock.now())
        check_named(session)
        newer = amend_treatment(
            by=self.by,
            treatment=self.treatment,
            session=session,
            reason=form.cleaned_data["amendment_reason"],
        )
        return reverse("treatment", args=[newer.pk])

    def _parts(self, form: forms.Form, version: str = "") -> Context:
        session, rows = signed_session(self.treatment), signed_rows(self.treatment)
        typed: Mapping[str, str] = {}
        if isinstance(form, AmendForm) and form.is_bound:
            session, typed = corrected_session(form, self.treatment, clock.now()), form.data
            rows = with_vials(form.rows(), session)
        return {
            **super()._parts(form, version),
            "rows": rows,
            "vials": choices(self.vials, session.vial_ids, clock.now()),
            "many_vials": len(session.vial_ids) > 1,
            "ledger": ledger(session, self.vials, typed),
        }

    def context(self) -> Context:
        return {
            **super().context(),
            "record": record_of(self.treatment, self.by.zone),
            "unit_label": unit_words(self.treatment.product),
            "is_powder": load().products[self.treatment.product].form == "powder",
            "markers": markers(given_points(self.treatment), state="given"),
        }
