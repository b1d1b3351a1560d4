"""Where a point lies in its muscle: in the muscle's own coordinates, and in words.

The muscle's own coordinates run from 0 to 1 whatever the size and place of its outline, so they mean the
same on every edition of the drawing. `along` follows the longer way of the outline, from its upper end to
the lower, or from its front or inner end to the other where it is half as wide again as tall. `across` goes
from border to border through the point: from the front or inner border, or from the upper one. Outside
the outline they leave that range.

Everything is reckoned on the left side: a right point is mirrored first, so both sides read alike.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from itertools import pairwise
from typing import Literal

from masseter.core.plan.outline import STEPS, Spot, edges, is_inside, parts, spot
from masseter.knowledge.model import FaceMapView, Side, Site, View

Border = Literal["upper", "lower", "near", "far", "opening"]
_MIRRORED: dict[View, View] = {"right": "left"}
_WIDE = Decimal("1.5")  # as wide as this to its height: a way of reading, not a clinical number
_THOUSANDTH = Decimal("0.001")
_PROFILE, _SEEN_ALONG = ("left", "right"), {"left": "left", "right": "right", "midline": ""}
_INSIDE = {
    "upper": "below the upper border",
    "lower": "above the lower border",
    "anterior": "behind the anterior border",
    "posterior": "before the posterior border",
    "inner": "from the inner border",
    "outer": "from the outer border",
    "right": "from the right border",
    "left": "from the left border",
    "opening": "from its opening",
}
_OUTSIDE = {
    "upper": "above its upper border",
    "lower": "below its lower border",
    "anterior": "before its anterior border",
    "posterior": "behind its posterior border",
    "inner": "beyond its inner border",
    "outer": "beyond its outer border",
    "right": "beyond its right border",
    "left": "beyond its left border",
    "opening": "inside its opening",
}


@dataclass(frozen=True, kw_only=True)
class Position:
    """A place in a muscle. `border` is the nearest one, `distance_mm` how far that is on the map."""

    along: Decimal
    across: Decimal
    third: str
    border: str
    distance_mm: Decimal
    is_inside: bool

    @property
    def words(self) -> str:
        """E.g. 'lower third, 1 cm before the posterior border'."""
        far = distance_words(self.distance_mm)
        if not self.is_inside:
            return f"{far} {_OUTSIDE[self.border]}" if far else f"on its {self.border} border"
        return f"{self.third}, " + (
            f"{far} {_INSIDE[self.border]}" if far else f"at the {self.border} border"
        )


def position_words(site: Site, side: Side, view: FaceMapView, x: Decimal, y: Decimal) -> str:
    """E.g. 'right masseter, lower third, 1 cm before the posterior border'."""
    name = f"{_SEEN_ALONG[side]} {site.name[0].lower()}{site.name[1:]}".strip()
    found = position_of(site, side, view, x, y)
    if found is None:
        return f"{name}, not drawn on this view"
    return f"{name}, {found.words}" if found.is_inside else f"outside the drawn {name}, {found.words}"


def position_of(site: Site, side: Side, view: FaceMapView, x: Decimal, y: Decimal) -> Position | None:
    """The place of a point in its muscle; None where the muscle is not drawn on this side of the view."""
    seen, turned = view.view, side
    if side == "right":
        seen, turned, x = _MIRRORED.get(seen, seen), "left", view.width - x
    paths = [each.path for each in site.regions if (each.side, each.view) == (turned, seen)]
    if not paths or (side != "midline" and view.view in _PROFILE and view.view != side):
        return None
    at = spot(x, y)
    path = next((each for each in paths if is_inside(each, at)), paths[0])
    return _placed(path, at, _ends(view.view, side), view.mm_per_unit)


def distance_words(mm: Decimal) -> str:
    """Whole millimetres below a centimetre, else centimetres to a millimetre; empty where it is none."""
    whole = mm.quantize(Decimal(1), ROUND_HALF_UP)
    if whole == 0:
        return ""
    if whole < 10:
        return f"{whole} mm"
    return f"{(whole / 10).normalize():f} cm"


def _ends(view: View, side: Side) -> tuple[str, str]:
    """What the border with the smaller x is called, and the other; on the left, or in the midline."""
    if side == "midline" and view not in _PROFILE:
        return ("left", "right") if view == "back" else ("right", "left")
    if view in _PROFILE:
        # Only a point of the midline is reckoned on the right profile; any other was mirrored.
        return (
            ("posterior", "anterior") if (view, side) == ("right", "midline") else ("anterior", "posterior")
        )
    return ("outer", "inner") if view == "back" else ("inner", "outer")


@lru_cache(maxsize=4096)
def _placed(path: str, at: Spot, ends: tuple[str, str], mm_per_unit: Decimal) -> Position:
    lines = edges(path)
    xs, ys = ([one[axis] for one, _ in lines] for axis in (0, 1))
    is_wide = max(xs) - min(xs) > _WIDE * (max(ys) - min(ys))
    axis = 0 if is_wide else 1
    from_far = ends[0] in ("outer", "left", "posterior")
    along = _share(at[axis], min(xs if is_wide else ys), max(xs if is_wide else ys))
    across = _share(at[1 - axis], *_chord(path, axis, at[axis]))
    if from_far:
        along, across = (1 - along, across) if is_wide else (along, 1 - across)
    inside = is_inside(path, at)
    steps, border = _nearest(path, at, inside)
    named = {"near": ends[0], "far": ends[1]}.get(border, border)
    return Position(
        along=along.quantize(_THOUSANDTH),
        across=across.quantize(_THOUSANDTH),
        third=_third(along, _thirds(ends, is_wide)),
        border=named,
        distance_mm=(steps / STEPS * mm_per_unit).quantize(_THOUSANDTH),
        is_inside=inside,
    )


def _thirds(ends: tuple[str, str], is_wide: bool) -> tuple[str, str]:
    if not is_wide:
        return "upper", "lower"
    return {
        "anterior": ("front", "back"),
        "posterior": ("front", "back"),
        "inner": ("inner", "outer"),
        "outer": ("inner", "outer"),
    }.get(ends[0], ("right", "left"))


def _third(along: Decimal, ends: tuple[str, str]) -> str:
    name = ends[0] if along * 3 < 1 else ends[1] if along * 3 >= 2 else "middle"
    return f"{name} third"


def _share(value: int, low: int, high: int) -> Decimal:
    return Decimal(value - low) / Decimal(max(high - low, 1))


def _chord(path: str, axis: int, value: int) -> tuple[int, int]:
    """Where a line across the outline enters first and leaves last, a little inside its ends."""
    lines = edges(path)
    all_ends = [one[axis] for one, _ in lines]
    margin = (max(all_ends) - min(all_ends)) // 50
    level = min(max(value, min(all_ends) + margin), max(all_ends) - margin)
    met = []
    for one, other in lines:
        (a, p), (b, q) = (one[axis], one[1 - axis]), (other[axis], other[1 - axis])
        if (a > level) != (b > level):
            met.append(p + (q - p) * (level - a) // (b - a))
    # Between two parts of an outline the whole of it is the measure.
    met = met or [one[1 - axis] for one, _ in lines]
    return min(met), max(met)


def _nearest(path: str, at: Spot, inside: bool) -> tuple[Decimal, Border]:
    """How many steps the outline is away, and on which side of the muscle that is."""
    feet = [(_foot(at, one, other), part) for part in parts(path) for one, other in pairwise(part)]
    ways = [((x - at[0], y - at[1]), part) for (x, y), part in feet]
    (dx, dy), nearest = min(ways, key=lambda way: way[0][0] ** 2 + way[0][1] ** 2)
    far = Decimal(dx * dx + dy * dy).sqrt()
    if _is_opening(path, nearest):
        return far, "opening"
    # From inside one looks towards the border, from outside back at the muscle.
    forward = 1 if inside else -1
    if abs(dy) >= abs(dx):
        return far, "lower" if dy * forward > 0 else "upper"
    return far, "far" if dx * forward > 0 else "near"


def _is_opening(path: str, part: tuple[Spot, ...]) -> bool:
    """The part is a hole in the first one, as that between the lids."""
    whole = parts(path)[0]
    return part is not whole and all(
        min(each[axis] for each in whole) < corner[axis] < max(each[axis] for each in whole)
        for corner in part
        for axis in (0, 1)
    )


def _foot(at: Spot, one: Spot, other: Spot) -> Spot:
    """The spot of a straight piece that lies nearest, to a step."""
    dx, dy = other[0] - one[0], other[1] - one[1]
    length = dx * dx + dy * dy
    along = (at[0] - one[0]) * dx + (at[1] - one[1]) * dy
    if along <= 0:
        return one
    if along >= length:
        return other
    return one[0] + dx * along // length, one[1] + dy * along // length
