"""Staff, audit trail and knowledge."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from masseter.clinic.administration.forms import AuditFilterForm, EndRoleForm, StaffForm
from masseter.clinic.administration.presenters import added_words, event_rows, knowledge_rows, staff_rows
from masseter.journey.accounts.actions import add_staff, end_membership
from masseter.journey.accounts.models import Membership
from masseter.journey.accounts.queries import membership_of, staff_of
from masseter.journey.audit.queries import EventFilter, events, page_of
from masseter.journey.ground import clock
from masseter.journey.ground.rights import Right, Role
from masseter.knowledge.load import load
from masseter.ui.pages import Context, FormPage, Page


class StaffPage(Page):
    right = Right.KEEP_STAFF
    template = "clinic/administration/staff.html"

    def context(self) -> Context:
        return {"people": staff_rows(staff_of(self.by))}


class AddStaffPage(FormPage):
    right = Right.KEEP_STAFF
    template = "clinic/administration/staff_add.html"
    form_class = StaffForm

    def act(self, form: forms.Form) -> str:
        data = form.cleaned_data
        user = add_staff(
            by=self.by,
            email=data["email"],
            name=data["name"],
            roles=frozenset(Role(role) for role in data["roles"]),
        )
        messages.success(self.request, added_words(user))
        return reverse("staff")


class EndRolePage(FormPage):
    right = Right.KEEP_STAFF
    template = "clinic/administration/role_end.html"
    form_class = EndRoleForm
    success = "The role has ended. The history stays."
    membership: Membership

    def load(self) -> None:
        self.membership = membership_of(self.by, self.kwargs["membership"])

    def context(self) -> Context:
        return {"person": staff_rows([self.membership])[0]}

    def act(self, form: forms.Form) -> str:
        end_membership(by=self.by, membership=self.membership)
        return reverse("staff")


class AuditTrailPage(Page):
    right = Right.SEE_AUDIT
    template = "clinic/administration/audit_trail.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = AuditFilterForm(request.GET or None)
        found = form.cleaned_data if form.is_bound and form.is_valid() else {}
        wanted = EventFilter(
            who=found.get("who", ""),
            what=found.get("what", ""),
            patient_id=found.get("patient"),
            day=found.get("day"),
        )
        text = request.GET.get("page", "1")
        number = int(text) if text.isdecimal() and len(text) < 7 else 1
        rows, has_older = page_of(events(self.by, wanted), number)
        may_see_chart = self.by.may(Right.SEE_CHART)
        shown = {
            "form": form,
            "events": event_rows(rows, self.by.zone, may_see_chart=may_see_chart),
            "may_see_chart": may_see_chart,
            "page_number": number,
        }
        return self.show({**shown, "has_older": has_older, "form_has_errors": bool(form.errors)})


class KnowledgePage(Page):
    right = Right.SEE_HOME
    template = "clinic/knowledge/index.html"

    def context(self) -> Context:
        return knowledge_rows(load(), clock.today(self.by.zone), self.by.jurisdiction)
