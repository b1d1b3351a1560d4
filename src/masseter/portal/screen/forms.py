"""The form of a request for an appointment."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from masseter.portal.screen.visitors import conditions_in_order
from masseter.ui.calendar_words import part_choices, weekday_choices
from masseter.ui.forms import DayField, ManyField
from masseter.ui.languages.told import told


class AskForm(forms.Form):
    """Who asks, how to reach them, and what it is about. `website` is bait: no person sees it."""

    name = forms.CharField(
        label=_("Your name"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    email = forms.EmailField(
        label=_("E-mail address"), required=False, widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )
    phone = forms.CharField(
        label=_("Telephone"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "tel", "type": "tel"}),
    )
    birth_date = DayField(
        label=_("Date of birth"),
        required=False,
        help_text=_("It helps us not to mix you up with somebody else."),
    )
    condition = forms.ChoiceField(label=_("What is it about?"), required=False)
    days = ManyField(
        label=_("Which days suit you?"), required=False, help_text=_("None ticked means any day.")
    )
    parts = ManyField(
        label=_("Which times of day?"), required=False, help_text=_("None ticked means any time.")
    )
    preferred_times = forms.CharField(
        label=_("More about when it suits you"),
        max_length=150,
        required=False,
        help_text=_("For example: not in the first week of May."),
    )
    message = forms.CharField(
        label=_("Anything that we should know"),
        max_length=2000,
        required=False,
        help_text=_("For example an interpreter or step-free access. Please no medical details."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    send_answers = forms.BooleanField(label=_("Send the answers of my self-check along"), required=False)
    sealed = forms.CharField(required=False, max_length=20_000, widget=forms.HiddenInput)
    website = forms.CharField(
        required=False, widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"})
    )

    def __init__(self, *args: Any, **options: Any) -> None:  # Any: as Django's own signature
        super().__init__(*args, **options)
        choices = [(one.code, told(one.story.title)) for one in conditions_in_order()]
        self.fields["days"].choices = weekday_choices()  # type: ignore[attr-defined]  # a choice field
        self.fields["parts"].choices = part_choices()  # type: ignore[attr-defined]  # a choice field
        self.fields["condition"].choices = [("", _("I am not sure")), *choices]  # type: ignore[attr-defined]  # a choice field
