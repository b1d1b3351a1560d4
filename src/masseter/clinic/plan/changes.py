"""What a plan does otherwise than its scheme, in words: left out, lowered, and what is not known."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from masseter.clinic.plan.words import plain, source_of
from masseter.core.plan.personal import Lowered
from masseter.core.plan.propose import Skipped
from masseter.core.plan.types import PlannedPoint
from masseter.journey.plan.models import Plan
from masseter.journey.plan.personal import left_out_of, lowered_of
from masseter.knowledge.load import load
from masseter.knowledge.model import Source, Sureness
from masseter.ui.words import unit_words

INCLUDE = "include:"  # what a button of the draft's form sends, before site and sides


@dataclass(frozen=True, kw_only=True)
class LeftOutLine:
    """One muscle or area that was left out: its name with the sides, the points meant, and the reason.

    `add` is what the draft's form sends to have it after all; empty where more than the choice is missing.
    """

    name: str
    points: str
    reason: str
    sources: tuple[Source, ...] = ()
    add: str = ""


@dataclass(frozen=True, kw_only=True)
class WhyLine:
    """One reason for a lower dose, with its sources and how sure it is."""

    sentence: str
    sources: tuple[Source, ...]
    sure: Sureness


@dataclass(frozen=True, kw_only=True)
class LoweredLine:
    """One muscle or area whose dose was lowered: by how much at each point, and why."""

    name: str
    points: str
    dose: str
    reasons: tuple[WhyLine, ...]


@dataclass(frozen=True, kw_only=True)
class Changes:
    """Everything that a plan does otherwise than its scheme, and what could lower it further."""

    left_out: list[LeftOutLine]
    lowered: list[LoweredLine]
    could_lower: list[str]


def changes_of(plan: Plan, points: Iterable[PlannedPoint]) -> Changes:
    """What was changed of the scheme when the plan was drafted, as far as it still is so."""
    listed = tuple(points)
    types = load().observations
    return Changes(
        left_out=left_out_lines(plan, {point.id for point in listed}),
        lowered=lowered_lines(plan, listed),
        could_lower=[types[code].label for code in plan.could_lower if code in types],
    )


def left_out_lines(plan: Plan, points: Collection[str]) -> list[LeftOutLine]:
    """What was left out of the scheme and is not among the plan's points now; alike sides in one line."""
    groups: dict[tuple[str, str], list[Skipped]] = {}
    for each in left_out_of(plan):
        if not set(each.points) & set(points):
            groups.setdefault((each.site, each.reason), []).append(each)
    return [
        LeftOutLine(
            name=_name(site, group),
            points=_points(group),
            reason=reason,
            sources=_sources(group[0].sources),
            add=f"{INCLUDE}{site}:{','.join(each.side for each in group)}" if group[0].is_optional else "",
        )
        for (site, reason), group in groups.items()
    ]


def lowered_lines(plan: Plan, points: Iterable[PlannedPoint]) -> list[LoweredLine]:
    """What was lowered and still has the lower dose or less; alike sides in one line."""
    doses = {point.id: point.units for point in points}
    groups: dict[object, list[Lowered]] = {}
    for each in lowered_of(plan):
        if any((doses.get(name) or each.was) <= each.now for name in each.points):
            groups.setdefault((each.site, each.was, each.now, each.reasons), []).append(each)
    return [
        LoweredLine(
            name=_name(group[0].site, group),
            points=_points(group),
            dose=f"{plain(group[0].was)} → {plain(group[0].now)} {unit_words(plan.product)} a point",
            reasons=tuple(
                WhyLine(sentence=why.sentence, sources=_sources(why.sources), sure=why.sure)
                for why in group[0].reasons
            ),
        )
        for group in groups.values()
    ]


def _name(site: str, group: Iterable[Skipped | Lowered]) -> str:
    known = load().sites.get(site)
    sides = " and ".join(dict.fromkeys(each.side for each in group if each.side != "midline"))
    name = known.name if known else site
    return f"{name}, {sides}" if sides else name


def _points(group: Iterable[Skipped | Lowered]) -> str:
    return ", ".join(point for each in group for point in each.points)


def _sources(keys: Iterable[str]) -> tuple[Source, ...]:
    return tuple(source_of(key) for key in keys if key in load().sources)
