"""Which looks a patient wants to see."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from masseter.journey.people.queries import LookFilter
from masseter.ui.forms import DayField

KINDS = (("", _("Looked or wrote")), ("look", _("Looked")), ("wrote", _("Wrote or changed something")))


class LooksForm(forms.Form):
    """Who, what kind, from when to when; all may be left open."""

    who = forms.CharField(label=_("Name"), max_length=100, required=False)
    kind = forms.ChoiceField(label=_("What"), choices=KINDS, required=False)
    since = DayField(label=_("From"), required=False)
    until = DayField(label=_("To"), required=False)

    def wanted(self) -> LookFilter:
        """What was asked for; what is wrong on the form is left out."""
        if not self.is_bound:
            return LookFilter()
        self.is_valid()
        told = self.cleaned_data
        kind = told.get("kind", "")
        return LookFilter(
            who=told.get("who", "").replace("\x00", ""),
            is_look=kind == "look" if kind else None,
            since=told.get("since"),
            until=told.get("until"),
        )
