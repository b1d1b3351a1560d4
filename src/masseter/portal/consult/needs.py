"""What a person needs at a visit: an interpreter, and whatever else helps."""

from __future__ import annotations

from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from masseter.journey.people.actions import tell_needs
from masseter.portal.consult.views import OwnIntake
from masseter.ui.forms import OneField
from masseter.ui.pages import Context, FormPage

BREAK = "; "
SAID = {"yes": True, "no": False}
# What is asked most often; kept in the clinic's words, so that the record reads the same for everybody.
HELPS = {
    "Step-free access": _("I need a way in without steps"),
    "Hearing: speak clearly, face to face": _("I hear badly"),
    "Sight: large print, or read aloud": _("I see badly"),
    "A quiet room": _("A quiet room helps me"),
    "Somebody comes along": _("Somebody comes with me"),
    "Afraid of needles": _("I am afraid of needles"),
    "Lies down for injections: may faint": _("I may faint, so I want to lie down"),
}


class NeedsForm(forms.Form):
    """An interpreter or not, what helps by list and in own words."""

    interpreter = OneField(
        label=_("Do you need an interpreter?"), choices=[("yes", _("Yes")), ("no", _("No"))], required=False
    )
    helps = forms.MultipleChoiceField(
        label=_("What helps you at a visit?"),
        choices=list(HELPS.items()),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    words = forms.CharField(
        label=_("Anything else that helps"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class MyNeedsView(OwnIntake, FormPage):
    """Tell the clinic before the visit; it is seen with every appointment."""

    template = "portal/consult/needs.html"
    page_name = "What helps me at a visit"
    form_class = NeedsForm

    def initial(self) -> dict[str, Any]:
        said = [part for part in self.patient.access_needs.split(BREAK) if part]
        return {
            "interpreter": "yes" if self.patient.needs_interpreter else "",
            "helps": [part for part in said if part in HELPS],
            "words": BREAK.join(part for part in said if part not in HELPS),
        }

    def act(self, form: forms.Form) -> str:
        data = form.cleaned_data
        tell_needs(
            by=self.by,
            patient=self.patient,
            needs_interpreter=SAID.get(data["interpreter"], self.patient.needs_interpreter),
            access_needs=BREAK.join(part for part in (*data["helps"], data["words"].strip()) if part),
        )
        return reverse("my_intake") + self.query()

    def context(self) -> Context:
        return {**super().context(), "back": reverse("my_intake") + self.query()}
