"""The drawings at the chair: one view at a time, near to the muscle, with a mark on the next point."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from masseter.clinic.inject.sitting import Chair, ChairPoint, Muscle
from masseter.knowledge.load import load
from masseter.knowledge.model import FaceMapView
from masseter.ui.facemap import render

# In units of the drawing: what is seen around a muscle's outermost points, and at least altogether.
AROUND, LEAST = Decimal(70), Decimal(260)
_CROSS = "M-30 0H-17M17 0H30M0-30V-17M0 17V30"


@dataclass(frozen=True, kw_only=True)
class ChairDrawing:
    """One view with the points of the sitting."""

    view: str
    title: str
    svg: SafeString
    is_shown: bool


def drawings(chair: Chair) -> list[ChairDrawing]:
    """The views on which points lie; the one of the next point is shown, near to its muscle."""
    known = {view.view: view for view in load().face_map.views}
    now = chair.now or next(iter(chair.points), None)
    used = [view for name, view in known.items() if any(point.view == name for point in chair.points)]
    return [
        ChairDrawing(
            view=view.view,
            title=view.title,
            svg=_drawn(view, chair, now),
            is_shown=now is not None and now.view == view.view,
        )
        for view in used
    ]


def window(muscle: Muscle, view: str) -> str:
    """The part of a view around a muscle's points, as a viewBox; empty where it has none there."""
    points = [(Decimal(point.x), Decimal(point.y)) for point in muscle.points if point.view == view]
    if not points:
        return ""
    whole = next(each for each in load().face_map.views if each.view == view)
    lefts, tops = [x for x, _ in points], [y for _, y in points]
    side = max(max(lefts) - min(lefts), max(tops) - min(tops)) + 2 * AROUND
    side = min(max(side, LEAST), Decimal(min(whole.width, whole.height)))
    left = (max(lefts) + min(lefts) - side) / 2
    top = (max(tops) + min(tops) - side) / 2
    left = min(max(left, Decimal(0)), Decimal(whole.width) - side)
    top = min(max(top, Decimal(0)), Decimal(whole.height) - side)
    return f"{left} {top} {side} {side}"


def windows(chair: Chair) -> dict[str, dict[str, str]]:
    """The windows of each muscle by view, for the page to move to by itself."""
    return {
        muscle.key: {
            view: window(muscle, view) for view in dict.fromkeys(point.view for point in muscle.points)
        }
        for muscle in chair.muscles
    }


def _drawn(view: FaceMapView, chair: Chair, now: ChairPoint | None) -> SafeString:
    here = [point for point in chair.points if point.view == view.view]
    sites = {point.group.rpartition(".")[0] for point in here}
    marks = "".join(_mark(point) for point in here)
    aim = now if now is not None and now.view == view.view else None
    muscle = next((each for each in chair.muscles if aim is not None and each.key == aim.group), None)
    near = window(muscle, view.view) if muscle else ""
    base = render(view, load().sites.values(), highlight=sites, window=near)
    drawn = base.removesuffix("</svg>") + f'<g class="c-points">{marks}</g>{_aim(aim)}</svg>'
    # The drawing is ours, and each mark escapes its own texts.
    return mark_safe(drawn)


def _mark(point: ChairPoint) -> str:
    """Ring, disc, struck ring or question, and the units in it."""
    units = escape(point.units)
    size = 13 if len(point.units) < 3 else 10.5
    return (
        f'<g class="c-point" data-chair-mark="{escape(point.id)}" data-status="{point.status}" '
        f'transform="translate({point.x} {point.y})"><circle class="c-ring" r="13"/>'
        f'<text class="c-number" y="{size * 0.36:.2f}" text-anchor="middle" font-size="{size}" '
        f'font-weight="700">{units}</text><path class="c-strike" d="M-10 10L10-10"/>'
        '<text class="c-doubt" x="11" y="-8" font-size="15" font-weight="800">?</text></g>'
    )


def _aim(point: ChairPoint | None) -> str:
    place = f"translate({point.x} {point.y})" if point else "translate(-999 -999)"
    return (
        f'<g class="c-aim" data-chair-aim transform="{place}"><circle class="c-halo" r="21"/>'
        f'<path d="{_CROSS}"/></g>'
    )
