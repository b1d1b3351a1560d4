"""The symptom check as a patient fills it in: a list to tick, short enough for a phone and a minute."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.translation import gettext as _

from masseter.knowledge.model import ObservationType
from masseter.ui.languages.told import told
from masseter.ui.symptoms import NoToTheRest

YES = "yes"


class Tick(forms.CheckboxInput):
    """A box that means yes; not ticked it means nothing, least of all no."""

    def __init__(self) -> None:
        super().__init__(attrs={"value": YES}, check_test=lambda value: value == YES)

    def value_from_datadict(self, data: Any, files: Any, name: str) -> str:  # type: ignore[override]  # the box carries a code; Any: as Django's own signature
        return str(data.get(name, ""))


class TickField(forms.ChoiceField):
    """Yes, or left open; 'no' and 'unknown' are taken where a program sends them."""

    widget = Tick

    def __init__(self, **options: Any) -> None:  # Any: Django's own field options
        super().__init__(choices=[(code, code) for code in (YES, "no", "unknown")], required=False, **options)


@dataclass(frozen=True, kw_only=True)
class TickList:
    """One part of the list, and the two boxes below it."""

    title: str
    fields: list[BoundField]
    none: BoundField
    unsure: BoundField


class OwnSymptomForm(NoToTheRest):
    """One screen to tick, with a box for each part that says no to what was not ticked.

    No box answers the whole page: a sign of spread is not said no to from the end of a long list. A part
    without its box, or with the box 'not sure', stays open, and what is open is a call.
    """

    def __init__(self, *args: Any, **options: Any) -> None:  # Any: as Django's own signature
        super().__init__(*args, **options)
        self.grouped: dict[str, list[ObservationType]] = {}
        for type_ in self.types:
            self.grouped.setdefault(type_.group, []).append(type_)
            if type_.kind == "boolean":
                self.fields[type_.code] = TickField(label=told(type_.question))
        for number in range(len(self.grouped)):
            self.fields[f"none_{number}"] = forms.BooleanField(
                label=_("No to all that I did not tick here"), required=False
            )
            self.fields[f"unsure_{number}"] = forms.BooleanField(
                label=_("I am not sure about one of them"), required=False
            )

    def boxes(self) -> dict[str, list[ObservationType]]:
        named = {f"none_{number}": types for number, types in enumerate(self.grouped.values())}
        return {
            box: types
            for box, types in named.items()
            if not self.cleaned_data.get(box.replace("none", "unsure"))
        }

    def lists(self) -> list[TickList]:
        """Each part of the list with its boxes."""
        return [
            TickList(
                title=title,
                fields=[self[type_.code] for type_ in types],
                none=self[f"none_{number}"],
                unsure=self[f"unsure_{number}"],
            )
            for number, (title, types) in enumerate(self.grouped.items())
        ]
