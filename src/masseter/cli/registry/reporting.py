"""`masseter registry report`: what data sets say, as a page and a paper."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from masseter.cli.django import do_without_settings
from masseter.cli.registry.telling import refusing, terminal


def report(
    datasets: Annotated[list[Path], typer.Argument(help="data sets of one condition and measure")],
    out: Annotated[Path, typer.Option(help="new folder for report.html and report.pdf")],
    fit: Annotated[Path | None, typer.Option(help="folder of the fit of the same data")] = None,
) -> None:
    """Write the report of data sets as a web page and a PDF: the same bytes for the same inputs."""
    do_without_settings()
    from masseter.registry.report.making import PAGE, PAPER, make_report

    console = terminal()
    with refusing(console):
        made = make_report(out, datasets, fit)
    console.print(f"{made.title}. {made.lead}", highlight=False)
    console.print(f"Written: {out / PAGE} and {out / PAPER}", soft_wrap=True, highlight=False)
