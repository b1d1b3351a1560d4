"""Answering what a patient asked, and how long records are kept."""

from __future__ import annotations

from typing import Any

from django import forms

from masseter.journey.record.models import Asked
from masseter.ui.forms import OneField, WholeNumberField

ANSWERS = {
    Asked.Kind.CORRECTION: (
        ("accept", "Accepted: it is corrected, by an amendment or a newer entry"),
        ("refuse", "Refused, with the reason"),
    ),
    Asked.Kind.DELETION: (
        ("accept", "Accepted, as far as nothing has to be kept"),
        ("refuse", "Refused, with the reason"),
    ),
    Asked.Kind.LOOK: (
        ("accept", "It was wrong: say what was done about it"),
        ("refuse", "It was right: say why somebody looked"),
    ),
}


class AnswerForm(forms.Form):
    """Accepted or refused, in words that the patient reads."""

    decision = OneField(label="Decision")
    answer = forms.CharField(
        label="Answer to the patient",
        help_text="In plain words. A refusal names its reason.",
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    adds_statement = forms.BooleanField(
        label="Add the patient’s own words to the record, for good",
        help_text="Where you see it otherwise, the patient may have the statement stand beside the entry.",
        required=False,
    )
    deletes_contact = forms.BooleanField(
        label="Delete address, telephone, e-mail and what helps, and close the portal",
        help_text="The patient cannot sign in any more, and gets word by e-mail that there is an answer.",
        required=False,
    )

    def __init__(self, *args: Any, kind: str, **options: Any) -> None:  # Any: as Django's own signature
        super().__init__(*args, **options)
        self.fields["decision"].choices = ANSWERS[Asked.Kind(kind)]  # type: ignore[attr-defined]  # a choice field
        if kind != Asked.Kind.DELETION:
            del self.fields["deletes_contact"]
        if kind == Asked.Kind.LOOK:
            del self.fields["adds_statement"]


class RetentionForm(forms.Form):
    """Years after the last visit, and the law that says so."""

    years = WholeNumberField(label="Years after the last visit")
    law = forms.CharField(
        label="Law or rule",
        help_text="As patients should read it, with its section. Where several hold, the longest period.",
        max_length=300,
    )
    words = forms.CharField(
        label="What else patients should know",
        help_text="For example: records of children are kept longer.",
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
