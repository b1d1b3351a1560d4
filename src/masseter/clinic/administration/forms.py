"""Forms of administration."""

from __future__ import annotations

from django import forms

from masseter.journey.ground.rights import ROLE_NAMES, Role

_STAFF_ROLES = [(r.value, ROLE_NAMES[r]) for r in Role if r not in (Role.VISITOR, Role.PATIENT)]


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
