"""Two maps beside each other: the views that either has points on, in pairs of one size."""

from __future__ import annotations

from dataclasses import dataclass

from masseter.clinic.cycles.choices import Side
from masseter.clinic.plan.presenters import markers
from masseter.knowledge.load import load
from masseter.knowledge.model import View
from masseter.ui.facemap import Drawing, render_all


@dataclass(frozen=True, kw_only=True)
class Pair:
    """One view as both have it; None where the edition of one has no such view."""

    view: View
    title: str
    before: Drawing | None
    after: Drawing | None

    @property
    def sides(self) -> tuple[Drawing | None, Drawing | None]:
        """Before and after."""
        return self.before, self.after


def pairs_of(before: Side, after: Side) -> list[Pair]:
    """The views that either has points on, the patient's right first."""
    used = {point.view for side in (before, after) for point in side.points.points}
    used |= {mark.view for side in (before, after) for mark in side.felt}
    old, new = _drawings(before, used), _drawings(after, used)
    return [
        Pair(view=view, title=(new.get(view) or old[view]).title, before=old.get(view), after=new.get(view))
        for view in dict.fromkeys((*new, *old))
    ]


def _drawings(side: Side, used: set[View]) -> dict[View, Drawing]:
    known = load()
    drawn = render_all(
        known.face_map,
        known.sites.values(),
        [*markers(side.points.points, state=side.state, version=side.points.map_version), *side.felt],
        version=side.points.map_version,
        views=used,
        is_linked=True,
    )
    return {drawing.view: drawing for drawing in drawn}
