"""The heat map: each muscle filled by how many units it got, in five steps, with the number on it.

The steps grow darker on a light page and brighter on a dark one, one after the other, so that they read in
grey as well; and every number is printed, so that no colour has to be told from another.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal

from django.utils.html import escape
from django.utils.safestring import mark_safe

from masseter.core.quantities import plain
from masseter.knowledge.model import FaceMap, FaceMapView, Region, Side, Site, View
from masseter.ui.facemap.art import art_of
from masseter.ui.facemap.editions import newest
from masseter.ui.facemap.palette import Palette, colour, coloured
from masseter.ui.facemap.render import ORDER, Drawing
from masseter.ui.facemap.shapes import is_deep, side_labels
from masseter.ui.facemap.within import middle_of

STEPS = 5
_NICE = (Decimal(1), Decimal(2), Decimal("2.5"), Decimal(5))
Heat = Mapping[tuple[str, Side], Decimal]


@dataclass(frozen=True, kw_only=True)
class Step:
    """One step of the scale: above `low` and up to `high` units."""

    number: int
    low: Decimal
    high: Decimal

    @property
    def words(self) -> str:
        """The range as the legend prints it."""
        return (
            f"up to {plain(self.high)}" if not self.low else f"over {plain(self.low)} to {plain(self.high)}"
        )


def heat_steps(most: Decimal) -> tuple[Step, ...]:
    """Steps of one round width, as few as reach the largest value; none where nothing was given."""
    if most <= 0:
        return ()
    width = _width(most)
    count = int((most / width).to_integral_value(ROUND_CEILING))
    return tuple(
        Step(number=number + 1, low=width * number, high=width * (number + 1)) for number in range(count)
    )


def step_of(units: Decimal, steps: Iterable[Step]) -> int:
    """The number of the step that a value lies in; 0 for nothing."""
    return next((step.number for step in steps if step.low < units <= step.high), 0)


def render_heat(
    face_map: FaceMap,
    sites: Iterable[Site],
    heat: Heat,
    *,
    unit_label: str,
    palette: Palette = "theme",
) -> tuple[Drawing, ...]:
    """The views of today's map on which something was given, the patient's right first.

    `heat`: units of one product by site and side.
    """
    listed, by_name = tuple(sites), {view.view: view for view in face_map.views}
    steps = heat_steps(max(heat.values(), default=Decimal(0)))
    regions = {name: _regions(listed, name) for name in ORDER if name in by_name}
    return tuple(
        Drawing(
            view=name,
            title=by_name[name].title,
            svg=mark_safe(coloured(_svg(by_name[name], regions[name], heat, steps, unit_label), palette)),
        )
        for name in _views(regions, heat)
    )


def _views(regions: Mapping[View, list[tuple[Site, Region]]], heat: Heat) -> list[View]:
    """The views that show a treated place openly; for one that lies deep on all, the first that has it."""
    hot = {
        view: [(site, region) for site, region in drawn if heat.get((site.code, region.side))]
        for view, drawn in regions.items()
    }
    open_ = [view for view in hot if any(not is_deep(site, view) for site, _ in hot[view])]
    told = {(site.code, region.side) for view in open_ for site, region in hot[view]}
    for view, drawn in hot.items():
        if any((site.code, region.side) not in told for site, region in drawn):
            open_.append(view)
            told |= {(site.code, region.side) for site, region in drawn}
    return [view for view in ORDER if view in open_]


def _regions(sites: Iterable[Site], view: View) -> list[tuple[Site, Region]]:
    """What is drawn on a view, the larger first, so that no small muscle is hidden."""
    found = [(site, region) for site in sites for region in site.regions if region.view == view]
    return sorted(found, key=lambda each: -middle_of(each[1].path).area)


def _svg(
    view: FaceMapView,
    regions: list[tuple[Site, Region]],
    heat: Heat,
    steps: tuple[Step, ...],
    unit_label: str,
) -> str:
    art = art_of(view.view, newest())
    turn = f' transform="translate({view.width} 0) scale(-1 1)"' if art.is_mirrored else ""
    hot = [(site, region) for site, region in regions if heat.get((site.code, region.side))]
    shapes = (_shape(site, region, heat, steps) for site, region in regions if _is_drawn(site, view, heat))
    said = [f"{_name(site, region)}: {plain(heat[(site.code, region.side)])}" for site, region in hot]
    words = escape(
        f"{view.title}. {unit_label[:1].upper()}{unit_label[1:]} over all cycles. {'; '.join(said)}."
    )
    size = f"{view.width} {view.height}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="fm" data-view="{view.view}" viewBox="0 0 {size}" '
        f'role="img" aria-label="{words}"><g class="fm-base"{turn}>{art.base}</g>'
        f"{''.join(shapes)}"
        f'<g class="fm-lines" pointer-events="none"{turn}>{art.lines}</g>{side_labels(view)}'
        f"{''.join(_label(region, heat[(site.code, region.side)]) for site, region in hot)}</svg>"
    )


def _is_drawn(site: Site, view: FaceMapView, heat: Heat) -> bool:
    """Muscles always, in outline; deep ones and patches of skin only where something was given."""
    is_hot = any((site.code, side) in heat for side in site.sides)
    return is_hot or (not is_deep(site, view.view) and site.region not in ("skin", "mouth"))


def _shape(site: Site, region: Region, heat: Heat, steps: tuple[Step, ...]) -> str:
    units = heat.get((site.code, region.side), Decimal(0))
    step = step_of(units, steps)
    title = f"<title>{escape(_name(site, region))}: {plain(units) if step else 'nothing'}</title>"
    path = f'<path d="{escape(region.path)}" fill-rule="evenodd" '
    if not step:
        outline = colour("muscle")
        return f'{path}fill="none" stroke="{outline}" stroke-opacity="0.35" stroke-width="1">{title}</path>'
    ink, tone = colour("ink"), colour(f"heat{step}")
    if is_deep(site, region.view):
        return f'{path}fill="none" stroke="{tone}" stroke-width="4" stroke-dasharray="8 5">{title}</path>'
    return (
        f'{path}class="fm-heat" data-step="{step}" fill="{tone}" fill-opacity="0.92" stroke="{ink}" '
        f'stroke-width="1.2">{title}</path>'
    )


def _label(region: Region, units: Decimal) -> str:
    middle, text = middle_of(region.path), plain(units)
    size = 17 if len(text) < 4 else 15
    return (
        f'<text x="{middle.x:.1f}" y="{middle.y + size * 0.36:.1f}" text-anchor="middle" font-size="{size}" '
        f'font-weight="700" fill="{colour("ink")}" stroke="{colour("paper")}" stroke-width="3.5" '
        f'stroke-linejoin="round" paint-order="stroke">{escape(text)}</text>'
    )


def _name(site: Site, region: Region) -> str:
    return site.name if region.side == "midline" else f"{site.name}, {region.side}"


def _width(most: Decimal) -> Decimal:
    """The smallest round number that reaches the largest value in five steps."""
    power = Decimal(10) ** ((most / STEPS).adjusted())
    return next(
        width for nice in (*_NICE, Decimal(10)) if (width := (nice * power).normalize() + 0) * STEPS >= most
    )
