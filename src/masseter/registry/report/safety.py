"""Sections of a report that ask whether all is well: unwanted effects, clinics, and what is missing."""

from __future__ import annotations

from collections.abc import Iterator

from masseter.knowledge.load import load
from masseter.registry.hiding import OTHER
from masseter.registry.report.document import Block, Picture, Words, count, grid, middle, number
from masseter.registry.report.funnel import SMALL, FirstCycle, funnel, wilson
from masseter.registry.report.measures import Measured
from masseter.registry.report.pictures import funnel_chart
from masseter.registry.report.rules import Rules


def effects(found: Measured, treatments: int) -> Iterator[Block]:
    """Unwanted effects per 1,000 treatments."""
    with_any, with_serious = (int(str(each)) for each in found.serious)
    if not found.effects:
        yield Words(text="The data hold no unwanted effect: none was told, or they were not asked for.")
        return
    names = {effect.code: effect.name for effect in load().effects.values()}
    names[OTHER] = "Other, or told in free words"
    rows = [
        _effect(names.get(str(effect), str(effect)), int(str(with_it)), treatments, *rest)
        for effect, with_it, *rest in found.effects
    ]
    any_row = _effect("Any", with_any, treatments, "", "", "", "", with_serious)
    columns = ("Effect", "Treatments", "Per 1,000", "95 % interval", "Mild", "Moderate", "Severe", "Serious")
    yield grid("Unwanted effects per 1,000 treatments", columns, [any_row, *rows])


def _effect(name: str, with_it: int, treatments: int, *rest: object) -> tuple[str, ...]:
    _events, mild, moderate, severe, serious = rest
    low, high = wilson(with_it, treatments)
    told = (str(each) for each in (mild, moderate, severe, serious))
    rate = f"{1000 * with_it / treatments:.1f}"
    return (name, number(with_it), rate, f"{1000 * low:.1f} to {1000 * high:.1f}", *told)


def clinics(found: Measured, rules: Rules) -> Iterator[Block]:
    """Clinics beside each other, each against its own kind of patients."""
    cycles = _first_cycles(found)
    beside = funnel(cycles) if cycles else None
    if beside is None:
        yield Words(
            text="The data do not name two clinics with enough patients whose first cycle could be judged."
        )
        return
    yield Words(
        text="Responses in the first cycle, set against what all patients with alike baseline (in thirds), "
        "sex and age band had: a clinic is held against its own kind of patients. One of twenty lies beyond "
        "the 95 percent limit by chance, one of five hundred beyond that of 99.8 percent. Outside is a "
        "question, not a verdict."
    )
    yield Picture(name="funnel", chart=funnel_chart(beside))
    yield grid(
        f"First cycles that fell by {number(rules.response_percent)} percent or more",
        ("Clinic", "Patients", "Responded", "Expected", "After case mix", "Where it lies"),
        [
            (
                one.clinic,
                number(one.patients),
                number(one.responders),
                number(one.expected, 1),
                f"{100 * one.rate:.1f} %",
                one.standing,
            )
            for one in beside.places
        ],
    )
    if beside.left:
        yield Words(
            text=f"{beside.left:,} patients are of no named clinic, or of one with fewer than {SMALL} such "
            "patients."
        )


def _first_cycles(found: Measured) -> list[FirstCycle]:
    return [
        FirstCycle(
            clinic=str(clinic or ""),
            baseline=float(str(baseline)),
            sex=str(sex or ""),
            age_band=str(age or ""),
            responded=bool(responded),
        )
        for clinic, baseline, sex, age, _better, responded in found.first_cycles
    ]


def gaps(found: Measured, patients: int, scores: int) -> Iterator[Block]:
    """What was not seen."""
    without, silent, outside, cycles, low, half, high, short = found.gaps
    every = int(str(cycles))
    yield grid(
        "What is missing",
        ("", "Number"),
        [
            ("Patients without a score before the first treatment", count(int(str(without)), patients)),
            ("Cycles without any score", count(int(str(silent)), every)),
            ("Cycles without a score in the window of the response", count(int(str(outside)), every)),
            ("Scores in a cycle, median (quartiles)", middle(low, half, high)),
            ("Scores over fewer than 28 days of diary", count(int(str(short)), scores)),
        ],
    )
    yield Words(
        text="Who is doing well comes back less, or more: what is missing is not missing by chance, and "
        "shares are of those who were seen."
    )
