"""The fit of data sets: read part by part, judged by people held out, then fitted on everybody.

A part of the patients is fitted first, which any fit of many begins with, and people who are not among them
judge its forecasts. Going on from there to everybody takes a few passes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

import numpy as np

from masseter.knowledge.load import load
from masseter.registry.beginning import SAMPLE, beginning
from masseter.registry.courses import PART, Part, parts_of, read_head, read_part, read_tail
from masseter.registry.problems import whole
from masseter.registry.sources import Sources, open_datasets
from masseter.response.calibrate import Calibration, Limits, calibrate
from masseter.response.courses import BLOCK, Courses
from masseter.response.fit import FIRST, GROWTH, Fit, Look, Prior, fit_crowd, refine
from masseter.response.fit import fit as response_fit
from masseter.response.held import Held, hold_out, together
from masseter.response.layout import INJECTION, Array
from masseter.response.likelihood import Crowd, Here, Sums, over
from masseter.response.parameters import Parameters
from masseter.response.people import people
from masseter.response.stretch import dose_group

MOST_HELD, LEAST_HELD = 2000, 10  # people by whom forecasts are judged: a fifth, within these
FEW, TURNS = 500, 5  # of fewer people everybody is held out once, each fifth while the others are fitted
MANY_HELD, SPARSE = 500, 3  # from so many people, forecasts from each third score say as much as from each
MOST_JUDGING = FIRST * GROWTH  # more would not move a forecast by anything that counts
PARTS_EACH = 4  # parts for each worker, so that none waits long for the last


@dataclass(frozen=True, kw_only=True)
class Task:
    """What is to be fitted. `products`: those with a column of their own; `parts`: how the data are cut."""

    sources: Sources
    products: tuple[str, ...]
    parts: tuple[Part, ...]

    @property
    def by_turns(self) -> bool:
        """So few people that each is held out in turn."""
        return LEAST_HELD * TURNS <= self.sources.patients < FEW

    @property
    def held(self) -> int:
        """People kept back to judge the forecasts; nought where there are too few."""
        if self.by_turns:
            return self.sources.patients
        people = min(MOST_HELD, self.sources.patients // TURNS)
        return people if people >= LEAST_HELD else 0

    @property
    def judging(self) -> int:
        """Patients on whom the forecasts that are judged are fitted: none of those held out."""
        return min(MOST_JUDGING, self.sources.patients - self.held)


class Workplace(Crowd, Protocol):
    """A crowd that can also say what is known of each patient."""

    def people(self, parameters: Parameters) -> Iterator[Array]:
        """Part by part, a line for each patient."""


@dataclass(frozen=True, kw_only=True)
class Fitted:
    """A fit, and how right its forecasts were in people who were held out; None where these were too few."""

    task: Task
    fit: Fit
    calibration: Calibration | None


def task_of(folders: Sequence[Path], workers: int = 1) -> Task:
    """Check data sets and cut them for so many workers.

    Raises CannotTake as `open_datasets` does, and where nothing but placebo was given.
    """
    with ThreadPoolExecutor(1) as beside:
        beside.submit(load)  # knowledge is read while the data are checked
        sources = open_datasets(folders)
    size = PART
    while size > BLOCK and sources.patients < size * workers * PARTS_EACH:
        size //= 2
    return Task(sources=sources, products=_products(sources), parts=tuple(parts_of(sources, size)))


class OneMachine(Here):
    """All patients in the memory of this process, and its threads."""

    def people(self, parameters: Parameters) -> Iterator[Array]:
        """Part by part, a line for each patient."""
        yield from over(self.parts, lambda part: people(part, parameters), self.threads)


def read_here(task: Task, threads: int, look: Callable[[], None] = lambda: None) -> OneMachine:
    """Read all parts; `look` is called after each."""
    parts: list[Courses] = []
    for courses in over(task.parts, lambda part: read_part(task.sources, part, task.products), threads):
        parts.append(courses)
        look()
    return OneMachine(parts=tuple(parts), threads=threads)


@dataclass(frozen=True)
class _Most:
    """A crowd without its last people."""

    crowd: Crowd
    patients: int

    @property
    def names(self) -> tuple[str, ...]:
        return self.crowd.names

    def sums(self, patients: int, parameters: Parameters, *, single: bool = False) -> Sums:
        return self.crowd.sums(patients, parameters, single=single)


def fit_task(task: Task, crowd: Crowd, look: Look, *, threads: int = 1) -> Fitted:
    """Fit the first patients, judge by the last, then go on with all from there.

    `threads`: of this process, for judging; the crowd has its own.
    """
    sources = task.sources
    start, prior = beginning(sources.condition, sources.measure, read_head(sources, SAMPLE, task.products))
    if task.by_turns or not task.held:
        fit = fit_crowd(crowd, start, prior, look=look)
        by_turns = _judge_by_turns(task, start, prior) if task.by_turns else None
        return Fitted(task=task, fit=fit, calibration=by_turns)
    most = fit_crowd(_Most(crowd, task.judging), start, prior, look=look)
    calibration = _judge(task, most.parameters, threads)
    fit = refine(crowd, most.parameters, prior, look=look)
    return Fitted(task=task, fit=fit, calibration=calibration)


def _judge(task: Task, parameters: Parameters, threads: int) -> Calibration | None:
    tail = read_tail(task.sources, task.held, task.products)
    every = SPARSE if task.held >= MANY_HELD else 1
    try:
        held = hold_out(tail, parameters, every=every, threads=threads)
    except ValueError:
        return None  # nothing came after a treatment
    return _calibrated(task, tail, *held)


def _judge_by_turns(task: Task, start: Parameters, prior: Prior) -> Calibration | None:
    """Each fifth is judged by a fit of the others, which begins as the fit of all did."""
    people = read_head(task.sources, task.sources.patients, task.products)
    number = np.arange(people.patients)
    scores: list[Held] = []
    dates: list[Held] = []
    for turn in range(TURNS):
        out = np.flatnonzero(number % TURNS == turn)
        taught = response_fit(people.some(np.flatnonzero(number % TURNS != turn)), start, prior).parameters
        try:
            held = hold_out(people.some(out), taught)
        except ValueError:
            continue  # nobody of these was seen after a treatment
        for kept, one in zip((scores, dates), held, strict=True):
            kept.append(replace(one, patient=out[one.patient]))
    return _calibrated(task, people, together(scores), together(dates)) if scores else None


def _calibrated(task: Task, people: Courses, scores: Held, dates: Held) -> Calibration:
    """By product where there are several, and by dose; each dose group may be stretched apart."""
    limits = Limits.of(load().practice)
    doses = dose_groups(people, limits)
    strata = {"dose": doses}
    if task.products:
        strata["product"] = _product_of_each(people)
        doses = [f"{name}, {dose}" for name, dose in zip(strata["product"], doses, strict=True)]
    return calibrate(scores, dates, limits, strata=strata, own=doses)


def dose_groups(courses: Courses, limits: Limits) -> list[str]:
    """The dose group of each patient's first treatment."""
    given = np.flatnonzero(courses.kind == INJECTION)
    first = np.searchsorted(given, courses.starts[:-1])
    shares = [
        float(courses.value[given[place]]) if place < given.size and given[place] < end else 0.0
        for place, end in zip(first.tolist(), courses.starts[1:].tolist(), strict=True)
    ]
    return [dose_group(share, limits.lower_dose, limits.higher_dose) for share in shares]


def _product_of_each(courses: Courses) -> list[str]:
    """The first product of each patient that has a column of its own, else that it is the usual one."""
    given = courses.about > 0
    given[:, 0] = ~given[:, 1:].any(axis=1)
    names = ("the usual one", *courses.names[1:])
    return [names[place] for place in given.argmax(axis=1)]


def _products(sources: Sources) -> tuple[str, ...]:
    """Every product but the one that most patients got, which the others are held against."""
    with sources.connect() as connection:
        rows = connection.execute(
            "SELECT product, count(DISTINCT patient) FROM treatments WHERE units > 0 GROUP BY product "
            "ORDER BY 2 DESC, 1"
        ).fetchall()
    if not rows:
        raise whole("nothing but placebo was given: there is no course of a toxin to fit")
    unknown = sorted({product for product, _ in rows} - set(sources.reference_units))
    if unknown:
        raise whole(f"no data set has a reference dose of {', '.join(unknown)}")
    return tuple(sorted(product for product, _ in rows[1:]))
