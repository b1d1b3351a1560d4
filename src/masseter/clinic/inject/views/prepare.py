"""Preparing and signing a treatment on one page, and opening a vial beforehand."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from masseter.clinic.inject.diluents import usual_diluent
from masseter.clinic.inject.forms import LOCAL, OpenVialForm, PrepareForm
from masseter.clinic.inject.handover import form_data
from masseter.clinic.inject.preparation import preparation
from masseter.clinic.inject.session import check_mixed, chosen_vials, is_powder, ticked_vials, typed_session
from masseter.clinic.inject.vials import not_offered, offered
from masseter.clinic.people.presenters import banner
from masseter.clinic.plan.chart import PlanPage
from masseter.clinic.plan.words import plain
from masseter.journey.ground import clock
from masseter.journey.ground.refusals import Refused
from masseter.journey.ground.rights import Right
from masseter.journey.inject.actions import sign_treatment
from masseter.journey.inject.chair_actions import begin_sitting
from masseter.journey.inject.queries import treatment_of_plan
from masseter.journey.inject.sittings import at_chair
from masseter.journey.people.models import Patient
from masseter.journey.plan.drafts import stored_points
from masseter.journey.plan.models import Plan
from masseter.journey.stock.actions import open_vial
from masseter.journey.stock.models import Vial
from masseter.journey.stock.queries import vial_of, vials_numbered
from masseter.journey.stock.scanned import check_both, vials_of_codes
from masseter.ui.pages import Context, FormPage
from masseter.ui.words import product_words, unit_words


class PrepareView(PlanPage, FormPage):
    """Time-out, vial, what is given, signature."""

    right: ClassVar = Right.SIGN_TREATMENT
    template = "clinic/inject/prepare.html"
    page_name = "Preparing a treatment"
    form_class = PrepareForm
    vials: list[Vial]

    def load(self) -> None:
        super().load()
        self.now = clock.now()
        ready = offered(self.by, self.plan, self.now)
        self.at_chair = at_chair(self.by, self.plan)
        self.sitting, self.taps = self.at_chair.sitting, self.at_chair.taps
        # A vial that was made ready or ticked may be offered no more: it stays, and the check says why.
        own = self.sitting.vials if self.sitting else []
        sent = [int(pk) for pk in self.request.POST.getlist("vials") if pk.isascii() and pk.isdigit()]
        known = {vial.pk: vial for vial in ready}
        gone = vials_numbered(self.by, [pk for pk in (*own, *sent) if pk not in known])
        known |= {vial.pk: vial for vial in gone}
        self.vials = [known[pk] for pk in dict.fromkeys((*own, *known))]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.plan.state == Plan.State.GIVEN:
            treatment = treatment_of_plan(self.by, self.plan)
            if treatment is not None:
                return HttpResponseRedirect(reverse("treatment", args=[treatment.pk]))
        return super().get(request, *args, **kwargs)

    def first_form(self) -> forms.Form:
        """Filled in from the chair where the treatment is under way there."""
        if self.sitting is None:
            return super().first_form()
        return self.make_form(form_data(self.by, self.sitting, self.taps, self.plan, self.vials))

    def subject(self) -> Plan:
        return self.plan

    def initial(self) -> dict[str, Any]:
        diluent = plain(self.plan.diluent_ml)
        started = local(self.now, self.by.zone)
        return {"started_at": started, "diluent_ml": diluent, "diluent": usual_diluent()}

    def form_options(self) -> dict[str, Any]:
        return {
            "zone": self.by.zone,
            "plan": stored_points(self.plan),
            "protocol": self.plan.protocol,
            "vials": [(str(vial.pk), str(vial)) for vial in self.vials],
        }

    def act(self, form: forms.Form) -> str:
        if not isinstance(form, PrepareForm):
            raise TypeError("this page has its own form")
        if self.plan.state == Plan.State.GIVEN:
            raise Refused("This plan was signed as given already. Nothing was signed twice.")
        scanned = self.scanned(form)
        known = [*self.vials, *scanned]
        ids = chosen_vials(form, known, scanned)
        check_mixed(form, [vial for vial in known if vial.pk in ids])
        session = typed_session(form, self.plan, known, ids, self.now)
        if form.data.get("do") == "chair":
            begin_sitting(by=self.by, plan=self.plan, session=session)
            return reverse("chair", args=[self.plan.pk])
        treatment = sign_treatment(by=self.by, plan=self.plan, session=session)
        messages.success(self.request, "The treatment is signed.")
        return reverse("treatment", args=[treatment.pk])

    def scanned(self, form: PrepareForm) -> tuple[Vial, ...]:
        """Raises: Refused at the code that cannot be."""
        return vials_of_codes(
            self.by,
            form["vial_code"].value() or "",
            product=self.plan.product,
            patient=self.plan.case.patient,
            ticked=ticked_vials(form),
        )

    def show(self, more: Context, status: int = 200) -> HttpResponse:
        form = more["form"]
        scanned: tuple[Vial, ...] = ()
        if form.is_bound:
            with suppress(Refused):  # said at its field already
                scanned = self.scanned(form)
        known = {vial.pk for vial in self.vials}
        vials = [*self.vials, *(vial for vial in scanned if vial.pk not in known)]
        told = preparation(self.by, self.plan, form, vials, self.now, [vial.pk for vial in scanned])
        return super().show({**told, **more}, status)

    def context(self) -> Context:
        return {
            **super().context(),
            "brand": product_words(self.plan.product),
            "unit_label": unit_words(self.plan.product),
            "is_powder": is_powder(self.plan.product),
            "asks_pregnancy": self.patient.sex != Patient.Sex.MALE,
            "may_sign": self.plan.state == Plan.State.APPROVED,
            "who": banner(self.by, self.patient),
            "sitting": self.sitting,
            "late_taps": self.at_chair.late,
            "not_offered": not_offered(self.by, self.plan, self.now),
        }


AS_SCANNED = ("", "The one whose carton is scanned")


class OpenVialView(PlanPage, FormPage):
    """Reconstitute a vial for this patient before the treatment begins; its clock runs from then."""

    right: ClassVar = Right.INJECT
    template = "clinic/inject/vial_open.html"
    page_name = "Opening a vial"
    form_class = OpenVialForm
    success = "The vial is opened for this patient. Its in-use time runs."

    def load(self) -> None:
        super().load()
        self.now = clock.now()
        self.vials = [vial for vial in offered(self.by, self.plan, self.now) if vial.opened_at is None]

    def initial(self) -> dict[str, Any]:
        opened_at, diluent_ml = local(self.now, self.by.zone), plain(self.plan.diluent_ml)
        diluent = usual_diluent() if is_powder(self.plan.product) else ""
        return {"opened_at": opened_at, "diluent_ml": diluent_ml, "diluent": diluent}

    def form_options(self) -> dict[str, Any]:
        vials = [vial_words(vial) for vial in self.vials]
        # With several lots none is taken for granted: it is chosen, or the carton in the hand says it.
        several = len({vial.lot_id for vial in self.vials}) > 1
        return {"zone": self.by.zone, "vials": [AS_SCANNED, *vials] if several else vials}

    def act(self, form: forms.Form) -> str:
        data = form.cleaned_data
        vial = self.vial_meant(data["vial"], data["carton_code"])
        check_both(vial, carton_code=data["carton_code"], label_code=data["label_code"])
        open_vial(
            by=self.by,
            vial=vial,
            patient=self.patient,
            opened_at=data["opened_at"],
            diluent_ml=data["diluent_ml"],
            diluent=data["diluent"],
        )
        return reverse("treatment_prepare", args=[self.plan.pk])

    def vial_meant(self, chosen: str, carton_code: str) -> Vial:
        """The vial that was chosen; else the one whose carton was scanned."""
        if chosen:
            return vial_of(self.by, int(chosen))
        if not carton_code.strip():
            raise Refused("Choose the vial, or scan its carton.", field="vial")
        try:
            found = vials_of_codes(self.by, carton_code, product=self.plan.product, patient=self.patient)
        except Refused as problem:
            raise Refused(problem.sentence, field="carton_code") from problem
        return found[0]

    def context(self) -> Context:
        return {
            **super().context(),
            "brand": product_words(self.plan.product),
            "has_vials": bool(self.vials),
            "not_offered": not_offered(self.by, self.plan, self.now),
        }


def vial_words(vial: Vial) -> tuple[str, str]:
    """A vial as a choice."""
    return str(vial.pk), f"{vial}, expires {vial.lot.expires_on:%d %b %Y}, {plain(vial.label_units)} units"


def local(moment: datetime, zone: str) -> str:
    """A moment as the browser's own field takes it."""
    return moment.astimezone(ZoneInfo(zone)).strftime(LOCAL)
