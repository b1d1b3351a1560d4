"""Forms of the alerts: they shape what was typed; the list is read and judged by the action."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from masseter.journey.stock.models import Alert, AlertContact
from masseter.ui.forms import OneField

MOST_BYTES = 2_000_000
_ENCODINGS = ("utf-8-sig", "utf-16", "cp1252")


def text_of(file: UploadedFile[bytes], *, most: int = MOST_BYTES) -> str:
    """The text of an uploaded file, in whichever of the usual encodings it was written.

    Raises: ValidationError for a file that is too long, empty or no text.
    """
    if (file.size or 0) > most:
        raise forms.ValidationError(f"The file is larger than {most // 1_000_000} MB.")
    content: bytes = file.read()
    if content[:2] not in (b"\xff\xfe", b"\xfe\xff") and b"\x00" in content:
        raise forms.ValidationError("This is no text file. Export the list as CSV.")
    for encoding in _ENCODINGS:
        if encoding == "utf-16" and content[:2] not in (b"\xff\xfe", b"\xfe\xff"):
            continue
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise forms.ValidationError("This file cannot be read as text. Export the list as CSV.")


class AlertForm(forms.Form):
    """A recall or a warning, with the lots that it names."""

    kind = OneField(
        label="What is it?",
        choices=Alert.Kind.choices,
        error_messages={"required": "Choose what it is."},
    )
    title = forms.CharField(
        label="Title", max_length=200, help_text="As the authority or the maker calls it."
    )
    source = forms.CharField(
        label="From", max_length=200, help_text="Authority or maker, with number and day of the letter."
    )
    lots = forms.CharField(
        label="Lots",
        required=False,
        max_length=1_000_000,
        help_text=(
            "One lot a line, or a table: lot, product, pack, expiry, note, with comma, semicolon or tab "
            "between them. What the alert does not say stays empty."
        ),
        widget=forms.Textarea(attrs={"rows": 5, "spellcheck": "false"}),
    )
    file = forms.FileField(label="Or a CSV file", required=False, allow_empty_file=True)
    text = forms.CharField(
        label="What it says and asks for",
        required=False,
        max_length=10_000,
        help_text="Stands in the letters to the patients.",
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("file"):
            if data.get("lots", "").strip():
                self.add_error("file", "Paste the lots or choose a file, not both.")
            else:
                try:
                    data["lots"] = text_of(data["file"])
                except forms.ValidationError as problem:
                    self.add_error("file", problem)
        return data


class CloseForm(forms.Form):
    """Why an alert is closed."""

    reason = forms.CharField(
        label="Why is the alert closed?",
        max_length=2000,
        help_text="For example the maker’s answer, and where it is kept.",
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Write why the alert is closed."},
    )


class ContactForm(forms.Form):
    """One try to tell a patient."""

    how = OneField(label="How", choices=AlertContact.How.choices, error_messages={"required": "Choose how."})
    reached = OneField(
        label="Was the patient told?",
        choices=[("yes", "Yes, told"), ("no", "No, not reached")],
        error_messages={"required": "Say whether the patient was told."},
    )
    note = forms.CharField(
        label="Note",
        required=False,
        max_length=2000,
        help_text="What the patient said; symptoms go into the symptom check.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )
