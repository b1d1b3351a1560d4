"""Choosing a scheme and product for a new plan, and another product for a draft."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from masseter.clinic.people.chart import CasePage
from masseter.clinic.plan.chart import PlanPage
from masseter.clinic.plan.forms import NewPlanForm, ProductForm
from masseter.clinic.plan.own import OwnChoice, own_choices
from masseter.clinic.plan.schemes import needs_side, optional_sites, schemes_for, waiting_for_pain
from masseter.core.plan.propose import next_from_last
from masseter.core.plan.where import recorded_side
from masseter.journey.consult.queries import facts_of, working_diagnosis
from masseter.journey.ground import clock
from masseter.journey.ground.rights import Right
from masseter.journey.inject.models import Treatment
from masseter.journey.inject.queries import given_points, last_treatment
from masseter.journey.plan.actions import choose_product, draft_plan
from masseter.journey.plan.models import Plan
from masseter.journey.plan.own import newest_version, own_scheme_of
from masseter.journey.plan.queries import running_plan
from masseter.ui.pages import Context, FormPage
from masseter.ui.words import product_words

LAST = "last"


class NewPlanView(CasePage, FormPage):
    """Choose from which scheme, or from the last treatment, the next plan starts."""

    right: ClassVar = Right.PLAN
    template = "clinic/plan/new.html"
    page_name = "New plan"
    form_class = NewPlanForm
    last: Treatment | None
    diagnosis: str

    def load(self) -> None:
        super().load()
        self.last = last_treatment(self.by, self.case)
        self.diagnosis = working_diagnosis(self.case)
        today = clock.today(self.by.zone)
        self.schemes = schemes_for(self.by, self.case, self.diagnosis, today)
        self.owns = own_choices(self.by, self.case, self.diagnosis)
        self.facts = facts_of(self.case, today=today)
        self.optional = optional_sites(self.case, self.facts)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        running = running_plan(self.by, self.case)
        if running is not None:
            return HttpResponseRedirect(reverse("plan", args=[running.pk]))
        return super().get(request, *args, **kwargs)

    def form_options(self) -> dict[str, Any]:
        names = [(scheme.key, scheme.name) for scheme in self.schemes]
        again = [(LAST, "As last time")] if self.last else []
        names += [(own.value, own.name) for own in self.owns]
        return {"schemes": [*again, *names], "optional": self.optional}

    def initial(self) -> dict[str, Any]:
        first = LAST if self.last else next((scheme.key for scheme in self.schemes), "")
        return {"protocol": first, "affected_side": recorded_side(self.facts)}

    def act(self, form: forms.Form) -> str:
        data = form.cleaned_data
        chosen = data["protocol"]
        own = next((one for one in self.owns if one.value == chosen), None)
        if own is not None:
            plan = self.from_own(own, data["product"])
        else:
            plan = self.again(data) if chosen == LAST else self.anew(data)
        return reverse("plan", args=[plan.pk])

    def anew(self, data: dict[str, Any]) -> Plan:
        return draft_plan(
            by=self.by,
            case=self.case,
            protocol=data["protocol"],
            product=data["product"],
            affected_side=data["affected_side"] or None,
            one_sided=data["one_sided"],
            include_optional=data.get("include_optional", ()),
        )

    def from_own(self, own: OwnChoice, product: str) -> Plan:
        version = newest_version(own_scheme_of(self.by, own.pk))
        protocol = version.protocol
        return draft_plan(by=self.by, case=self.case, protocol=protocol, product=product, own=version)

    def again(self, data: dict[str, Any]) -> Plan:
        if self.last is None:
            raise TypeError("the choice is only there with a last treatment")
        product = data["product"] or self.last.product
        points = next_from_last(given_points(self.last), last_product=self.last.product, product=product)
        protocol = self.last.plan.protocol
        own = self.last.plan.own_version
        return draft_plan(
            by=self.by, case=self.case, protocol=protocol, product=product, points=points, own=own
        )

    def context(self) -> Context:
        return {
            **super().context(),
            "fitting": [scheme for scheme in self.schemes if scheme.fits],
            "others": [scheme for scheme in self.schemes if not scheme.fits],
            "owns": self.owns,
            "last": self.last,
            "last_product": product_words(self.last.product) if self.last else "",
            "diagnosis": self.diagnosis,
            "needs_side": needs_side(self.case),
            "waiting": waiting_for_pain(self.case, self.optional),
        }


class ProductView(PlanPage, FormPage):
    """Give a draft another product; every dose is emptied."""

    right: ClassVar = Right.PLAN
    template = "clinic/plan/product.html"
    page_name = "Product of the plan"
    form_class = ProductForm
    success = "The product is changed. Type every dose anew: units of two products are not comparable."

    def subject(self) -> Plan:
        return self.plan

    def form_options(self) -> dict[str, Any]:
        return {"without": self.plan.product}

    def act(self, form: forms.Form) -> str:
        choose_product(by=self.by, plan=self.plan, product=form.cleaned_data["product"])
        return reverse("plan", args=[self.plan.pk])

    def context(self) -> Context:
        return {**super().context(), "brand": product_words(self.plan.product)}
