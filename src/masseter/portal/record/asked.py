"""What a patient asks of the clinic about the record, and the answers."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy

from masseter.journey.ground.refusals import NotHere
from masseter.journey.people.queries import Look, LookFilter, looks_at
from masseter.journey.record.actions import ask_about_record, take_back_asked
from masseter.journey.record.models import Asked
from masseter.journey.record.queries import asked_by, asked_of, statements_of
from masseter.journey.record.retention import kept_words, rule_of, rule_words
from masseter.portal.home.presenters import look_lines
from masseter.portal.home.views import OwnPage
from masseter.portal.record.forms import AskForm, TakeBackForm
from masseter.ui.pages import Context, FormPage

MOST_DIGITS = 18  # a number that the database can hold


class MyAskedView(OwnPage):
    """Everything that was asked, with the answers, and the statements that were added."""

    template = "portal/record/asked.html"
    page_name = "What I asked about my record"

    def context(self) -> Context:
        return {
            "asked": asked_by(self.by, self.patient),
            "statements": statements_of(self.by, self.patient),
            "rule": rule_words(rule_of(self.by)),
        }


class MyAskView(OwnPage, FormPage):
    """Ask for a correction or a deletion; or, from a line of the list, why somebody looked."""

    template = "portal/record/ask.html"
    page_name = "Asking about my record"
    form_class = AskForm
    success: ClassVar = gettext_lazy("Your clinic has it. You will see the answer here.")
    look: Look | None = None

    def load(self) -> None:
        super().load()
        number = self.request.GET.get("look", "")
        if number:
            self.look = self._look(number)

    def _look(self, number: str) -> Look:
        is_number = number.isascii() and number.isdecimal() and len(number) <= MOST_DIGITS
        found = looks_at(self.by, self.patient, 1, LookFilter(number=int(number))) if is_number else []
        if not found:
            raise NotHere("There is no such entry.")
        return found[0]

    def form_options(self) -> dict[str, Any]:
        return {"is_look": self.look is not None}

    def initial(self) -> dict[str, Any]:
        return {"kind": self.request.GET.get("kind", "")}

    def act(self, form: forms.Form) -> str:
        told = form.cleaned_data
        asked = ask_about_record(
            by=self.by,
            patient=self.patient,
            kind=told.get("kind", Asked.Kind.LOOK),
            about=told.get("about", ""),
            words=told["words"],
            look=self.look.number if self.look else None,
        )
        return reverse("my_asked_one", args=[asked.pk])

    def context(self) -> Context:
        return {
            "look": look_lines([self.look], self.by)[0] if self.look else None,
            "rule": rule_words(rule_of(self.by)),
            "kept": kept_words(self.by, self.patient),
        }


class MyAskedOneView(OwnPage, FormPage):
    """One request with its answer; it can be taken back until it is answered."""

    template = "portal/record/asked_one.html"
    page_name = "What I asked about my record"
    form_class = TakeBackForm
    success: ClassVar = gettext_lazy("You took it back.")
    asked: Asked

    def load(self) -> None:
        super().load()
        self.asked = asked_of(self.by, int(self.kwargs["asked"]))

    def act(self, form: forms.Form) -> str:
        take_back_asked(by=self.by, asked=self.asked)
        return reverse("my_asked")

    def context(self) -> Context:
        return {"asked": self.asked}
