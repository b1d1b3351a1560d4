"""Forms that answer a request for an appointment."""

from __future__ import annotations

from typing import Any

from django import forms

from masseter.ui.forms import DayField, OneField

NEW = "new"


class AcceptForm(forms.Form):
    """Whose record the request belongs to: one that looks alike, one named by number, or a new one."""

    patient = OneField(label="Is it one of these people?", required=False)
    number = forms.CharField(
        label="Patient number, when already ours",
        required=False,
        max_length=20,
        help_text="For example M-000123.",
    )
    given_names = forms.CharField(max_length=100)
    family_name = forms.CharField(max_length=100)
    birth_date = DayField(label="Date of birth", required=False, help_text="Empty when not known yet.")
    open_portal = forms.BooleanField(
        label="Let the person answer our questions at home",
        required=False,
        help_text="A sign-in code goes to the e-mail address whenever they sign in.",
    )

    def __init__(
        self, *args: Any, alike: list[tuple[str, str]], **options: Any
    ) -> None:  # Any: as Django's own signature
        super().__init__(*args, **options)
        self.alike = alike
        choices = [*alike, (NEW, "None of them: somebody new")]
        self.fields["patient"].choices = choices  # type: ignore[attr-defined]  # a choice field

    def clean(self) -> dict[str, Any]:  # Any: as Django's own signature
        cleaned = super().clean() or self.cleaned_data
        is_open = not cleaned.get("patient") and not cleaned.get("number")
        if self.alike and is_open and "patient" not in self.errors:
            self.add_error("patient", "Somebody like this is on record. Choose the record, or somebody new.")
        return cleaned


class DeclineForm(forms.Form):
    """The reason that the person was told."""

    reason = forms.CharField(
        label="What did you tell the person?", max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )
