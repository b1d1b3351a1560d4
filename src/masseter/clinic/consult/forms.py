"""Forms of the consultation: they shape what was typed; rules are in core."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from masseter.journey.consult.models import Decision
from masseter.knowledge.load import load
from masseter.ui.forms import DayField, ManyField, NumberField, OneField, SignatureField

Choices = Sequence[tuple[str, str]]
NOT_KNOWN = ("", "Not known")


def area(rows: int = 3) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


def products(first: tuple[str, str]) -> list[tuple[str, str]]:
    """Every product of knowledge by brand, after one that stands for none."""
    brands = sorted((one.brand, one.key) for one in load().products.values())
    return [first, *[(key, brand) for brand, key in brands]]


def products_elsewhere(first: tuple[str, str]) -> list[tuple[str, str]]:
    """Every product, and after them the unlicensed toxins that somebody may have been given elsewhere."""
    named = ((key, f"{toxin.name}, not licensed") for key, toxin in load().unlicensed.items())
    return [*products(first), *named]


class DiagnosisForm(forms.Form):
    """The working diagnosis; a reason where it is not proven or not one that is treated."""

    diagnosis = OneField(label="Working diagnosis")
    reason = forms.CharField(
        label="Reason, where not all criteria are met or toxin is not offered",
        required=False,
        max_length=1000,
        widget=area(2),
    )

    def __init__(self, *args: Any, choices: Choices, **options: Any) -> None:  # Any: Django's signature
        super().__init__(*args, **options)
        self.fields["diagnosis"].choices = list(choices)  # type: ignore[attr-defined]  # a choice field


class NoteForm(forms.Form):
    """A note to a verdict."""

    note = forms.CharField(label="Note", required=False, max_length=2000, widget=area(2))


class ElsewhereForm(forms.Form):
    """A toxin treatment given in another place, as far as it is known."""

    given_on = DayField(
        label="Date", help_text="If only the month is known, enter its last day and tick the box."
    )
    is_date_approximate = forms.BooleanField(label="The date is approximate", required=False)
    product = forms.ChoiceField(label="Product", required=False)
    units = NumberField(label="Units", required=False, help_text="Leave empty if not known.")
    where = forms.CharField(label="Where it was given", required=False, max_length=200)
    reason = forms.CharField(label="What it was given for", required=False, max_length=200)

    def __init__(self, *args: Any, **options: Any) -> None:  # Any: as Django's own signature
        super().__init__(*args, **options)
        self.fields["product"].choices = products_elsewhere(NOT_KNOWN)  # type: ignore[attr-defined]  # a choice field


class DecisionForm(forms.Form):
    """What was talked about, what the patient wishes, what was decided."""

    options = ManyField(label="Talked about", required=False)
    wish = forms.CharField(
        label="What matters most to the patient, in their own words",
        required=False,
        max_length=2000,
        widget=area(),
    )
    decided = OneField(label="Decided together", choices=Decision.Decided.choices)
    words = forms.CharField(label="How it was decided", required=False, max_length=2000, widget=area(2))

    def __init__(self, *args: Any, choices: Choices, **options: Any) -> None:  # Any: Django's signature
        super().__init__(*args, **options)
        self.fields["options"].choices = list(choices)  # type: ignore[attr-defined]  # a choice field


class ConsentForm(forms.Form):
    """The signature under a consent: drawn, or a typed name with a tick."""

    has_read = forms.BooleanField(
        label="I have read this text, or it was read to me, and I agree to the treatment.",
        error_messages={"required": "Tick the box to say that the text was read and understood."},
    )
    signer_name = forms.CharField(
        label="Full name of the person who signs",
        max_length=200,
        error_messages={"required": "Enter the name of the person who signs."},
    )
    signature = SignatureField(
        label="Signature", required=False, help_text="Draw it here, or leave it: name and tick count as well."
    )
    text_version = forms.CharField(widget=forms.HiddenInput)


class ReleaseForm(forms.Form):
    """A talk that took place, and until when the text can be signed at home."""

    has_talked = forms.BooleanField(
        label="I have talked with this person about the treatment, its risks and the other ways, and "
        "answered what they asked.",
        error_messages={"required": "Tick the box once you have talked with the person."},
    )
    talked_on = DayField(label="Day of the talk")
    talked_about = forms.CharField(
        label="What was talked about in particular", required=False, max_length=2000, widget=area(2)
    )
    until = DayField(
        label="Can be signed until",
        help_text="It lapses earlier where the text, the diagnosis, the plan or the product changes.",
    )
    text_version = forms.CharField(widget=forms.HiddenInput)


class AnswerForm(forms.Form):
    """A written answer, in words that the person understands."""

    answer = forms.CharField(
        label="Your answer",
        help_text="The person reads it as it stands. It cannot be changed afterwards.",
        max_length=4000,
        widget=area(5),
    )


class ConfirmConsentForm(forms.Form):
    """At the visit: nothing has changed since it was signed at home."""

    still_holds = forms.BooleanField(
        label="I asked the person: nothing has changed since, and they still agree.",
        error_messages={"required": "Tick the box once the person has said so."},
    )
    note = forms.CharField(label="What you told them", required=False, max_length=2000, widget=area(2))
