"""Parts, grades, alarms and tellings of a questionnaire rest on items and observations that exist."""

from __future__ import annotations

from collections.abc import Iterator

from masseter.knowledge.checks.walk import problem
from masseter.knowledge.model import Grading, Instrument, Knowledge
from masseter.knowledge.problems import Problem

_TAKES_A_TOTAL = ("integer", "choice")


def check_instruments(knowledge: Knowledge) -> Iterator[Problem]:
    """What a questionnaire says of its own items, and to which observations it speaks."""
    for instrument in knowledge.instruments.values():
        place = f"instruments/{instrument.code}.yaml#"
        yield from _items(place, instrument)
        yield from _observations(place, instrument, knowledge)
        if (instrument.method == "graded") != (instrument.grading is not None):
            yield problem(f"{place}grading", "a graded scale needs its grading, and no other has one")
        elif instrument.grading is not None:
            yield from _grading(place, instrument, instrument.grading)


def _items(place: str, instrument: Instrument) -> Iterator[Problem]:
    known = {item.code for item in instrument.items}
    named = [code for part in instrument.parts for code in part.items]
    named += [alarm.item for alarm in instrument.alarms]
    for code in named:
        if code not in known:
            yield problem(place, f"there is no item {code}")


def _observations(place: str, instrument: Instrument, knowledge: Knowledge) -> Iterator[Problem]:
    for alarm in instrument.alarms:
        raised = knowledge.observations.get(alarm.observation)
        if raised is None or raised.kind != "boolean":
            yield problem(f"{place}alarms", f"there is no yes-or-no observation {alarm.observation}")
    if instrument.tells:
        told = knowledge.observations.get(instrument.tells)
        if told is None or told.kind not in _TAKES_A_TOTAL:
            yield problem(f"{place}tells", f"there is no observation {instrument.tells} for a total")


def _grading(place: str, instrument: Instrument, grading: Grading) -> Iterator[Problem]:
    parts = {part.code for part in instrument.parts}
    for code in (grading.intensity, grading.interference):
        if code not in parts:
            yield problem(f"{place}grading", f"there is no part {code}")
    if grading.days not in {item.code for item in instrument.items}:
        yield problem(f"{place}grading", f"there is no item {grading.days}")
    if instrument.max_missing:
        yield problem(f"{place}grading", "a grade needs every answer")
