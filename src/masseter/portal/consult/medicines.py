"""Medicines by name: found in a list as one types, added one by one, or told in own words."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from masseter.core.consult.medicines import Hit, find_medicines, lines_of, named_in
from masseter.journey.consult.actions import tell_medicines
from masseter.journey.consult.queries import standings_of
from masseter.journey.ground.rights import Right
from masseter.knowledge.load import load
from masseter.portal.consult.views import OwnIntake
from masseter.ui.pages import Context, FormPage
from masseter.ui.records import RecordPage

MEDICINES = "medicines"
LONGEST = 100  # of what is looked for


class MedicineForm(forms.Form):
    """One medicine to add, by its name or in own words, or one to take off again."""

    name = forms.CharField(required=False, max_length=200, widget=forms.HiddenInput)
    own = forms.CharField(
        label=_("Not in the list? Write it here"),
        help_text=_("As it stands on the pack, with how much if you know it."),
        required=False,
        max_length=200,
    )
    remove = forms.CharField(required=False, max_length=400, widget=forms.HiddenInput)


class MyMedicinesView(OwnIntake, FormPage):
    """The medicines told so far; look for one (`?q=`), add it, take one off."""

    template = "portal/consult/medicines.html"
    page_name = "My medicines"
    form_class = MedicineForm

    def load(self) -> None:
        super().load()
        one = standings_of(self.patient, self.case).get(MEDICINES)
        newest = (one.waits or one.stands) if one is not None else None
        self.lines = lines_of(str(newest.value)) if newest is not None and newest.value else ()

    def act(self, form: forms.Form) -> str:
        data = form.cleaned_data
        added = [text for text in (data["name"].strip(), data["own"].strip()) if text]
        kept = [line for line in self.lines if line != data["remove"]]
        lines = lines_of("\n".join([*kept, *added]))
        if lines != self.lines:
            tell_medicines(by=self.by, patient=self.patient, case=self.case, lines=lines)
        return reverse("my_medicines") + self.query()

    def context(self) -> Context:
        asked = self.request.GET.get("q", "").strip()[:LONGEST]
        every = load().medicines
        return {
            **super().context(),
            "asked": asked,
            "hits": find_medicines(asked, every),
            "mine": [(line, bool(named_in(line, every))) for line in self.lines],
            "here": reverse("my_medicines") + self.query(),
            "intake": reverse("my_intake") + self.query(),
        }


class MedicineHitsView(RecordPage):
    """What fits a name as it is typed (`?q=`), for the page's own script; nothing of the record."""

    right: ClassVar = Right.OWN_CARE
    page_name = "My medicines"

    def shown_record(self) -> None:
        return None

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        asked = request.GET.get("q", "")[:LONGEST]
        return JsonResponse({"hits": [_told(hit) for hit in find_medicines(asked, load().medicines)]})


def _told(hit: Hit) -> dict[str, str]:
    also = hit.name if hit.name != hit.medicine.name else ""
    return {"name": hit.medicine.name, "also": also}
