"""The cycles of a case one after the other: what each was given, and the main score beneath."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from zoneinfo import ZoneInfo

from masseter.clinic.plan.presenters import markers
from masseter.clinic.plan.words import plain, site_words
from masseter.journey.consult.models import Case
from masseter.journey.inject.models import Treatment
from masseter.journey.inject.queries import given_points
from masseter.journey.results.queries import course_of, main_instrument
from masseter.knowledge.load import load
from masseter.ui.charts.strip import Point, Strip, strip
from masseter.ui.courses import CycleRow, cycle_rows
from masseter.ui.facemap import MapMarker
from masseter.ui.facemap.diff import alike
from masseter.ui.words import unit_words


@dataclass(frozen=True, kw_only=True)
class Frame:
    """One cycle: its treatment in words and on the map, and its score in words."""

    pk: int
    number: int
    title: str
    words: str
    score: str
    drawing: str
    markers: tuple[MapMarker, ...]


@dataclass(frozen=True, kw_only=True)
class Film:
    """All cycles, the oldest first, with the score over all of them."""

    frames: tuple[Frame, ...]
    strip: Strip
    measure: str


def film_of(case: Case, treatments: Sequence[Treatment], zone: str, today: date) -> Film:
    """The cycles of a case one after the other."""
    local = ZoneInfo(zone)
    days = tuple(one.given_at.astimezone(local).date() for one in treatments)
    instrument = main_instrument(case)
    course = course_of(case, instrument, today=today, treatments=tuple(sorted(set(days))))
    rows = {row.given_on: row for row in cycle_rows(load().conditions[case.condition], course)}
    frames = tuple(
        _frame(one, number, day, rows.get(day))
        for number, (one, day) in enumerate(zip(treatments, days, strict=True), 1)
    )
    drawn = strip(
        title=f"{instrument.name} over all cycles",
        low=instrument.low,
        high=instrument.high,
        scores=tuple(Point(day=score.day, value=score.total) for score in course.scores),
        treatments=days,
        until=max(today, days[-1]),
        lower_is_better=instrument.higher_is_worse,
    )
    return Film(frames=frames, strip=drawn, measure=f"{instrument.name} ({instrument.unit})")


def for_script(film: Film, links: Sequence[str]) -> dict[str, object]:
    """What the browser needs to show each cycle without asking again; names of places stand once."""
    places = {(each.site, each.side) for frame in film.frames for each in frame.markers}
    return {
        "places": {f"{site}:{side}": site_words(site, side) for site, side in sorted(places)},
        "frames": [
            {
                "cycle": frame.pk,
                "url": link,
                "title": frame.title,
                "words": frame.words,
                "score": frame.score,
                "drawing": frame.drawing,
                "shade": [round(span.x, 1), round(span.width, 1)],
                "points": [
                    [each.id, f"{each.site}:{each.side}", each.view, float(each.x), float(each.y), each.units]
                    for each in frame.markers
                ],
            }
            for frame, span, link in zip(film.frames, film.strip.spans, links, strict=True)
        ],
    }


def _frame(treatment: Treatment, number: int, day: date, row: CycleRow | None) -> Frame:
    points = given_points(treatment)
    whole = sum((point.units for point in points if point.units), Decimal(0))
    return Frame(
        pk=treatment.pk,
        number=number,
        title=f"Cycle {treatment.cycle}, {day.day} {day:%B %Y}",
        words=f"{plain(whole)} {unit_words(treatment.product)} in {len(points)} points",
        score=f"At best {row.best}; last {row.latest}."
        if row and row.best != "–"
        else "No score after it yet.",
        drawing=_drawing(treatment, {point.view for point in points}),
        markers=tuple(markers(points, state="given", version=treatment.map_version)),
    )


def _drawing(treatment: Treatment, views: set[str]) -> str:
    """Today's edition of the map where it draws these views as the treatment's own did; else its own."""
    today = load().face_map.version
    return today if views <= set(alike(treatment.map_version, today)) else treatment.map_version
