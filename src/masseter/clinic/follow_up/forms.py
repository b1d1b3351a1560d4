"""Forms of the follow-up: the review visit and the recall."""

from __future__ import annotations

from django import forms

from masseter.journey.follow_up.models import Recall, Review
from masseter.ui.forms import DayField, OneField

ASKED = (("none", "Asked: there was none"), ("recorded", "Asked: there was, and it is on record"))


def _area() -> forms.Textarea:
    return forms.Textarea(attrs={"rows": 2})


class ReviewForm(forms.Form):
    """What the treatment did, what the patient wishes, what was decided, and when next."""

    effect = forms.CharField(label="What the treatment did", max_length=4000, widget=_area())
    asked = OneField(label="Unwanted effects in this cycle", choices=ASKED)
    adverse = forms.CharField(
        label="About unwanted effects, in words", required=False, max_length=4000, widget=_area()
    )
    wish = OneField(label="Does the patient want another treatment?", choices=Review.Wish.choices)
    decision = OneField(label="Decided", choices=Review.Decided.choices)
    reason = forms.CharField(
        label="Reason",
        help_text="Needed for another decision than recommended, and to go on while questions are open.",
        required=False,
        max_length=4000,
        widget=_area(),
    )
    next_due_on = DayField(label="Next treatment due from", required=False)


class RecallForm(forms.Form):
    """Where a recall stands."""

    state = OneField(label="This recall is", choices=Recall.State.choices)
    note = forms.CharField(
        label="Note",
        help_text="Needed when the patient will not be called any more.",
        required=False,
        max_length=1000,
        widget=_area(),
    )
