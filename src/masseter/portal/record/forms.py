"""Forms of the patient's rights: contact data, a new address, what is asked of the clinic."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from masseter.journey.record.models import Asked
from masseter.ui.forms import DayField, OneField
from masseter.ui.spoken import LANGUAGES


class ContactForm(forms.Form):
    """How to reach the patient, and what helps at a visit."""

    address = forms.CharField(
        label=_("Postal address"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    phone = forms.CharField(label=_("Telephone"), max_length=40, required=False)
    language = forms.ChoiceField(label=_("Language"), choices=LANGUAGES)
    needs_interpreter = forms.BooleanField(label=_("I need an interpreter"), required=False)
    access_needs = forms.CharField(
        label=_("What helps me in the clinic"),
        help_text=_("For example: step-free access, a quiet room, large print."),
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=1000,
        required=False,
    )


class EmailForm(forms.Form):
    """A new address to sign in with."""

    email = forms.EmailField(label=_("New e-mail address"))


class CodeForm(forms.Form):
    """The code that was sent."""

    code = forms.CharField(
        label=_("Code"),
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )


class AskForm(forms.Form):
    """What the clinic should correct, delete or explain."""

    kind = OneField(
        label=_("What would you like?"),
        choices=(
            (Asked.Kind.CORRECTION, _("Have something corrected")),
            (Asked.Kind.DELETION, _("Have something deleted")),
        ),
    )
    about = forms.CharField(
        label=_("Which part of your record?"),
        help_text=_("For example: my medicines, the treatment of 3 May."),
        max_length=200,
        required=False,
    )
    words = forms.CharField(
        label=_("In your words"),
        help_text=_("What is wrong, and how it should be."),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )

    def __init__(self, *args: Any, is_look: bool = False, **options: Any) -> None:  # Any: Django's own
        super().__init__(*args, **options)
        if is_look:
            del self.fields["kind"], self.fields["about"]
            self.fields["words"].help_text = _("What surprises you about it.")


class TakeBackForm(forms.Form):
    """A form that only says yes."""


class CarerForm(forms.Form):
    """Who may see the record, how much, and until when."""

    name = forms.CharField(label=_("Name of your carer"), max_length=100)
    relation = forms.CharField(
        label=_("Who this is to you"),
        help_text=_("For example: my daughter, my neighbour."),
        max_length=100,
        required=False,
    )
    email = forms.EmailField(label=_("Their own e-mail address"))
    scope = OneField(
        label=_("What may they do?"),
        choices=(
            ("see", _("See my treatments, results and what comes next")),
            ("write", _("See all this, and write my diary")),
        ),
    )
    until = DayField(
        label=_("Until"), help_text=_("A day within a year. You can end it earlier at any time.")
    )


class InvitationForm(forms.Form):
    """The code that the person who is cared for handed over."""

    code = forms.CharField(
        label=_("Code"), max_length=20, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
