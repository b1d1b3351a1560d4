"""Injection mode: the full screen at the chair, one point at a time."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from masseter.clinic.inject.device import device_data
from masseter.clinic.inject.drawn import drawings
from masseter.clinic.inject.handover import session_at_chair
from masseter.clinic.inject.noting import OTHER_SITTING, ChairForm, Noting, moved, places
from masseter.clinic.inject.preparation import found
from masseter.clinic.inject.sitting import Chair, chair_words
from masseter.clinic.people.chart import CasePage
from masseter.clinic.people.presenters import banner
from masseter.core.inject.reasons import reasons_for
from masseter.journey.ground import clock
from masseter.journey.ground.refusals import NotHere, Refused
from masseter.journey.ground.rights import Right
from masseter.journey.inject.chair_actions import keep_order, note_taps, set_sitting_aside
from masseter.journey.inject.models import ChairTap, Sitting
from masseter.journey.inject.preparing import prepare
from masseter.journey.inject.sittings import chair_of, is_of_today, last_sitting, order_of, taps_of
from masseter.journey.plan.models import Plan
from masseter.journey.plan.queries import plan_of
from masseter.journey.stock.models import Vial
from masseter.journey.stock.queries import vials_numbered
from masseter.ui.pages import Context, FormPage
from masseter.ui.words import product_words, unit_words


class ChairView(CasePage, FormPage):
    """The next point with its dose and volume, what is done, and what is to be signed."""

    right: ClassVar = Right.INJECT
    template = "clinic/inject/chair.html"
    page_name = "At the chair"
    form_class = ChairForm
    sitting: Sitting
    rows: list[ChairTap]
    vials: list[Vial]

    def load(self) -> None:
        self.plan: Plan = plan_of(self.by, int(self.kwargs["plan"]))
        self.case = self.plan.case
        self.patient = self.case.patient
        self.is_begun = True
        try:
            self.sitting = last_sitting(self.by, self.plan.pk)
        except NotHere:
            self.is_begun = False

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.is_begun or self.sitting.outcome == Sitting.Outcome.SET_ASIDE:
            return HttpResponseRedirect(reverse("treatment_prepare", args=[self.plan.pk]))
        self.read()
        return super().get(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.is_begun:
            return HttpResponseRedirect(reverse("treatment_prepare", args=[self.plan.pk]))
        self.read()
        return super().post(request, *args, **kwargs)

    def read(self) -> None:
        """What stands at the chair now."""
        self.rows = taps_of(self.sitting)
        self.vials = vials_numbered(self.by, self.sitting.vials)
        self.state = chair_of(self.sitting, self.plan, self.rows)
        self.order = order_of(self.by)
        self.chair = self.words()

    def words(self) -> Chair:
        wanted = self.request.GET.get("point", "")
        return chair_words(self.plan, self.state, self.vials, self.order, wanted)

    def act(self, form: forms.Form) -> str:
        if not isinstance(form, ChairForm):
            raise TypeError("the chair has its own form")
        deed = str(form.data.get("do", ""))
        here = reverse("chair", args=[self.plan.pk])
        if form.cleaned_data["sitting"] != str(self.sitting.pk):
            raise Refused(OTHER_SITTING)
        if deed == "aside":
            reason = form.cleaned_data["set_aside_reason"]
            set_sitting_aside(by=self.by, sitting=self.sitting, reason=reason)
            return reverse("treatment_prepare", args=[self.plan.pk])
        if deed.startswith(("earlier:", "later:")):
            shown = [muscle.key for muscle in self.chair.muscles]
            keep_order(by=self.by, muscles=moved(shown, deed))
            return here
        noting = Noting(form, self.plan, self.chair, self.rows, clock.now())
        note_taps(by=self.by, sitting=self.sitting, taps=noting.taps(deed, self.by.user_id))
        return here

    def context(self) -> Context:
        chair = self.chair
        now = clock.now()
        muscle = next((m for m in chair.muscles if chair.now and m.key == chair.now.group), None)
        session = session_at_chair(self.sitting, self.plan, self.state, self.vials, now)
        return {
            **super().context(),
            "plan": self.plan,
            "sitting": self.sitting,
            "chair": chair,
            "muscle": muscle,
            "drawings": drawings(chair),
            "found": found(prepare(self.by, self.plan, session, self.vials), self.sitting.reasons),
            "who": banner(self.by, self.patient),
            "brand": product_words(self.plan.product),
            "unit_label": unit_words(self.plan.product),
            "is_over": self.sitting.outcome != Sitting.Outcome.UNDER_WAY,
            "is_of_today": is_of_today(self.by, self.sitting),
            "is_approved": self.plan.state == Plan.State.APPROVED,
            "known": self.rows[-1].pk if self.rows else 0,
            "changed_reasons": reasons_for("changed"),
            "skipped_reasons": reasons_for("skipped"),
            "places": places(muscle, [point.id for point in chair.points]),
            "device": device_data(self.by, self.sitting, chair, self.rows, now),
        }
