"""`masseter registry benchmark`: how long a registry of a known size takes here, and how much memory."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from masseter.cli.registry.telling import refusing, terminal


def benchmark(
    cycles: Annotated[int, typer.Option(min=100, help="cycles in all")] = 10_000,
    workers: Annotated[int, typer.Option(min=0, help="threads; 0 is all cores")] = 0,
    scheduler: Annotated[str, typer.Option(help="address of a Dask scheduler, as tcp://host:8786")] = "",
    work: Annotated[
        Path | None, typer.Option(help="new folder for the data, which a cluster's workers see; kept")
    ] = None,
) -> None:
    """Draw a registry, fit and report it; tell seconds and peak memory of each."""
    from masseter.registry.growing import grow

    console = terminal()
    more = ["--workers", str(workers), *(["--scheduler", scheduler] if scheduler else [])]
    with refusing(console), tempfile.TemporaryDirectory() as passing:
        place = work or Path(passing) / "benchmark"
        table = Table("", "seconds", "peak GiB", "", title_justify="left")
        place.mkdir(parents=True)
        with console.status("measuring"):
            for step in grow(place, cycles, more):
                table.add_row(step.what, f"{step.seconds:.1f}", f"{step.gibibytes:.2f}", step.told)
    console.print(table)
    console.print("Peak memory is that of this machine's process; a cluster's workers have their own.")
