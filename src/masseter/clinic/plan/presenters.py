"""A plan in words and on the map."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from masseter.clinic.plan.gauges import Gauges, gauge_words
from masseter.clinic.plan.placed import PlaceWords, place_words, point_words
from masseter.clinic.plan.words import Card, TotalRow, Way, cards, plain, total_rows, ways, whole_row
from masseter.core.findings import SEVERITIES, Finding
from masseter.core.plan.reconstitute import DrawUp, diluent_for
from masseter.core.plan.types import PlannedPoint
from masseter.journey.plan.checking import Checked
from masseter.journey.plan.models import Plan
from masseter.knowledge.load import load
from masseter.knowledge.model import Severity
from masseter.ui.facemap import MapMarker
from masseter.ui.facemap.marker import State
from masseter.ui.words import product_words, unit_words

STATES = {
    "draft": ("plain", "Draft"),
    "proposed": ("note", "Waits for approval"),
    "approved": ("good", "Approved"),
    "given": ("brand", "Given"),
    "withdrawn": ("caution", "Withdrawn"),
}


@dataclass(frozen=True, kw_only=True)
class DrawingUp:
    """How a plan is drawn up, in numbers for the eye."""

    per_tenth_ml: str
    total_ml: str
    vials: str
    needed: str
    discarded: str
    shortfall: str
    is_label: bool
    diluents: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class PointWords:
    """What a check says about one point, for its row and its marker: volume, gravest severity, sentences."""

    ml: str = ""
    severity: Severity | Literal[""] = ""
    sentences: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """All sentences in one line."""
        return " ".join(self.sentences)


NOTHING_TOLD = PointWords()


@dataclass(frozen=True, kw_only=True)
class CheckWords:
    """Everything that the live check shows."""

    stops: list[Card]
    cautions: list[Card]
    notes: list[Card]
    totals: list[TotalRow]
    sum_row: TotalRow
    gauges: Gauges
    told: dict[str, dict[str, str]]
    ways: list[Way]
    whole: str
    points: int
    without_dose: int
    unit_label: str
    drawing: DrawingUp | None
    blocking: int
    problems: tuple[str, ...] = ()
    places: tuple[PlaceWords, ...] = ()


def check_words(
    checked: Checked, problems: tuple[str, ...] = (), told: Mapping[str, PointWords] | None = None
) -> CheckWords:
    """The result of a check in words; `told` is what it says of each point, where that is known already."""
    made = cards(checked.findings, blocking=checked.blocking, reasons=checked.reasons, typed=checked.typed)
    whole = checked.totals.whole
    return CheckWords(
        stops=[card for card in made if card.severity == "stop"],
        cautions=[card for card in made if card.severity == "caution"],
        notes=[card for card in made if card.severity == "note"],
        totals=total_rows(checked.totals),
        sum_row=whole_row(checked.totals),
        gauges=gauge_words(checked.gauges, checked.findings),
        told=_for_editor(told_of(checked) if told is None else told),
        ways=ways(checked.draft.points),
        whole=plain(whole.units),
        points=whole.points,
        without_dose=whole.without_dose,
        unit_label=unit_words(checked.draft.product),
        drawing=drawing_up(checked.drawn),
        blocking=len(checked.blocking) + len(problems),
        problems=problems,
        places=tuple(place_words(checked.draft.points)),
    )


def drawing_up(drawn: DrawUp | None) -> DrawingUp | None:
    """The draw-up in numbers; None while it is not known."""
    if drawn is None:
        return None
    vials = [f"{count} × {plain(size.label_units)}" for size, count in drawn.vials.opened]
    return DrawingUp(
        per_tenth_ml=plain(drawn.units_per_tenth_ml),
        total_ml=plain(drawn.total_ml),
        vials=" + ".join(vials),
        needed=plain(drawn.needed),
        discarded=plain(drawn.discarded),
        shortfall=plain(drawn.shortfall) if drawn.shortfall else "",
        is_label=drawn.is_label_dilution,
        diluents=diluents(drawn),
    )


def diluents(drawn: DrawUp) -> tuple[str, ...]:
    """What goes into each vial, by size, so that all have one strength; nothing for a ready solution."""
    product = load().products[drawn.product]
    if product.form != "powder":
        return ()
    return tuple(
        f"{plain(diluent_for(size, drawn.concentration))} mL into each vial of {plain(size.label_units)}"
        for size, _ in drawn.vials.opened
    )


def markers(
    points: Iterable[PlannedPoint],
    findings: Iterable[Finding] = (),
    state: State = "planned",
    version: str = "",
) -> list[MapMarker]:
    """Points for the map, each with the gravest finding about it."""
    worst = worst_by_point(findings)
    return [
        MapMarker(
            id=point.id,
            site=point.site,
            side=point.side,
            view=point.view,
            x=point.x,
            y=point.y,
            units=plain(point.units),
            state=state,
            severity=worst.get(point.id, ""),
            words=point_words(point, version),
        )
        for point in points
    ]


def worst_by_point(findings: Iterable[Finding]) -> dict[str, Severity]:
    """The gravest severity of the findings about each point."""
    worst: dict[str, Severity] = {}
    for found in findings:
        held = worst.get(found.subject)
        if found.subject and (held is None or SEVERITIES.index(found.severity) < SEVERITIES.index(held)):
            worst[found.subject] = found.severity
    return worst


def told_of(checked: Checked) -> dict[str, PointWords]:
    """What was found and what is drawn at each point."""
    worst, drawn = worst_by_point(checked.findings), volumes(checked)
    said: dict[str, list[str]] = {}
    for found in checked.findings:
        said.setdefault(found.subject, []).append(found.sentence)
    return {
        point.id: PointWords(
            ml=f"{plain(drawn[point.id])} mL" if point.id in drawn else "",
            severity=worst.get(point.id, ""),
            sentences=tuple(said.get(point.id, ())),
        )
        for point in checked.draft.points
    }


def _for_editor(told: Mapping[str, PointWords]) -> dict[str, dict[str, str]]:
    return {
        name: {"ml": each.ml, "severity": each.severity, "words": each.words} for name, each in told.items()
    }


def volumes(checked: Checked) -> dict[str, Decimal]:
    """What is drawn for each point."""
    return {draw.point_id: draw.drawn_ml for draw in checked.drawn.draws} if checked.drawn else {}


def state_words(plan: Plan) -> dict[str, str]:
    """State of a plan: tone and words."""
    tone, words = STATES[plan.state]
    return {"tone": tone, "words": words}


def plan_title(plan: Plan) -> str:
    """A plan in a few words, e.g. 'Cycle 2: 155 units Botox'."""
    return f"Cycle {plan.cycle}, {product_words(plan.product)}"
