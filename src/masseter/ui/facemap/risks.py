"""What a needle can hurt: where it runs on the map, and what lies near a point.

The page draws nearness at once by the same reckoning (`frontend/src/facemap/risks.ts`); what is a finding is
decided by `core`, from the borders and the distances that a site keeps.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from math import hypot

from django.utils.html import escape

from masseter.core.plan.outline import STEPS, Spot, edges, parts
from masseter.knowledge.model import FaceMapView, Knowledge, Line, Side, View
from masseter.ui.facemap.palette import colour

_TONES = {"nerve": "nerve", "vessels": "vessel", "duct": "duct", "bone": "line", "border": "caution"}
_OFF = 0.05  # of a map unit: what no eye and no tenth of a millimetre tells
_DASHES = {"nerve": "", "vessels": "", "duct": "7 3", "bone": "2 4", "border": "10 4 2 4"}


@dataclass(frozen=True, kw_only=True)
class Course:
    """One structure on one side of one view; `number` is its own in the key beside the map."""

    number: int
    code: str
    name: str
    kind: str
    is_deep: bool
    harm: str
    near_mm: Decimal
    side: Side
    view: View
    path: str


def courses_of(knowledge: Knowledge) -> tuple[Course, ...]:
    """Every structure of the map; those that a site keeps away from are taken from there."""
    known = [
        Course(
            number=number,
            code=one.code,
            name=one.name,
            kind=one.kind,
            is_deep=one.is_deep,
            harm=one.harm,
            near_mm=one.near_mm.value,
            side=line.side,
            view=line.view,
            path=line.path,
        )
        for number, one in enumerate(knowledge.structures.values(), 1)
        for line in one.lines
    ]
    return (*known, *_kept_from(knowledge))


def near(courses: Iterable[Course], view: FaceMapView, x: Decimal, y: Decimal) -> list[tuple[Course, float]]:
    """The structures that a point comes near, each with its distance in mm, the nearest first."""
    found = [
        (course, _distance(course.path, float(x), float(y)) * float(view.mm_per_unit))
        for course in courses
        if course.view == view.view
    ]
    close = [(course, mm) for course, mm in found if mm <= float(course.near_mm)]
    return sorted(close, key=lambda each: each[1])


def risk_shapes(courses: Iterable[Course], view: View) -> str:
    """The layer of one view; the lines are straight pieces, which the page measures as `near` does."""
    here = "".join(_shape(course) for course in courses if course.view == view)
    alike = 'pointer-events="none" text-anchor="middle" font-weight="700" stroke-linejoin="round"'
    return f'<g class="fm-risks" {alike} stroke-linecap="round">{here}</g>' if here else ""


def _kept_from(knowledge: Knowledge) -> list[Course]:
    kept: dict[tuple[str, Line], list[tuple[str, Decimal]]] = {}
    for site in knowledge.sites.values():
        for one in site.keep_from:
            for line in one.lines:
                kept.setdefault((one.structure, line), []).append((one.harm, one.least_mm.value))
    names = list(dict.fromkeys(name for name, _ in kept))
    return [
        Course(
            number=len(knowledge.structures) + 1 + names.index(name),
            code=name.replace(" ", "_"),
            name=f"{name[0].upper()}{name[1:]}",
            kind="bone",
            is_deep=False,
            harm="; ".join(dict.fromkeys(harm for harm, _ in told)),
            near_mm=min(mm for _, mm in told),
            side=line.side,
            view=line.view,
            path=line.path,
        )
        for (name, line), told in kept.items()
    ]


def _shape(course: Course) -> str:
    tone, dash = colour(_TONES[course.kind]), _DASHES[course.kind]
    dashed = f' stroke-dasharray="{dash}"' if dash else ""
    x, y = _middle(course.path)
    paper = f'stroke="{colour("paper")}" stroke-width="3" paint-order="stroke"'
    name_x = min(max(x, 120), 360)
    opacity = 0.6 if course.is_deep else 0.95
    return (
        f'<g class="fm-risk fm-risk-{course.kind}" data-structure="{escape(course.code)}" '
        f'data-side="{course.side}" data-name="{escape(course.name)}" data-harm="{escape(course.harm)}" '
        f'data-near="{course.near_mm}">'
        f'<path d="{_straight(course.path)}" fill="none" stroke="{tone}" stroke-width="2.4" '
        f'opacity="{opacity}"{dashed}/><text class="fm-risk-number" x="{x:.0f}" y="{y + 4:.0f}" '
        f'font-size="12" fill="{tone}" {paper}>{course.number}</text>'
        f'<text class="fm-risk-name" x="{name_x:.0f}" y="{y - 14:.0f}" font-size="13" '
        f'fill="{colour("ink")}" {paper}>{escape(course.name)}</text></g>'
    )


@lru_cache(maxsize=512)
def _straight(path: str) -> str:
    """The straight pieces, without corners that lie on the way to the next to a twentieth of a map unit."""
    return "".join("M" + "L".join(_place(at) for at in _corners(part)) for part in parts(path))


def _place(at: Spot) -> str:
    return " ".join(f"{number / STEPS:.1f}".removesuffix(".0") for number in at)


def _corners(line: Sequence[Spot]) -> list[Spot]:
    """The ends, and of what lies between them the corner that is furthest off, as long as one is off."""
    first, last = line[0], line[-1]
    off = [_to_piece(*at, *first, *last) for at in line[1:-1]]
    if not off or max(off) <= STEPS * _OFF:
        return [first, last]
    middle = off.index(max(off)) + 1
    return [*_corners(line[: middle + 1])[:-1], *_corners(line[middle:])]


@lru_cache(maxsize=512)
def _middle(path: str) -> tuple[float, float]:
    first = parts(path)[0]
    x, y = first[len(first) // 2]
    return x / STEPS, y / STEPS


def _distance(path: str, x: float, y: float) -> float:
    """In map units, to the straight pieces that are drawn."""
    return min(
        _to_piece(x, y, one[0] / STEPS, one[1] / STEPS, other[0] / STEPS, other[1] / STEPS)
        for one, other in edges(path)
    )


def _to_piece(x: float, y: float, ax: float, ay: float, bx: float, by: float) -> float:
    dx, dy = bx - ax, by - ay
    length = dx * dx + dy * dy
    share = ((x - ax) * dx + (y - ay) * dy) / length if length else 0.0
    share = min(1.0, max(0.0, share))
    return hypot(x - ax - share * dx, y - ay - share * dy)
