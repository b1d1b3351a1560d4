"""The form of a request for an appointment."""

from __future__ import annotations

from typing import Any

from django import forms

from masseter.portal.screen.visitors import conditions_in_order
from masseter.ui.forms import DayField


class AskForm(forms.Form):
    """Who asks, how to reach them, and what it is about. `website` is bait: no person sees it."""

    name = forms.CharField(
        label="Your name", max_length=200, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    email = forms.EmailField(
        label="E-mail address", required=False, widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )
    phone = forms.CharField(
        label="Telephone",
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "tel", "type": "tel"}),
    )
    birth_date = DayField(
        label="Date of birth", required=False, help_text="It helps us not to mix you up with somebody else."
    )
    condition = forms.ChoiceField(label="What is it about?", required=False)
    preferred_times = forms.CharField(
        label="When suits you?",
        max_length=300,
        required=False,
        help_text="For example: in the mornings.",
    )
    message = forms.CharField(
        label="Anything that we should know",
        max_length=2000,
        required=False,
        help_text="For example an interpreter or step-free access. Please no medical details.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    send_answers = forms.BooleanField(label="Send the answers of my self-check along", required=False)
    sealed = forms.CharField(required=False, max_length=20_000, widget=forms.HiddenInput)
    website = forms.CharField(
        required=False, widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"})
    )

    def __init__(self, *args: Any, **options: Any) -> None:  # Any: as Django's own signature
        super().__init__(*args, **options)
        choices = [(one.code, one.story.title) for one in conditions_in_order()]
        self.fields["condition"].choices = [("", "I am not sure"), *choices]  # type: ignore[attr-defined]  # a choice field
