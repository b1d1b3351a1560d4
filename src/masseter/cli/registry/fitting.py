"""`masseter registry fit`: the time course of a population, on this machine or on a cluster."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table

from masseter.cli.registry.telling import refusing, terminal

if TYPE_CHECKING:
    from masseter.registry.fitting import Fitted, Task, Workplace
    from masseter.response.fit import Pass
    from masseter.response.likelihood import Crowd

SHOWN = (".one", "_spread", "carry_over", "rise", "steepness", "growth", "dose_exponent")


def fit(
    datasets: Annotated[list[Path], typer.Argument(help="data sets of one condition and measure")],
    out: Annotated[Path, typer.Option(help="new folder for parameters and the patients' posteriors")],
    workers: Annotated[int, typer.Option(min=0, help="threads; 0 is all cores")] = 0,
    scheduler: Annotated[str, typer.Option(help="address of a Dask scheduler, as tcp://host:8786")] = "",
    resume: Annotated[
        Path | None, typer.Option(help="file that a killed fit goes on from; made if need be")
    ] = None,
) -> None:
    """Fit the time course; exit code 1 where it did not converge, with the reason."""
    from masseter.registry.dataset import check_new
    from masseter.registry.fit_file import write_fit
    from masseter.registry.fitting import fit_task, task_of

    console = terminal()
    with refusing(console):
        check_new(out)
        threads = workers or os.cpu_count() or 1
        task = task_of(datasets, threads)
        with _progress(console) as show, _placed(task, threads, scheduler, show) as place:
            with _kept(place, task, resume, console) as crowd:
                fitted = fit_task(task, crowd, lambda each: show(_words(each)), threads=threads)
            show("what is known of each patient")
            write_fit(out, fitted, place.people(fitted.fit.parameters))
    _tell(console, fitted)
    if not fitted.fit.is_converged:
        raise typer.Exit(1)


@contextmanager
def _progress(console: Console) -> Iterator[Callable[[str], None]]:
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True) as bar:
        line = bar.add_task("reading", total=None)
        yield lambda words: bar.update(line, description=words)


@contextmanager
def _placed(task: Task, threads: int, scheduler: str, show: Callable[[str], None]) -> Iterator[Workplace]:
    """The patients, read where they will be counted."""
    read, parts = [0], len(task.parts)

    def look() -> None:
        read[0] += 1
        show(f"read {read[0]} of {parts} parts")

    if not scheduler:
        from masseter.registry.fitting import read_here

        yield read_here(task, threads, look)
        return
    from masseter.registry.cluster import Cluster

    cluster = Cluster(scheduler, task, look)
    try:
        yield cluster
    finally:
        cluster.close()


@contextmanager
def _kept(place: Workplace, task: Task, resume: Path | None, console: Console) -> Iterator[Crowd]:
    """With a journal where one was asked for."""
    if resume is None:
        yield place
        return
    from masseter.registry.code import code_hash
    from masseter.registry.journal import Remembering

    journal = Remembering(place, resume, {"data": task.sources.digest, "code": code_hash()})
    try:
        yield journal
    finally:
        journal.close()
    if journal.remembered:
        console.print(f"{journal.remembered} passes were answered from '{resume.name}'.")


def _words(each: Pass) -> str:
    gain = f"{each.still:.2f}" if each.still < 1000 else f"{each.still:.0f}"
    return f"{each.patients:,} patients, log likelihood {each.log:,.2f}, still to gain {gain}"


def _tell(console: Console, fitted: Fitted) -> None:
    from masseter.registry.fit_file import readable

    sources = fitted.task.sources
    table = Table("", "value", "95 %", title=f"{sources.condition}: {sources.measure}", title_justify="left")
    for name, told in readable(fitted.fit).items():
        if any(part in name for part in SHOWN):
            table.add_row(name, f"{told['value']:.3f}", f"{told['low']:.3f} to {told['high']:.3f}")
    console.print(table)
    passes = len(fitted.fit.passes)
    state = "converged" if fitted.fit.is_converged else f"NOT converged: {fitted.fit.why}"
    console.print(
        f"{sources.patients} patients, log likelihood {fitted.fit.log:.4f}, {state} ({passes} passes)."
    )
    _tell_calibration(console, fitted)


def _tell_calibration(console: Console, fitted: Fitted) -> None:
    found = fitted.calibration
    if found is None:
        console.print(
            "Too few people, or nobody seen after a treatment: how right forecasts are is not known."
        )
        return
    table = Table("held out", "people", "forecasts", "error", "bias", "50/80/95 %", title_justify="left")
    for what, judged in (("scores", found.scores), ("wear-off, days", found.wear_off)):
        if judged is None:
            continue
        seen = [one for one in judged.groups if one.name[0] == "scores seen"]
        for one in (judged.overall, *seen):
            name = what if one is judged.overall else f"  {one.name[1]} scores seen"
            inside = " / ".join(f"{each:.0f}" for each in one.stretched)
            numbers = (f"{one.error:.3f}", f"{one.bias:+.3f}")
            table.add_row(name, str(one.people), str(one.forecasts), *numbers, inside)
        for own in judged.own:
            by = " / ".join(f"{each:.2f}" for each in own.stretch)
            table.add_row(f"  {own.group}, stretched by", str(own.people), "", "", "", by)
    console.print(table)
    if found.wear_off is None:
        console.print("Nobody who was held out told when it wore off: the error of that day is not known.")
    if found.is_calibrated:
        console.print("Calibrated: the bands hold what they say.")
        return
    console.print("Not calibrated: this curve is not for patients.", style="bold")
    for fault in found.faults:
        console.print(f"  {fault}", highlight=False)
