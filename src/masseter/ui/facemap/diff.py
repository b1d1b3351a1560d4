"""What differs between two sets of points, in words: 'moved by 4 mm, 2 more'."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from functools import cache

from masseter.core.plan.compare import ChangeKind, Comparison, PointChange
from masseter.core.quantities import plain
from masseter.knowledge.model import Region, View
from masseter.ui.facemap.editions import Edition, edition_of

KIND_WORDS: dict[ChangeKind, str] = {
    "same": "the same",
    "moved": "moved",
    "more": "more",
    "less": "less",
    "new": "new",
    "dropped": "dropped",
    "not_comparable": "not comparable",
}
LESS_THAN_ONE = Decimal("0.5")


@cache
def alike(version: str, other: str) -> dict[View, Decimal]:
    """The views that two editions of the map draw alike, with their scale: there, places can be compared.

    Raises: UnknownEdition.
    """
    one, two = edition_of(version), edition_of(other)
    return {
        view.view: view.mm_per_unit
        for view in one.views
        if view == two.view(view.view) and _outlines(one, two, view.view) == _outlines(two, one, view.view)
    }


def change_words(change: PointChange) -> str:
    """Everything that changed at one point; 'the same' where nothing did."""
    return ", ".join(_words(change, kind) for kind in change.kinds)


def signed_words(units: Decimal | None) -> str:
    """A difference in words: '2 more', '2 less', 'the same'; empty where there is none to tell."""
    if units is None:
        return ""
    if not units:
        return KIND_WORDS["same"]
    return f"{plain(abs(units))} {KIND_WORDS['more' if units > 0 else 'less']}"


def count_words(comparison: Comparison) -> list[str]:
    """How many points changed in which way: '27 the same', '2 moved'. A point may be in several."""
    counts = ((comparison.count(kind), words) for kind, words in KIND_WORDS.items())
    return [f"{count} {words}" for count, words in counts if count]


def distance_words(mm: Decimal | None) -> str:
    """How far a point went, to the millimetre; the map is drawn for a head of average size."""
    if mm is None:
        return "to another drawing"
    if mm < LESS_THAN_ONE:
        return "by less than 1 mm"
    return f"by {mm.quantize(Decimal(1), ROUND_HALF_UP)} mm"


def _words(change: PointChange, kind: ChangeKind) -> str:
    match kind:
        case "moved":
            return f"moved {distance_words(change.moved_mm)}"
        case "more" | "less":
            return signed_words(change.units)
        case "not_comparable":
            is_open = any(
                point is not None and point.units is None for point in (change.before, change.after)
            )
            return "no dose typed yet" if is_open else KIND_WORDS[kind]
        case _:
            return KIND_WORDS[kind]


def _outlines(one: Edition, other: Edition, view: View) -> dict[str, list[Region]]:
    """How an edition draws the sites that both have on a view."""
    return {
        code: here
        for code, regions in one.regions.items()
        if (here := [region for region in regions if region.view == view])
        and any(region.view == view for region in other.regions.get(code, ()))
    }
