"""Marking on the drawings what was felt after a treatment: more, less, hurt, drooped."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from masseter.journey.ground.refusals import NotHere
from masseter.journey.ground.rights import Right
from masseter.journey.inject.models import Treatment
from masseter.journey.people.models import Patient
from masseter.journey.recover.felt_actions import Droop, mark_felt, take_back_mark
from masseter.journey.recover.models import FeltMark
from masseter.journey.recover.queries import felt_after, mark_of
from masseter.knowledge.load import load
from masseter.portal.recover.presenters import name_of
from masseter.portal.recover.views import WithTreatment
from masseter.ui.areas import AreaField, PlaceForm, area_words
from masseter.ui.felt import FELT_WORDS, felt_markers, felt_words
from masseter.ui.forms import DayField, OneField
from masseter.ui.pages import Context, FormPage
from masseter.ui.records import RecordPage
from masseter.ui.symptoms import AdverseForm, effect_choices

KINDS = [(kind.value, FELT_WORDS[kind.value]) for kind in FeltMark.Kind]
SEVERITY = AdverseForm.base_fields["severity"]


class FeltForm(PlaceForm):
    """What was felt and where; what drooped also says how bad it is and since when."""

    kind = OneField(label=_("What did you feel?"), choices=KINDS)
    area = AreaField(label=_("Or choose the place by name"))
    words = forms.CharField(
        label=_("In your own words"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )
    effect = forms.ChoiceField(label=_("What drooped or became weak?"), required=False)
    severity = OneField(label=_("How bad is or was it?"), required=False, choices=SEVERITY.choices)  # type: ignore[attr-defined]  # a OneField
    started_on = DayField(label=_("Since when?"), required=False)

    def __init__(
        self, *args: Any, conditions: list[str], **options: Any
    ) -> None:  # Any: as Django's own signature
        super().__init__(*args, **options)
        self.fields["effect"].choices = effect_choices(conditions, plain=True)  # type: ignore[attr-defined]  # a choice field

    def clean(self) -> dict[str, Any]:  # Any: as Django's own signature
        data = super().clean() or self.cleaned_data
        if data.get("kind") == FeltMark.Kind.DROOPED:
            for name, sentence in (
                ("severity", _("Choose how bad it is.")),
                ("started_on", _("Enter a day.")),
            ):
                if not data.get(name) and name not in self.errors:
                    self.add_error(name, sentence)
        return data

    def droop(self) -> Droop | None:
        """How it drooped; None where it did not."""
        data = self.cleaned_data
        if data["kind"] != FeltMark.Kind.DROOPED:
            return None
        return Droop(effect=data["effect"], severity=data["severity"], started_on=data["started_on"])


class MyFeltView(WithTreatment):
    """Mark what was felt, and see and take back the marks made so far."""

    template = "portal/recover/felt.html"
    page_name = "My marks of what I felt"
    form_class = FeltForm
    success = _("Your mark is saved. Your clinic sees it when the next treatment is planned.")

    def form_options(self) -> dict[str, Any]:
        return {"conditions": self.conditions}

    def act(self, form: forms.Form) -> str:
        assert isinstance(form, FeltForm)
        data = form.cleaned_data
        began = data["started_on"] if data["kind"] == FeltMark.Kind.DROOPED else None
        mark = mark_felt(
            by=self.by,
            treatment=self.meant_by(form, began),
            kind=data["kind"],
            place=form.place(),
            area=data["area"],
            words=data["words"],
            droop=form.droop(),
        )
        if mark.event is not None:
            # What drooped is an unwanted effect: the next page says whether to call.
            return reverse("my_adverse_told", args=[mark.event.pk])
        return reverse("my_felt")

    def context(self) -> Context:
        marks = [(one, mark) for one in self.treatments for mark in felt_after(self.by, one)]
        return {
            **super().context(),
            "marks": [self._line(treatment, mark) for treatment, mark in marks],
            "markers": felt_markers((mark for _, mark in marks), plain=True),
        }

    def _line(self, treatment: Treatment, mark: FeltMark) -> dict[str, object]:
        return {
            "mark": mark,
            "what": felt_words(mark.kind),
            "where": area_words(mark.site, mark.side, plain=True),
            "after": name_of(treatment) if len(self.treatments) > 1 else "",
        }


class MyTakeBackView(RecordPage, FormPage):
    """Take a mark back; it stays in the history of the record."""

    right: ClassVar = Right.OWN_CARE
    template = "portal/recover/felt_back.html"
    page_name = "Taking back a mark"
    form_class = forms.Form
    success = _("The mark is taken back.")
    mark: FeltMark

    def load(self) -> None:
        self.mark = mark_of(self.by, int(self.kwargs["mark"]))
        if self.mark.taken_back_at is not None and self.request.method == "GET":
            raise NotHere(gettext("This mark is taken back already."))

    def shown_record(self) -> Patient:
        return self.mark.patient

    def act(self, form: forms.Form) -> str:
        take_back_mark(by=self.by, mark=self.mark)
        return reverse("my_felt")

    def context(self) -> Context:
        event = self.mark.event
        name = load().effects.get(event.effect) if event is not None else None
        return {
            "mark": self.mark,
            "what": felt_words(self.mark.kind),
            "where": area_words(self.mark.site, self.mark.side, plain=True),
            "is_reported": event is not None,
            "effect": name.plain_name if name is not None else "",
        }
