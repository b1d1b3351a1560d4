"""Forms of administration."""

from __future__ import annotations

from django import forms

from masseter.journey.ground.rights import OUTSIDE, ROLE_NAMES, Role

_STAFF_ROLES = [(r.value, ROLE_NAMES[r]) for r in Role if r not in OUTSIDE]


class StaffForm(forms.Form):
    """A new member of staff."""

    name = forms.CharField(max_length=200)
    email = forms.EmailField(
        label="E-mail address",
        help_text="The person's own: a link to choose a password is sent there, and to nobody else.",
    )
    roles = forms.MultipleChoiceField(choices=_STAFF_ROLES, widget=forms.CheckboxSelectMultiple)


class EndRoleForm(forms.Form):
    """Ending a role takes no more than the confirmation."""


class AuditFilterForm(forms.Form):
    """What to look for in the audit trail."""

    who = forms.CharField(label="Person", required=False, max_length=200)
    what = forms.CharField(label="What was done", required=False, max_length=60)
    patient = forms.IntegerField(label="Patient's record number", required=False, min_value=1)
    day = forms.DateField(label="Day", required=False, widget=forms.DateInput(attrs={"type": "date"}))


class LetterheadForm(forms.Form):
    """What every paper carries."""

    address = forms.CharField(required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 3}))
    phone = forms.CharField(label="Telephone", max_length=40)
    email = forms.EmailField(label="E-mail address", required=False)
    logo = forms.FileField(
        label="Logo",
        required=False,
        help_text="SVG or PNG, at most 300 kB. It is drawn anew: nothing but its shapes or pixels is kept.",
        widget=forms.FileInput(attrs={"accept": ".svg,.png"}),
    )
    removes_logo = forms.BooleanField(label="Take the logo away", required=False)
