"""The plan's page: a draft is edited on map and list as one form; a settled plan is shown."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from masseter.clinic.consult.views.pain import pain_context
from masseter.clinic.plan.changes import changes_of
from masseter.clinic.plan.chart import PlanPage
from masseter.clinic.plan.chosen import CHANGES, STEPS
from masseter.clinic.plan.editing import edited_points, rows_of, with_typed
from masseter.clinic.plan.felt import ASIDE, felt_context, put_aside
from masseter.clinic.plan.forms import PlanForm
from masseter.clinic.plan.presenters import check_words, markers, plan_title, state_words, told_of
from masseter.clinic.plan.reading import settled
from masseter.clinic.plan.words import plain
from masseter.core.plan.ways import DEPTHS
from masseter.journey.audit.queries import has_opened
from masseter.journey.ground import clock
from masseter.journey.ground.rights import Right
from masseter.journey.plan.actions import approve_plan, change_plan, propose_plan
from masseter.journey.plan.checking import Checked, check
from masseter.journey.plan.drafts import stored_points
from masseter.journey.plan.models import Plan
from masseter.knowledge.load import load
from masseter.ui.facemap import MapMarker, picked_ids
from masseter.ui.pages import Context, FormPage
from masseter.ui.words import product_words, unit_words

DRAFT = "clinic/plan/draft.html"
SETTLED = "clinic/plan/plan.html"
# A page that is typed in asks for its check all the time; it is logged once in this time.
STAYS_OPEN = timedelta(hours=1)
MOVED = "The chosen points are moved."
DONE = {
    "propose": "The plan waits for a prescriber.",
    "approve": "The plan is approved.",
    "mirror_left": "The left side is copied to the right.",
    "mirror_right": "The right side is copied to the left.",
    "pick_units": "The doses of the chosen points are changed.",
    "pick_depth": "The depth of the chosen points is changed.",
    "pick_remove": "The chosen points are removed.",
    "pick_mirror": "The chosen points are copied to the other side.",
    "pick_standard": "The chosen points are back at their standard places.",
    "pick_up": MOVED,
    "pick_down": MOVED,
    "pick_in": MOVED,
    "pick_out": MOVED,
    "add": "The points are added. Type their doses.",
    "aside": "The draft is saved, and the mark is put aside with it.",
    "include": "The points are added with the doses of the scheme.",
}


class PlanView(PlanPage, FormPage):
    """A plan: editor while it is a draft, record afterwards."""

    right: ClassVar = Right.SEE_CHART
    template = "clinic/plan/plan.html"
    page_name = "Plan"
    form_class = PlanForm

    def subject(self) -> Plan:
        return self.plan

    def initial(self) -> dict[str, Any]:
        plan = self.plan
        return {
            "presentation": plan.presentation,
            "diluent_ml": plain(plan.diluent_ml),
            "graduation_ml": plain(plan.graduation_ml),
            "syringes": plan.syringes,
            "off_label_reason": plan.off_label_reason,
            "note": plan.note,
        }

    def form_options(self) -> dict[str, Any]:
        return plan_form_options(self.plan)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.POST.get("do") == "check":
            form = self.make_form(request.POST)
            return self.show({**self._parts(form), "form_has_errors": not form.is_valid()})
        return super().post(request, *args, **kwargs)

    def act(self, form: forms.Form) -> str:
        if not isinstance(form, PlanForm):
            raise TypeError("the plan's page has its own form")
        plan = change_plan(
            by=self.by,
            plan=self.plan,
            points=edited_points(form),
            drawing=form.drawing(),
            off_label_reason=form.cleaned_data["off_label_reason"],
            note=form.cleaned_data["note"],
            reasons=form.reasons(),
        )
        wish = str(form.data.get("do", "save"))
        if wish.startswith(ASIDE):
            put_aside(self.by, plan, wish)
        if wish in {"propose", "approve"}:
            plan = propose_plan(by=self.by, plan=plan)
        if wish == "approve":
            approve_plan(by=self.by, plan=plan)
        messages.success(self.request, DONE.get(wish.partition(":")[0], "The draft is saved."))
        # What was ticked stays ticked: most often the next button is for the same points.
        picked = picked_ids(form.data) if wish in CHANGES else ()
        return reverse("plan", args=[plan.pk], query={"picked": sorted(picked)} if picked else None)

    def show(self, more: Context, status: int = 200) -> HttpResponse:
        form = more["form"]
        edits = form.is_bound or (self.plan.state == Plan.State.DRAFT and self.by.may(Right.PLAN))
        shown = self.draft(form) if edits else self.settled()
        page = DRAFT if edits else SETTLED
        return render(self.request, page, {"by": self.by, **self.context(), **shown, **more}, status=status)

    def draft(self, form: PlanForm) -> Context:
        checked = check_typed(self, form) if form.is_bound else self.checked()
        points = form.points if form.is_bound else stored_points(self.plan)
        picked = picked_ids(form.data) if form.is_bound else self.request.GET.getlist("picked")
        told = told_of(checked)
        rows = rows_of(form.rows() if form.is_bound else points, told, picked)
        felt = felt_context(self.by, self.plan, self.last, points, self.last_points)
        return {
            **felt,
            "check": check_words(checked, form.problems, told),
            "markers": [*self.ghosts(), *markers(points, checked.findings), *felt["felt_markers"]],
            "rows": rows,
            "depths": DEPTHS,
            "mm_steps": STEPS,
            "against": self.against_last(points),
            "changes": changes_of(self.plan, points),
            "may_approve": self.by.may(Right.APPROVE_PLAN),
        }

    def ghosts(self) -> list[MapMarker]:
        """The points of the last treatment, to lie under the plan."""
        last = self.last_points
        return markers(last.points, state="ghost", version=last.map_version) if last else []

    def settled(self) -> Context:
        """What is shown of a plan that is no draft, over what was given last."""
        told = settled(self.by, self.plan, self.last, self.last_points)
        points = stored_points(self.plan) if self.last_points else ()
        return {**told, "markers": [*self.ghosts(), *told["markers"]], "against": self.against_last(points)}

    def checked(self) -> Checked:
        return check(self.by, self.plan, today=clock.today(self.by.zone))

    def context(self) -> Context:
        return {
            **super().context(),
            **(pain_context(self) if self.plan.is_running else {"pain": None, "pain_shapes": []}),
            "plan_title": plan_title(self.plan),
            "last": self.last,
            "state": state_words(self.plan),
            "brand": product_words(self.plan.product),
            "unit_label": unit_words(self.plan.product),
            "protocol": load().protocols.get(self.plan.protocol),
            "own": self.plan.own_version,
        }


class CheckView(PlanPage):
    """The live check: what the server finds in the draft as it is being typed."""

    right: ClassVar = Right.PLAN
    http_method_names = ("post", "options")
    page_name = "Check of a plan"

    def log(self) -> None:
        """The check belongs to the plan's page: where that was opened lately, it is no opening of its own."""
        pages = {PlanView.page_name, self.page_name}
        if not has_opened(self.by, self.patient.pk, pages, since=clock.now() - STAYS_OPEN):
            super().log()

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = PlanForm(request.POST, **plan_form_options(self.plan))
        form.is_valid()
        words = check_words(check_typed(self, form), form.problems)
        # Without the context of a page: nothing of its head is shown here, and much would be read for it.
        shown = {"check": words, "against": self.against_last(form.points), "last": self.last}
        return render(request, "clinic/plan/check.html", {**shown, "by": self.by, "case": self.case})


def plan_form_options(plan: Plan) -> dict[str, Any]:
    """What the form has to know of a plan: the sizes of its product, and the way of its protocol's points."""
    return {"product": load().products[plan.product], "protocol": plan.protocol}


def check_typed(page: PlanPage, form: PlanForm) -> Checked:
    """Check a draft with what is typed, saved or not."""
    form.is_valid()
    typed = with_typed(page.plan, form)
    return check(page.by, typed, today=clock.today(page.by.zone), points=form.points, typed=form.reasons())
