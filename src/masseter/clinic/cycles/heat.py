"""All treatments of a case on one map, in words: one product at a time, its drawings, scale and table."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from masseter.clinic.plan.words import plain
from masseter.core.inject.over_cycles import GivenCycle, ProductUse, RegionUse, add_up_cycles
from masseter.journey.ground.refusals import NotHere
from masseter.journey.inject.models import Treatment
from masseter.journey.inject.queries import given_points
from masseter.knowledge.load import load
from masseter.ui.facemap import Drawing
from masseter.ui.facemap.heat import Step, heat_steps, render_heat
from masseter.ui.words import product_words, unit_words


@dataclass(frozen=True, kw_only=True)
class HeatLine:
    """One muscle or area: its units over all treatments by side, and how often it was treated."""

    name: str
    right: str
    midline: str
    left: str
    whole: str
    cycles: int
    last_on: date


@dataclass(frozen=True, kw_only=True)
class HeatWords:
    """Everything of one product over all treatments."""

    product: str
    brand: str
    unit_label: str
    whole: str
    cycles: int
    first_on: date
    last_on: date
    drawings: tuple[Drawing, ...]
    steps: tuple[Step, ...]
    lines: list[HeatLine]


def used_products(treatments: Iterable[Treatment], zone: str) -> tuple[ProductUse, ...]:
    """What was given over all these treatments, product by product."""
    local = ZoneInfo(zone)
    return add_up_cycles(
        GivenCycle(
            given_on=one.given_at.astimezone(local).date(), product=one.product, points=given_points(one)
        )
        for one in treatments
    )


def product_of(used: tuple[ProductUse, ...], asked: str) -> ProductUse | None:
    """The product that was asked for, else the one used last; None where nothing was given.

    Raises: NotHere for a product that was not given.
    """
    if asked and asked not in {each.product for each in used}:
        raise NotHere("This product was not given in this case.")
    return next((each for each in used if asked in ("", each.product)), None)


def heat_words(use: ProductUse) -> HeatWords:
    """One product over all treatments."""
    known = load()
    heat = {(each.site, each.side): each.dose.units for each in use.regions}
    drawings = render_heat(known.face_map, known.sites.values(), heat, unit_label=unit_words(use.product))
    return HeatWords(
        product=use.product,
        brand=product_words(use.product),
        unit_label=unit_words(use.product),
        whole=plain(use.whole.units),
        cycles=use.cycles,
        first_on=use.first_on,
        last_on=use.last_on,
        drawings=drawings,
        steps=heat_steps(use.most.units),
        lines=_lines(use),
    )


def _lines(use: ProductUse) -> list[HeatLine]:
    """A line a muscle, the most treated first."""
    by_site: dict[str, list[RegionUse]] = {}
    for region in use.regions:
        by_site.setdefault(region.site, []).append(region)
    sites = load().sites
    lines = []
    for site, regions in by_site.items():
        sides = {each.side: plain(each.dose.units) for each in regions}
        whole = sum((each.dose.units for each in regions[1:]), regions[0].dose.units)
        lines.append(
            (
                whole,
                HeatLine(
                    name=sites[site].name if site in sites else site,
                    right=sides.get("right", ""),
                    midline=sides.get("midline", ""),
                    left=sides.get("left", ""),
                    whole=plain(whole),
                    cycles=max(each.cycles for each in regions),
                    last_on=max(each.last_on for each in regions),
                ),
            )
        )
    return [line for _, line in sorted(lines, key=lambda each: -each[0])]
