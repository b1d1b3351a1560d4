"""Carers: invited by the patient, until a day; and what a carer meets after signing in."""

from __future__ import annotations

from typing import ClassVar

from django import forms
from django.contrib import messages
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from masseter.journey.accounts.models import User
from masseter.journey.accounts.queries import clinic_of, persons_of
from masseter.journey.ground import clock
from masseter.journey.ground.rights import Right
from masseter.journey.people.actions import accept_invitation, end_proxy, invite_carer
from masseter.journey.people.models import Proxy
from masseter.journey.people.proxies import own_proxy, proxies_of, proxy_of
from masseter.portal.home.views import OwnPage
from masseter.portal.record.forms import CarerForm, InvitationForm, TakeBackForm
from masseter.ui.pages import Context, FormPage


class MyCarersView(OwnPage, FormPage):
    """Who may see the record beside the clinic, and inviting somebody."""

    template = "portal/record/carers.html"
    page_name = "My carers"
    form_class = CarerForm

    def act(self, form: forms.Form) -> str:
        told = form.cleaned_data
        proxy, code = invite_carer(
            by=self.by,
            patient=self.patient,
            name=told["name"],
            email=told["email"],
            until=told["until"],
            may_write=told["scope"] == "write",
            relation=told["relation"],
        )
        # Shown once: only its digest is kept.
        words = _(
            "A letter is on its way to %(email)s. Tell %(name)s this code yourself: %(code)s. "
            "It is shown this once."
        )
        messages.success(self.request, words % {"email": proxy.email, "name": proxy.name, "code": code})
        return reverse("my_carers")

    def context(self) -> Context:
        return {
            "carers": proxies_of(self.by, self.patient),
            "today": clock.today(self.by.zone),
        }


class MyCarerEndView(OwnPage, FormPage):
    """End a carer's access."""

    template = "portal/record/carer_end.html"
    page_name = "My carers"
    form_class = TakeBackForm
    success: ClassVar = gettext_lazy("The access has ended.")
    proxy: Proxy

    def load(self) -> None:
        super().load()
        self.proxy = proxy_of(self.by, int(self.kwargs["proxy"]))

    def act(self, form: forms.Form) -> str:
        end_proxy(by=self.by, proxy=self.proxy)
        return reverse("my_carers")

    def context(self) -> Context:
        return {"carer": self.proxy}


class MyInvitationView(FormPage):
    """Show the code of an invitation. Until then nothing of the record is shown, not even a name."""

    right = Right.SHOW_CODE
    template = "portal/record/invitation.html"
    form_class = InvitationForm
    keeps_typed = False
    proxy: Proxy

    def load(self) -> None:
        self.proxy = own_proxy(self.by)

    def act(self, form: forms.Form) -> str:
        if accept_invitation(by=self.by, proxy=self.proxy, code=form.cleaned_data["code"]):
            return reverse("start")
        # No refusal, which would undo that the wrong code was counted.
        messages.error(self.request, _("This code does not fit. After some wrong codes the invitation ends."))
        return reverse("start")

    def context(self) -> Context:
        return {"persons": _persons(self)}


class MyPersonsView(OwnPage):
    """Whose record to see, for somebody who cares for others."""

    right: ClassVar = (Right.OWN_CARE, Right.SEE_OWN)
    template = "portal/record/persons.html"
    page_name = "Whose record"

    def context(self) -> Context:
        return {"persons": _persons(self)}


def _persons(page: FormPage | OwnPage) -> list[dict[str, object]]:
    user = page.request.user
    assert isinstance(user, User)
    return [
        {
            "key": one.key,
            "name": one.name if one.role != "invited" else _("An invitation"),
            "is_chosen": one.patient_id == page.by.patient_id and one.role in page.by.roles,
        }
        for one in persons_of(user, clinic_of(page.by))
    ]
