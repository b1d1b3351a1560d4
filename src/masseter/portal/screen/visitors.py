"""What the public pages have in common: nobody signs in, and nothing of the reader is kept."""

from __future__ import annotations

from typing import Any, ClassVar

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from masseter.journey.accounts.models import Clinic
from masseter.journey.accounts.queries import public_clinic, visitor
from masseter.journey.ground.actor import Actor
from masseter.journey.ground.refusals import NotHere
from masseter.journey.ground.rights import Right
from masseter.journey.ground.scope import clinic_scope
from masseter.knowledge.load import load
from masseter.knowledge.model import Condition, Jurisdiction
from masseter.ui.languages.told import told
from masseter.ui.pages import Context, Page

# label, address name
MENU = (
    (_("The treatment"), "treatment_page"),
    (_("Self-check"), "self_check_start"),
    (_("Ask for an appointment"), "ask_appointment"),
)


class PublicPage(Page):
    """A page for everybody, in the name of the installation's public clinic."""

    right: ClassVar = Right.ASK
    clinic: Clinic

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        clinic = public_clinic()
        if clinic is None:
            return render(request, "portal/screen/no_clinic.html")
        self.clinic = clinic
        with clinic_scope(clinic.pk):
            return super().dispatch(request, *args, **kwargs)

    def actor(self, request: HttpRequest) -> Actor:
        return visitor(self.clinic, request.META.get("REMOTE_ADDR", ""))

    @property
    def jurisdiction(self) -> Jurisdiction:
        """Whose law holds where the clinic is."""
        return self.by.jurisdiction

    def show(self, more: Context, status: int = 200) -> HttpResponse:
        return super().show({**self.frame(), **more}, status)

    def frame(self) -> Context:
        """The menu of the public pages; somebody signed in finds the way back to their own."""
        path = self.request.path
        nav = [
            {"label": label, "url": reverse(name), "active": path == reverse(name)} for label, name in MENU
        ]
        shown: Context = {
            "nav": nav,
            "clinic": self.clinic,
            "emergency_number": self.clinic.emergency_number,
            "footer_links": [
                {"label": told(one.story.title), "url": reverse("condition_page", args=[one.code])}
                for one in conditions_in_order()
            ],
        }
        if self.request.user.is_authenticated:
            nav.append({"label": gettext("Back to your pages"), "url": reverse("start"), "active": False})
            shown["sign_in_url"] = ""
        return shown


def conditions_in_order() -> list[Condition]:
    """The six conditions in the order in which they are shown."""
    return sorted(load().conditions.values(), key=lambda one: one.order)


def condition_named(code: str) -> Condition:
    """One condition.

    Raises: NotHere.
    """
    found = load().conditions.get(code)
    if found is None:
        raise NotHere(gettext("There is no such condition."))
    return found
