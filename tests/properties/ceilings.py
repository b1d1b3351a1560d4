"""An independent reckoning of a whole plan: draws, vials, ceilings, intervals; by brute force, in fractions.

It reads the numbers of the knowledge and shares no code with the product beside the shapes of the knowledge.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from math import ceil
from typing import Any

from masseter.knowledge.model import Knowledge, Limit, Product
from tests.properties.oracle import same_day_later

Broken = tuple[str, str, str]  # code, severity, subject


@dataclass(frozen=True, kw_only=True)
class Dosed:
    """A point: its name, site, side and units."""

    name: str
    site: str
    side: str
    units: Fraction


@dataclass(frozen=True, kw_only=True)
class Before:
    """A toxin on record: its product or None, its units or None, its day."""

    product: str | None
    units: Fraction | None
    day: date


@dataclass(frozen=True, kw_only=True)
class Told:
    """All that decides whether a plan is within its ceilings."""

    product: str
    label_units: Fraction
    volume_ml: Fraction  # in the vial once it is ready
    diluent_ml: Fraction
    mark_ml: Fraction
    points: tuple[Dosed, ...]
    condition: str
    diagnosis: str
    jurisdiction: str
    protocol: str
    age: int
    weight_kg: Fraction | None
    cycles: int | None
    today: date
    history: tuple[Before, ...]


def drawn(told: Told, known: Knowledge) -> dict[str, tuple[Fraction, Fraction]]:
    """For each point the mL to draw and the units that count; the label's own pair wins on a mark."""
    per_ml, found = told.label_units / told.volume_ml, {}
    for point in told.points:
        volume, printed = nearest(point.units / per_ml, told.mark_ml), Fraction(0)
        for pair in known.products[told.product].label_pairs:
            same = (pair.label_units, pair.diluent_ml, pair.units)
            if (
                same == (told.label_units, told.diluent_ml, point.units)
                and Fraction(pair.volume_ml) % told.mark_ml == 0
            ):
                volume, printed = Fraction(pair.volume_ml), point.units
        found[point.name] = (volume, max(volume * per_ml, printed))
    return found


def nearest(volume: Fraction, mark: Fraction) -> Fraction:
    """The mark nearest to a volume, of two equally near the lower one."""
    return ceil(volume / mark - Fraction(1, 2)) * mark


def broken(told: Told, known: Knowledge, draws: dict[str, tuple[Fraction, Fraction]]) -> set[Broken]:
    """Every ceiling that the plan breaks, with its severity and what it is about; `draws` as drawn."""
    counts = {name: units for name, (_, units) in draws.items()}
    found: set[Broken] = set()
    for limit in _limits(told, known):
        found |= set(_over(limit, told, known, counts))
    return found


def interval(told: Told, known: Knowledge) -> str:
    """What is to be said of the last toxin: too early by days, by months only, or late enough."""
    if not told.history:
        return ""
    last, product = max(each.day for each in told.history), known.products[told.product]
    asked = [product.min_interval_days.value, known.conditions[told.condition].interval_days.value]
    asked += [known.protocols[told.protocol].interval_days.value] if told.protocol else []
    if (told.today - last).days < max(asked):
        return "interval-too-short"
    months = product.interval_months or 0
    return "interval-under-months" if told.today < same_day_later(last, months) else "interval-kept"


def _limits(told: Told, known: Knowledge) -> Iterator[Limit]:
    product = known.products[told.product]
    printed = [_figures(limit) for limit in product.limits]
    yield from (limit for limit in product.limits if _applies(limit, told))
    for key in sorted(known.products):
        if key == told.product or known.products[key].inn != product.inn:
            continue
        for limit in known.products[key].limits:
            proven = limit.severity == "stop" and limit.evidence.sure == "verified"
            if proven and limit.scope in ("per_session", "in_interval") and _figures(limit) not in printed:
                printed.append(_figures(limit))
                if _applies(limit, told):
                    yield limit


def _figures(limit: Limit) -> tuple[Any, ...]:
    names = ("scope", "units", "severity", "units_per_kg", "window_days", "window_months", "sites")
    more = ("jurisdictions", "conditions", "diagnoses", "first", "max_age")
    return tuple(getattr(limit, name) for name in (*names, *more))


def _applies(limit: Limit, told: Told) -> bool:
    wrong_place = limit.jurisdictions and told.jurisdiction not in limit.jurisdictions
    wrong_use = limit.conditions and told.condition not in limit.conditions
    wrong_diagnosis = limit.diagnoses and told.diagnosis not in limit.diagnoses
    too_old = limit.max_age is not None and told.age > limit.max_age
    return not (wrong_place or wrong_use or wrong_diagnosis or too_old)


def _same(told: Told, known: Knowledge) -> list[Before]:
    inn = known.products[told.product].inn
    return [
        each
        for each in told.history
        if each.product in known.products and known.products[each.product].inn == inn
    ]


def _sum(rows: list[Before]) -> Fraction:
    return sum((each.units for each in rows if each.units is not None), Fraction(0))


def _over(limit: Limit, told: Told, known: Knowledge, counts: dict[str, Fraction]) -> Iterator[Broken]:
    top = Fraction(limit.units)
    if limit.units_per_kg is not None and told.weight_kg is not None:
        top = min(top, Fraction(limit.units_per_kg) * told.weight_kg)
    code, same, whole = (
        f"over-limit-{limit.code}",
        _same(told, known),
        not (limit.conditions or limit.diagnoses),
    )
    if limit.scope == "in_interval":
        if _counted(told.points, counts) + _window(limit, told, known.products[told.product], same) > top:
            yield code, limit.severity, ""
        return
    if limit.first or limit.scope == "first_session":
        had_toxin = any(each.day < told.today for each in same)
        if had_toxin and (whole or told.cycles):
            return
    on_the_day = Fraction(0)
    if limit.scope in ("per_session", "first_session") and not limit.sites:
        on_the_day = _sum([each for each in same if each.day == told.today])
    for subject, points in _groups(limit, told).items():
        units = _counted(points, counts)
        if units > top or (whole and units + on_the_day > top):
            yield code, limit.severity, subject
        elif units + on_the_day > top:
            yield code, "caution", subject


def _window(limit: Limit, told: Told, product: Product, same: list[Before]) -> Fraction:
    days = int(product.min_interval_days.value) if limit.window_days is None else limit.window_days
    first = told.today - timedelta(days=days - 1)
    most = _sum([each for each in same if each.day >= first])
    if limit.window_months:
        late = [each for each in same if same_day_later(each.day, limit.window_months) > told.today]
        most = max(most, _sum(late))
    return most


def _groups(limit: Limit, told: Told) -> dict[str, list[Dosed]]:
    groups: dict[str, list[Dosed]] = {}
    for point in told.points:
        if limit.sites and point.site not in limit.sites:
            continue
        about = {"per_point": point.name, "per_site": f"{point.site}-{point.side}", "per_side": point.side}
        groups.setdefault(about.get(limit.scope, ""), []).append(point)
    return groups


def _counted(points: list[Dosed] | tuple[Dosed, ...], counts: dict[str, Fraction]) -> Fraction:
    planned = sum((point.units for point in points), Fraction(0))
    return max(planned, sum((counts[point.name] for point in points), Fraction(0)))
