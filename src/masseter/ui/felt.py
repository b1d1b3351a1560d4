"""Marks of what was felt, in words and on the map."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext_lazy as _

from masseter.core.plan.lookup import as_side, find_view
from masseter.journey.plan.drafts import tidy
from masseter.journey.recover.models import FeltMark
from masseter.knowledge.load import load
from masseter.ui.areas import area_words
from masseter.ui.facemap import MapMarker
from masseter.ui.facemap.marker import Sign

_SIGNS: Mapping[str, Sign] = {"more": "more", "less": "less", "hurt": "hurt", "drooped": "drooped"}
FELT_WORDS = {
    "more": _("I would like more here"),
    "less": _("I would like less here"),
    "hurt": _("The injection hurt here"),
    "drooped": _("It drooped or became weak here"),
}


def felt_words(kind: str) -> str:
    """A kind of mark in the patient's words. Raises: KeyError for another word."""
    return str(FELT_WORDS[kind])


def felt_markers(marks: Iterable[FeltMark], *, plain: bool = False) -> list[MapMarker]:
    """The marks for the map; one on a view that the map no longer has is left to the list."""
    return [
        MapMarker(
            id=f"felt-{mark.pk}",
            site=mark.site,
            side=as_side(mark.side),
            view=view.view,
            x=tidy(mark.x),
            y=tidy(mark.y),
            state="felt",
            sign=_SIGNS[mark.kind],
            words=area_words(mark.site, mark.side, plain=plain) + (f": {mark.words}" if mark.words else ""),
        )
        for mark in marks
        if (view := find_view(load(), mark.view)) is not None
    ]
