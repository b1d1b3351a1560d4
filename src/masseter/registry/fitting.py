"""The fit of data sets: read part by part, judged by people held out, then fitted on everybody.

A part of the patients is fitted first, which any fit of many begins with, and people who are not among them
judge its forecasts. Going on from there to everybody takes a few passes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from masseter.knowledge.load import load
from masseter.registry.beginning import SAMPLE, beginning
from masseter.registry.courses import PART, Part, parts_of, read_head, read_part, read_tail
from masseter.registry.problems import whole
from masseter.registry.sources import Sources, open_datasets
from masseter.response.calibrate import Calibration, Limits, calibrate
from masseter.response.courses import BLOCK, Courses
from masseter.response.fit import FIRST, GROWTH, Fit, Look, fit_crowd, refine
from masseter.response.held import hold_out
from masseter.response.layout import Array
from masseter.response.likelihood import Crowd, Here, Sums, over
from masseter.response.parameters import Parameters
from masseter.response.people import people

MOST_HELD, LEAST_HELD = 2000, 10  # people by whom forecasts are judged: a fifth, within these
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
    def held(self) -> int:
        """People kept back to judge the forecasts; nought where there are too few."""
        people = min(MOST_HELD, self.sources.patients // 5)
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

    def sums(self, patients: int, parameters: Parameters) -> Sums:
        return self.crowd.sums(patients, parameters)


def fit_task(task: Task, crowd: Crowd, look: Look, *, threads: int = 1) -> Fitted:
    """Fit the first patients, judge by the last, then go on with all from there.

    `threads`: of this process, for judging; the crowd has its own.
    """
    sources = task.sources
    start, prior = beginning(sources.condition, sources.measure, read_head(sources, SAMPLE, task.products))
    if not task.held:
        return Fitted(task=task, fit=fit_crowd(crowd, start, prior, look=look), calibration=None)
    most = fit_crowd(_Most(crowd, task.judging), start, prior, look=look)
    calibration = _judge(task, most.parameters, threads)
    fit = refine(crowd, most.parameters, prior, look=look)
    return Fitted(task=task, fit=fit, calibration=calibration)


def _judge(task: Task, parameters: Parameters, threads: int) -> Calibration | None:
    tail = read_tail(task.sources, task.held, task.products)
    try:
        every = SPARSE if task.held >= MANY_HELD else 1
        scores, wear_off = hold_out(tail, parameters, every=every, threads=threads)
    except ValueError:
        return None  # nothing came after a treatment
    strata = {"product": _product_of_each(tail)} if task.products else {}
    return calibrate(scores, wear_off, Limits.of(load().practice), strata=strata)


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
