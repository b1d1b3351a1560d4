"""In which order muscles are drawn: the deep ones first, so that a click and the eye meet the one on top.

Two stand above what covers them in the body, since they are injected through it and have to be reached:
corrugator over frontalis, and the muscles of the neck over trapezius. What lies behind the drawn surface is
dashed and comes last; an area of skin or mucosa lies over the muscles.
"""

from __future__ import annotations

from masseter.knowledge.model import Site, View
from masseter.ui.facemap.shapes import is_area, is_deep

_FROM_DEEP = (
    "buccinator",
    "temporalis",
    "masseter",
    "anterior_digastric",
    "trapezius",
    "splenius",
    "cervical_paraspinal",
    "occipitalis",
    "platysma",
    "sternocleidomastoid",
    "levator_labii",
    "nasalis",
    "mentalis",
    "depressor_anguli_oris",
    "frontalis",
    "corrugator",
    "procerus",
    "risorius",
    "zygomaticus_minor",
    "zygomaticus_major",
    "orbicularis_oris",
    "orbicularis_oculi",
)


def by_depth(sites: tuple[Site, ...], view: View) -> list[Site]:
    """The sites of a view, the deepest first; one that is not in the list lies on top of it."""
    return sorted(sites, key=lambda site: _rank(site, view))


def _rank(site: Site, view: View) -> tuple[bool, bool, int]:
    place = _FROM_DEEP.index(site.code) if site.code in _FROM_DEEP else len(_FROM_DEEP)
    return is_deep(site, view), is_area(site), place
