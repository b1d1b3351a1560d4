"""The symptom check as a form, and its answer in words, for patients and for staff."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from masseter.core.recover.grade import symptom_questions
from masseter.journey.recover.models import AdverseEvent, SymptomCheck
from masseter.knowledge.load import load
from masseter.knowledge.model import Effect, ObservationType, Source
from masseter.ui.forms import DayField, OneField
from masseter.ui.languages.told import told
from masseter.ui.observations import ObservationForm, asked_words

NOT_KNOWN = AdverseEvent.Side.UNKNOWN
YOUR_SIDES = {"left": _("My left"), "right": _("My right")}
SHORT = (("", _("Choose")),)


def questions_for(*conditions: str) -> tuple[ObservationType, ...]:
    """The questions of the symptom check for one condition or several, each asked once."""
    known = load()
    asked = {
        type_.code: type_
        for code in conditions
        for type_ in symptom_questions(knowledge=known, condition=known.conditions[code])
    }
    return tuple(sorted(asked.values(), key=lambda type_: (type_.order, type_.code)))


class NoToTheRest(ObservationForm):
    """Answers what was left open with no, where a box says so; without the box it stays open."""

    def boxes(self) -> dict[str, list[ObservationType]]:
        """The name of each box that may be ticked, with the questions that it answers."""
        raise NotImplementedError

    def clean(self) -> dict[str, Any]:  # Any: as Django's own signature
        for box, types in self.boxes().items():
            for type_ in types if self.cleaned_data.get(box) else ():
                if type_.kind == "boolean" and self.cleaned_data.get(type_.code) == "":
                    self.cleaned_data[type_.code] = "no"
        return super().clean()


class SymptomForm(NoToTheRest):
    """One screen of yes and no for the clinic; the last box answers all that was left open with no."""

    def __init__(self, *args: Any, **options: Any) -> None:  # Any: as Django's own signature
        super().__init__(*args, **options)
        self.fields["rest_is_no"] = forms.BooleanField(
            label=_("No to everything that is left open above"), required=False
        )

    def boxes(self) -> dict[str, list[ObservationType]]:
        return {"rest_is_no": list(self.types)}


class AdverseForm(forms.Form):
    """An unwanted effect: what it is or was, since when, how bad, whether it is over."""

    effect = forms.ChoiceField(label=_("What happened"), required=False)
    words = forms.CharField(
        label=_("In words"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    side = OneField(
        label=_("Side of the patient"),
        required=False,
        choices=AdverseEvent.Side.choices,
        initial=NOT_KNOWN,
        help_text=_(
            "The side that is weak, hangs or hurts. Not known leads to what was treated on both sides."
        ),
    )
    started_on = DayField(label=_("When it began"))
    severity = OneField(
        label=_("How bad"),
        choices=[
            ("mild", _("Mild: noticed, does not get in the way")),
            ("moderate", _("Moderate: gets in the way of daily life")),
            ("severe", _("Severe: daily life is not possible with it")),
        ],
    )
    is_serious = forms.BooleanField(
        label=_(
            "Serious: a stay in hospital, danger to life, lasting harm, or an intervention to prevent it"
        ),
        required=False,
    )
    outcome = OneField(
        label=_("Is it over?"),
        choices=[("ongoing", _("Still there")), ("resolved", _("Over")), ("unknown", _("Not known"))],
        initial="ongoing",
    )
    resolved_on = DayField(label=_("Over since"), required=False)
    action_taken = forms.CharField(
        label=_("What was done about it"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(
        self, *args: Any, conditions: Collection[str], plain: bool = False, **options: Any
    ) -> None:  # Any: Django
        super().__init__(*args, **options)
        self.fields["effect"].choices = effect_choices(conditions, plain=plain)  # type: ignore[attr-defined]  # a choice field
        if plain:
            self._ask_for_your_side()

    def _ask_for_your_side(self) -> None:
        """The side in the patient's own words: the drawings and a mirror turn it round."""
        sides = [(code, str(YOUR_SIDES.get(code, words))) for code, words in AdverseEvent.Side.choices]
        field = self.fields["side"]
        field.label, field.help_text = _("On which side of you"), _("As you feel it, not as in a mirror.")
        field.choices = sides  # type: ignore[attr-defined]  # a choice field

    def clean_side(self) -> str:
        """Left open is not known."""
        return self.cleaned_data["side"] or NOT_KNOWN


def effect_choices(conditions: Collection[str], *, plain: bool) -> list[tuple[str, str]]:
    """The unwanted effects of these conditions' treatments by name, and a way to say something else."""
    mine = set(conditions)
    effects = [one for one in load().effects.values() if not one.conditions or mine & set(one.conditions)]
    named = sorted(((told(one.plain_name) if plain else one.name), one.code) for one in effects)
    return [("", gettext("Something else, in my own words")), *[(code, name) for name, code in named]]


def event_name(event: AdverseEvent, *, plain: bool = False) -> str:
    """What an unwanted effect is called, else its own words, and on which side it is."""
    effect = load().effects.get(event.effect)
    side = "" if event.side == NOT_KNOWN else gettext(event.get_side_display()).lower()
    if effect is None:
        return f"{event.words} ({side})" if side else event.words
    name = told(effect.plain_name) if plain else effect.name
    return f"{name}, {side}" if side else name


def event_words(event: AdverseEvent, *, plain: bool = False) -> str:
    """The name of an unwanted effect, and its own words where there are any beside."""
    name = event_name(event, plain=plain)
    return f"{name}: {event.words}" if event.words and event.effect in load().effects else name


@dataclass(frozen=True, kw_only=True)
class ReasonLine:
    """One reason of a symptom check, for the clinician, for the patient, and its sources."""

    grade: str
    severity: str
    sentence: str
    plain: str
    sources: list[Source]
    sure: str
    management: str
    cause: str


SEVERITY_OF = {"emergency": "stop", "call": "caution", "expected": "note"}
WORD_OF = {"emergency": _("Emergency"), "call": _("Call"), "expected": _("Expected")}


def reason_lines(check: SymptomCheck) -> list[ReasonLine]:
    """The reasons of a check as it was kept, the gravest first."""
    return [_line(reason) for reason in check.reasons]


def open_questions(check: SymptomCheck, *, plain: bool) -> list[str]:
    """The questions that were left open."""
    types = load().observations
    known = [types[code] for code in check.unanswered if code in types]
    return [told(type_.question) if plain and type_.question else type_.label for type_ in known]


def said_yes(check: SymptomCheck) -> list[str]:
    """What was answered with yes, or in own words; in another language as the patient was asked."""
    types = load().observations
    said = []
    for code, value in check.answers.items():
        if code in types and value is True:
            said.append(asked_words(types[code]))
        elif code in types and isinstance(value, str) and value:
            said.append(f"“{value}”")
    return said


def _line(reason: Mapping[str, Any]) -> ReasonLine:  # Any: as it was kept in JSON
    effect = load().effects.get(reason["effect"])
    return ReasonLine(
        grade=str(WORD_OF[reason["grade"]]),
        severity=SEVERITY_OF[reason["grade"]],
        sentence=reason["sentence"],
        plain=reason["plain"],
        sources=sources_of(reason["sources"]),
        sure=reason["sure"],
        management=effect.management.text if effect is not None else "",
        cause=_cause(effect) if effect is not None else "",
    )


def sources_of(keys: Iterable[str]) -> list[Source]:
    """The entries of the register for these keys."""
    register = load().sources
    return [register[key] for key in keys if key in register]


def _cause(effect: Effect) -> str:
    """What usually causes an effect, and how the next treatment avoids it."""
    return " ".join(text.text for text in (effect.cause, effect.prevent) if text is not None)
