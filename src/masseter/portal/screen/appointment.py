"""Asking for an appointment: a request in the clinic's inbox, and a page that says what happens next."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext, override

from masseter.journey.ground.refusals import Refused
from masseter.journey.screen.actions import SentCheck, ask_for_appointment
from masseter.knowledge.load import load
from masseter.portal.screen.carrying import Carried, arrive
from masseter.portal.screen.forms import AskForm
from masseter.portal.screen.limits import count_request
from masseter.portal.screen.visitors import PublicPage
from masseter.ui.calendar_words import suits_words
from masseter.ui.pages import Context, FormPage


class AskView(PublicPage, FormPage):
    """The form. Coming from a self-check, it brings the sealed answers, which leave only when ticked."""

    template = "portal/screen/ask.html"
    form_class = AskForm

    def initial(self) -> dict[str, Any]:
        source = self.request.POST if self.request.method == "POST" else self.request.GET
        carried = arrive(self.request.POST.get("sealed", ""))
        condition = carried.condition if carried else source.get("condition", "")
        sealed = self.request.POST.get("sealed", "") if carried else ""
        return {"condition": condition if condition in load().conditions else "", "sealed": sealed}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "begin" in request.POST:
            return self.show(self._parts(self.make_form()))
        return super().post(request, *args, **kwargs)

    def act(self, form: forms.Form) -> str:
        data = form.cleaned_data
        if data["website"]:
            # A machine filled the field that nobody sees. It learns nothing.
            return reverse("appointment_asked")
        count_request(self.by.address)
        carried = arrive(data["sealed"]) if data["send_answers"] else None
        if data["send_answers"] and carried is None:
            raise Refused(
                gettext(
                    "The answers of your self-check are no longer here. Untick the box, or take it again."
                ),
                field="send_answers",
            )
        ask_for_appointment(
            by=self.by,
            name=data["name"],
            email=data["email"],
            phone=data["phone"],
            birth_date=data["birth_date"],
            condition=data["condition"],
            message=data["message"],
            preferred_times=times_told(data["days"], data["parts"], data["preferred_times"]),
            check=sent_along(carried) if carried else None,
        )
        return reverse("appointment_asked")

    def context(self) -> Context:
        return {"has_answers": bool(arrive(self.request.POST.get("sealed", "")))}


def times_told(days: Sequence[str], parts: Sequence[str], more: str) -> str:
    """The times that suit as the clinic reads them, in its own language, with what was typed."""
    with override("en"):
        ticked = suits_words([int(one) for one in days], parts, None) if days or parts else ""
    return ". ".join(one for one in (ticked, more.strip()) if one)


def sent_along(carried: Carried) -> SentCheck:
    """A carried self-check as the clinic keeps it."""
    return SentCheck(
        condition=carried.condition,
        outcome=carried.outcome,
        answers=carried.answers,
        red_flags_open=tuple(carried.red_flags_open),
        knowledge_version=carried.knowledge_version,
    )


class AskedView(PublicPage):
    """Thanks, and what happens next."""

    template = "portal/screen/asked.html"
