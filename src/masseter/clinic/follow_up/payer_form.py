"""The writer's part of a letter to a payer."""

from __future__ import annotations

from typing import Any

from django import forms

from masseter.ui.forms import ManyField


def _area(rows: int) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class PayerLetterForm(forms.Form):
    """Where the letter goes and what is written in it beside the record. `seen` is what the page showed."""

    payer = forms.CharField(label="Payer", max_length=200)
    address = forms.CharField(label="Address", required=False, max_length=500, widget=_area(3))
    member = forms.CharField(label="Member number", required=False, max_length=60)
    opening = forms.CharField(label="Opening", required=False, max_length=6000, widget=_area(6))
    leave_out = ManyField(
        label="Leave out of the letter",
        help_text="Criteria that this payer does not ask for.",
        required=False,
    )
    closing = forms.CharField(label="Closing", required=False, max_length=6000, widget=_area(4))
    seen = forms.CharField(widget=forms.HiddenInput, max_length=16)

    def __init__(
        self, *args: Any, criteria: list[tuple[str, str]], **kwargs: Any
    ) -> None:  # Any: Django's own
        super().__init__(*args, **kwargs)
        self.fields["leave_out"].choices = criteria  # type: ignore[attr-defined]  # a field with choices
