"""From an unwanted effect back to the places that can have brought it about, with what they were given."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from masseter.core.plan.totals import Total, add_up
from masseter.core.plan.types import PlannedPoint
from masseter.knowledge.model import Effect, Evidence, Knowledge, Side, SiteCause

EffectSide = Literal["left", "right", "both", "unknown"]
Timing = Literal["as_known", "earlier", "later", "before"]


@dataclass(frozen=True, kw_only=True)
class Suspect:
    """One treated muscle or area that can bring the effect about: how, its points, and its dose."""

    site: str
    side: Side
    how: str
    evidence: Evidence
    points: tuple[str, ...]
    total: Total


@dataclass(frozen=True, kw_only=True)
class Trace:
    """Treated places that can bring the effect about, the largest dose first, and those not treated.

    `suspects`: those of the effect's side and of the middle; all of them where the side is not known.
    `other_side`: those of the other side, so that none is hidden by a side that was told wrongly.
    `is_anywhere`: the needle or the toxin itself does it, whatever the place, as a bruise or an allergy.
    `timing`: whether it began when this effect is known to begin.
    """

    suspects: tuple[Suspect, ...]
    other_side: tuple[Suspect, ...]
    untreated: tuple[str, ...]
    is_anywhere: bool
    timing: Timing

    @property
    def is_unexplained(self) -> bool:
        """No treated place of this side is known to bring it about: think of spread, or of another cause."""
        return not self.suspects


def trace_effect(
    *,
    effect: Effect,
    side: EffectSide,
    points: Iterable[PlannedPoint],
    product: str,
    day: int,
    knowledge: Knowledge,
) -> Trace:
    """Which of the treated places can have brought an effect about that began `day` days after.

    Units: those of the product. An effect that any place can bring about names all treated places of its
    regions. A `side` that is not known, or is both, leads to both sides; what was treated in the middle
    belongs to either. It names what is possible and never what it was.
    """
    listed = tuple(points)
    causes = {site: cause for cause in effect.from_sites for site in cause.sites}
    totals = add_up(listed, product).by_site_side
    found = [
        Suspect(
            site=site,
            side=side,
            how=causes[site].how if site in causes else "",
            evidence=_evidence(effect, causes.get(site)),
            points=tuple(point.id for point in listed if (point.site, point.side) == (site, side)),
            total=total,
        )
        for (site, side), total in totals.items()
        if (site in causes if causes else knowledge.sites[site].region in effect.regions)
    ]
    found.sort(key=lambda each: each.total.units, reverse=True)
    treated = {site for site, _ in totals}
    return Trace(
        suspects=tuple(each for each in found if _is_reached(each.side, side)),
        other_side=tuple(each for each in found if not _is_reached(each.side, side)),
        untreated=tuple(site for site in causes if site not in treated),
        is_anywhere=not causes,
        timing=_timing(effect, day),
    )


def _is_reached(treated: Side, side: EffectSide) -> bool:
    """What was treated lies on the side of the effect, or the side says nothing."""
    return side in ("both", "unknown") or treated in (side, "midline")


def _evidence(effect: Effect, cause: SiteCause | None) -> Evidence:
    return cause.evidence if cause is not None else effect.evidence


def _timing(effect: Effect, day: int) -> Timing:
    """Against the days on which the effect is known to begin."""
    if day < 0:
        return "before"
    if day < effect.onset_days.low:
        return "earlier"
    return "later" if day > effect.onset_days.high else "as_known"
