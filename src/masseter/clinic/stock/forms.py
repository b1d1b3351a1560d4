"""Forms of the stock pages: they shape what was typed; what may be done is decided by the actions."""

from __future__ import annotations

from django import forms

from masseter.clinic.stock.presenters import size_choices
from masseter.ui.forms import DayField, OneField, WholeNumberField


class ReceiveForm(forms.Form):
    """One lot with its vials, scanned or typed."""

    code = forms.CharField(
        label="Codes on the cartons",
        help_text="Scan the square code of each carton, one after another. Or leave this empty.",
        required=False,
        max_length=20_000,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 3, "autofocus": True, "spellcheck": "false"}),
    )
    label_code = forms.CharField(
        label="Codes on the vials",
        help_text="Where a vial has one that says its lot: scan it, and it is compared with the carton.",
        required=False,
        max_length=20_000,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 2, "spellcheck": "false"}),
    )
    size = forms.ChoiceField(label="Product and vial size")
    number = forms.CharField(label="Lot number", max_length=40)
    expires_on = DayField(
        label="Expiry, last day of use",
        help_text="Only month and year on the carton? Take the month’s last day.",
    )
    count = WholeNumberField(label="Number of vials")
    serials = forms.CharField(
        label="Serial numbers",
        help_text="One a line, where the cartons have them.",
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    unit = forms.ChoiceField(label="Put into", required=False)
    compared = forms.BooleanField(
        label="I have compared lot, expiry and product with the cartons in my hand.",
        error_messages={"required": "Compare with the cartons and tick this."},
    )

    def __init__(self, *args, units: list[tuple[str, str]], **options) -> None:  # type: ignore[no-untyped-def]  # as Django's own
        super().__init__(*args, **options)
        self.fields["unit"].choices = [("", "Said later"), *units]  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["size"] = forms.ChoiceField(
            label="Product and vial size", choices=[("", "Choose"), *size_choices()]
        )

    def clean_serials(self) -> list[str]:
        return [line.strip() for line in self.cleaned_data["serials"].splitlines() if line.strip()]


class ChangeForm(forms.Form):
    """What becomes of a lot or vial, and why."""

    do = OneField(label="What to do", error_messages={"required": "Choose what to do."})
    reason = forms.CharField(
        label="Reason",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Write the reason."},
    )

    def __init__(self, *args, choices: list[tuple[str, str]], **options) -> None:  # type: ignore[no-untyped-def]  # as Django's own
        super().__init__(*args, **options)
        self.fields["do"] = OneField(
            label="What to do", choices=choices, error_messages={"required": "Choose what to do."}
        )
