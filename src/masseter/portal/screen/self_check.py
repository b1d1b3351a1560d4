"""The self-check: one page of questions, one answer, and nothing of it is kept anywhere."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from masseter.core.screen.self_check import questions_for, red_flag_codes, run_self_check
from masseter.journey.ground import clock
from masseter.knowledge.load import load
from masseter.knowledge.model import Condition
from masseter.portal.screen.carrying import Carried, carry
from masseter.portal.screen.presenters import answered, condition_cards
from masseter.portal.screen.visitors import PublicPage, condition_named, conditions_in_order
from masseter.ui.observations import ObservationForm, as_typed, plain_words
from masseter.ui.pages import Context

REST = "rest_is_no"


class SelfCheckForm(ObservationForm):
    """The questions, and one box that answers the warning signs left open with no.

    It is a box to tick, never a default: what is left open without it stays not known.
    """

    def __init__(self, *args: Any, flags: Collection[str], **options: Any) -> None:
        super().__init__(*args, **options)
        self.flags = flags
        self.fields[REST] = forms.BooleanField(label=_("No to all that I left open above"), required=False)

    def clean(self) -> dict[str, Any]:  # Any: as Django's own signature
        if self.cleaned_data.get(REST):
            for code in self.flags:
                if self.cleaned_data.get(code) == "":
                    self.cleaned_data[code] = "no"
        return super().clean()


class StartView(PublicPage):
    """Choose what the self-check is about."""

    template = "portal/screen/self_check_start.html"

    def context(self) -> Context:
        return {"cards": condition_cards(conditions_in_order(), self.jurisdiction)}


class SelfCheckView(PublicPage):
    """The questions of one condition; the answer comes back as the reply to the form.

    No row, no session and no address ever holds what was answered.
    """

    template = "portal/screen/self_check.html"
    condition: Condition

    def load(self) -> None:
        self.condition = condition_named(self.kwargs["condition"])

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.show(self._questions(self._form()))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form = self._form(request.POST)
        if not form.is_valid():
            return self.show({**self._questions(form), "form_has_errors": True}, status=422)
        known = load()
        check = run_self_check(
            condition=self.condition,
            knowledge=known,
            facts=form.facts,
            jurisdiction=self.jurisdiction,
        )
        carried = Carried(
            condition=self.condition.code,
            outcome=str(check.answer),
            knowledge_version=check.knowledge_version,
            red_flags_open=list(check.red_flags_open),
            answers={code: as_json(as_typed(fact.value)) for code, fact in form.facts.items()},
        )
        shown = {
            "answered": answered(check, self.condition, known),
            "sealed": carry(carried),
            "answers_told": [
                (one.question, plain_words(one, form.facts[one.code].value))
                for one in form.types
                if one.code in form.facts
            ],
            "today": clock.today(self.by.zone),
        }
        return self.show({**self._questions(form), **shown})

    def context(self) -> Context:
        return {"condition": self.condition, "crumbs": [(gettext("Self-check"), reverse("self_check_start"))]}

    def _form(self, data: Any = None) -> SelfCheckForm:  # Any: as Django's own signature
        known = load()
        types = questions_for(self.condition, known)
        flags = red_flag_codes([*known.precautions, *self.condition.findings])
        return SelfCheckForm(
            data,
            types=types,
            flags=[one.code for one in types if one.code in flags],
            today=clock.today(self.by.zone),
            reported_by="patient",
            plain=True,
        )

    def _questions(self, form: SelfCheckForm) -> Context:
        return {
            "form": form,
            "flags": [form[code] for code in form.flags],
            "rest": form[REST],
            "others": [form[one.code] for one in form.types if one.code not in form.flags],
        }


def as_json(value: object) -> object:
    """A typed value as JSON can hold it."""
    return value if isinstance(value, str | int | bool | list) or value is None else str(value)
