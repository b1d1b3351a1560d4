"""Forms of the clinic's pages about messages."""

from __future__ import annotations

from typing import Any

from django import forms

from masseter.journey.messaging.models import ADDRESS, Kind
from masseter.ui.forms import OneField

_WHAT = (
    ("again", "Send it again to the same address"),
    ("correct", "Correct the address and send it again"),
    ("aside", "Put it aside: it was dealt with otherwise"),
)


class MendForm(forms.Form):
    """What to do about a message that did not arrive."""

    what = OneField(label="What to do", choices=_WHAT)
    address = forms.CharField(
        label="New address or number",
        required=False,
        max_length=ADDRESS,
        help_text="Only to correct it. It becomes the patient's, and signing in follows an e-mail address.",
    )

    def __init__(self, *args: Any, has_address: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not has_address:
            del self.fields["address"]
            self.fields["what"].choices = [one for one in _WHAT if one[0] != "correct"]  # type: ignore[attr-defined]


class SettingsForm(forms.Form):
    """What the clinic decides about its messages."""

    sender_name = forms.CharField(
        label="Name in messages",
        required=False,
        max_length=60,
        help_text="Empty: the clinic's own. Others may read it: better one that tells nothing about health.",
    )
    quiet_from = forms.TimeField(label="Quiet from", widget=forms.TimeInput(attrs={"type": "time"}))
    quiet_until = forms.TimeField(
        label="Quiet until",
        widget=forms.TimeInput(attrs={"type": "time"}),
        help_text="Between the two nothing is sent, in the clinic's time zone. Twice the same: never quiet.",
    )
    visit_days = forms.IntegerField(label="Remind of a visit", min_value=1, max_value=14)
    diary_days = forms.IntegerField(
        label="Remind of a diary at most every",
        min_value=1,
        max_value=28,
        help_text="A diary is reminded when the day has passed on which it asked for an entry.",
    )
    sends_reminders = forms.BooleanField(
        label="Send reminders",
        required=False,
        help_text="News of a visit that is offered, booked, moved or cancelled goes out all the same.",
    )
    sends_texts = forms.BooleanField(
        label="Send text messages",
        required=False,
        help_text="To those without an e-mail address, or who wish no e-mail.",
    )


class WordsForm(forms.Form):
    """The clinic's own words for one kind in one language; empty ones are the shipped ones."""

    subject = forms.CharField(label="Subject of the mail", required=False, max_length=120)
    body = forms.CharField(
        label="Mail", required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 8})
    )
    text = forms.CharField(
        label="Text message", required=False, max_length=300, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, kind: str = Kind.VISIT, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if kind == Kind.REQUEST:
            # Somebody who is no patient yet is answered by mail alone.
            del self.fields["text"]
