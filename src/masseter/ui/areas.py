"""Choosing a place of the face map: by tapping the drawing, or by name from a list."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from masseter.core.plan.lookup import find_side, find_view
from masseter.core.plan.places import Area, MapPlace
from masseter.knowledge.load import load
from masseter.ui.languages.lists import listed
from masseter.ui.languages.told import told

_NUMBER = re.compile(r"\d{1,5}(?:\.\d{1,9})?", re.ASCII)
SIDE_WORDS = {"left": _("left"), "right": _("right")}
# The titles of the drawings, as the face map keeps them.
VIEWS = (
    _("Front of the face"),
    _("Left side of the face"),
    _("Right side of the face"),
    _("Back of the head, neck and shoulders"),
    _("Inside the mouth"),
)
GROUPS = {
    "face": _("Forehead and middle of the face"),
    "periocular": _("Around the eye"),
    "perioral": _("Around the mouth"),
    "jaw": _("Jaw and cheek"),
    "deep_jaw": _("Deep in the jaw"),
    "scalp": _("Temple and head"),
    "neck": _("Neck and shoulder"),
    "skin": _("Skin of the face"),
    "mouth": _("Inside the mouth"),
}


class AreaField(forms.ChoiceField):
    """A place of the face map by name; cleans to its Area, or None where left empty."""

    def __init__(self, **options: Any) -> None:  # Any: Django's own field options
        super().__init__(choices=area_choices, required=False, **options)

    def clean(self, value: object) -> Any:  # Any: narrower than ChoiceField's own str
        site, _, named = str(super().clean(value)).partition(":")
        side = find_side(named)
        return Area(site=site, side=side) if side is not None else None


class PlaceForm(forms.Form):
    """What a tap on the drawing leaves in the form; empty without a script."""

    view = forms.CharField(required=False, max_length=10, widget=forms.HiddenInput)
    x = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)
    y = forms.CharField(required=False, max_length=20, widget=forms.HiddenInput)

    def place(self) -> MapPlace | None:
        """The place that was tapped; None where none was, or none that could be."""
        data = self.cleaned_data
        return place_of(data.get("view", ""), data.get("x", ""), data.get("y", ""))


def place_of(view: str, x: str, y: str) -> MapPlace | None:
    """A place from posted texts; None for what is no place of the map."""
    known = find_view(load(), view)
    if known is None or not (_NUMBER.fullmatch(x) and _NUMBER.fullmatch(y)):
        return None
    return MapPlace(view=known.view, x=Decimal(x), y=Decimal(y))


def area_choices() -> list[tuple[str, Any]]:  # Any: Django's grouped choices
    """Every place by name, in groups as a face is read from the top."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for site in sorted(load().sites.values(), key=lambda each: each.plain_name):
        for side in ("right", "midline", "left"):
            if side in site.sides:
                words = area_words(site.code, side, plain=True)
                groups.setdefault(site.region, []).append((f"{site.code}:{side}", words))
    ordered = [(str(name), groups[region]) for region, name in GROUPS.items() if region in groups]
    return [("", gettext("Choose")), *ordered]


def area_words(site: str, side: str, *, plain: bool = False) -> str:
    """A muscle or area with its side, in the patient's words or in the clinic's."""
    known = load().sites.get(site)
    name = site if known is None else known.plain_name if plain else known.name
    name = capfirst(told(name).removeprefix("the ").removeprefix("a ")) if plain else name
    return name if side == "midline" else listed([name, SIDE_WORDS.get(side, side)])
