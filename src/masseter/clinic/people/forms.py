"""Forms about who a patient is."""

from __future__ import annotations

from typing import Any

from django import forms

from masseter.journey.people.models import Patient
from masseter.knowledge.load import load
from masseter.ui.forms import DayField, NumberField, OneField
from masseter.ui.spoken import LANGUAGES


class PatientForm(forms.Form):
    """Who a patient is and how to reach them."""

    given_names = forms.CharField(max_length=100)
    family_name = forms.CharField(max_length=100)
    birth_date = DayField(label="Date of birth", required=False)
    birth_date_unknown = forms.BooleanField(label="The date of birth is not known yet", required=False)
    sex = OneField(label="Sex", choices=Patient.Sex.choices, initial=Patient.Sex.UNKNOWN)
    address = forms.CharField(
        label="Postal address", max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    phone = forms.CharField(max_length=40, required=False)
    email = forms.EmailField(
        label="E-mail", required=False, help_text="For the sign-in code, when the patient uses the portal."
    )
    language = forms.ChoiceField(label="Language", choices=LANGUAGES, initial="en")
    needs_interpreter = forms.BooleanField(label="Needs an interpreter", required=False)
    access_needs = forms.CharField(
        label="What helps this person in the clinic",
        help_text="For example: step-free access, a quiet room, large print.",
        widget=forms.Textarea(attrs={"rows": 2}),
        max_length=1000,
        required=False,
    )
    weight_kg = NumberField(label="Body weight", required=False)
    portal_follows = forms.BooleanField(
        label="If the e-mail address changes, let the patient sign in with the new one",
        help_text="Signing in with the old address ends in any case.",
        required=False,
        initial=True,
    )

    def __init__(self, *args: Any, has_portal: bool = False, **options: Any) -> None:  # Any: Django's own
        super().__init__(*args, **options)
        weight = load().observations["weight_kg"]
        if not has_portal:
            del self.fields["portal_follows"]
        self.fields["weight_kg"].unit = weight.unit  # type: ignore[attr-defined]  # read by c-field

    def clean(self) -> dict[str, Any]:  # Any: as Django's own signature
        cleaned = super().clean() or self.cleaned_data
        is_unknown = cleaned.pop("birth_date_unknown", False)
        if not cleaned.get("birth_date") and not is_unknown and "birth_date" not in self.errors:
            self.add_error("birth_date", "Enter the date of birth, or tick that it is not known yet.")
        elif cleaned.get("birth_date") and is_unknown:
            self.add_error("birth_date", "Either enter the date of birth, or tick that it is not known yet.")
        return cleaned


class NewPatientForm(PatientForm):
    """A new patient; the box appears when somebody like this is on record."""

    is_another_person = forms.BooleanField(label="This is another person", required=False)


class MergeForm(forms.Form):
    """The reason for merging two records."""

    reason = forms.CharField(
        label="How do you know that both records are of one person?",
        help_text="For example: same address and phone, confirmed by the patient.",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class OpenCaseForm(forms.Form):
    """The condition of a new case."""

    condition = OneField(label="What is it about?")

    def __init__(self, *args: Any, **options: Any) -> None:  # Any: as Django's own signature
        super().__init__(*args, **options)
        conditions = sorted(load().conditions.values(), key=lambda one: one.order)
        self.fields["condition"].choices = [(one.code, one.name) for one in conditions]  # type: ignore[attr-defined]  # a choice field


class NoFieldsForm(forms.Form):
    """A form that only says yes."""


class ReasonForm(forms.Form):
    """One written reason."""

    reason = forms.CharField(label="Reason", max_length=1000, widget=forms.Textarea(attrs={"rows": 2}))


class CarerForm(forms.Form):
    """A carer whom the clinic invites, with the patient's consent."""

    name = forms.CharField(label="Name of the carer", max_length=100)
    relation = forms.CharField(label="Who this is to the patient", max_length=100, required=False)
    email = forms.EmailField(label="The carer's own e-mail address")
    scope = OneField(
        label="What may they do?",
        choices=(
            ("see", "See treatments, results and what comes next"),
            ("write", "See all this, and write the diary"),
        ),
    )
    until = DayField(label="Until", help_text="A day within a year.")
    consent = forms.CharField(
        label="How and when the patient agreed",
        help_text="For example: asked in the room on 3 May, agreed in front of Nurse Lindqvist.",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
