"""`masseter registry`: courses of many patients, from foreign tables to a checked data set."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from masseter.registry.problems import CannotTake, Refusal
from masseter.registry.taking import Look, look_at, take

app = typer.Typer(no_args_is_help=True, help="Courses of many patients: take foreign tables in.")
SHOWN = 50


@app.command("import")
def import_table(
    table: Annotated[Path, typer.Argument(help="CSV, tab-separated or Parquet")],
    mapping: Annotated[Path, typer.Option(help="YAML file that says which column is what")],
    out: Annotated[Path | None, typer.Option(help="new folder; without it, a dry run")] = None,
    leave_out_refused: Annotated[bool, typer.Option(help="take the rest where some is refused")] = False,
    all_lines: Annotated[bool, typer.Option(help="show every refusal, not the first 50")] = False,
) -> None:
    """Take a foreign table in; without --out, show what would be taken and what refused, line by line."""
    console = Console()
    try:
        look = look_at(table, mapping)
    except CannotTake as error:
        raise _stopped(console, error.refusals, all_lines) from None
    _show(console, look, all_lines)
    if out is None:
        console.print("A dry run: nothing was written. Name a new folder with --out to take it in.")
        raise typer.Exit(1 if look.checked.refusals else 0)
    if look.checked.refusals and not leave_out_refused:
        console.print("--leave-out-refused takes the rest.")
        raise _stopped(console, (), all_lines)
    try:
        manifest = take(look, out, leave_out_refused=leave_out_refused)
    except CannotTake as error:
        raise _stopped(console, error.refusals, all_lines) from None
    console.print(f"Written: {manifest.patients} patients, {manifest.scores} scores.")


def _stopped(console: Console, refusals: Sequence[Refusal], all_lines: bool) -> typer.Exit:
    _list(console, "Refused", refusals, all_lines)
    console.print("[bold red]Nothing was written.[/]")
    return typer.Exit(1)


def _show(console: Console, look: Look, all_lines: bool) -> None:
    found = Table("", "number", title=f"{look.mapping.name}: {look.mapping.condition}", title_justify="left")
    found.add_row("lines read", str(look.lines))
    found.add_row("patients to take", str(len(look.checked.courses)))
    found.add_row("treatments to take", str(look.treatments))
    found.add_row("scores to take", str(look.scores))
    found.add_row("refused", str(len(look.checked.refusals)))
    found.add_row("to look at", str(len(look.checked.reports)))
    console.print(found)
    _list(console, "Refused", look.checked.refusals, all_lines)
    _list(console, "To look at (taken)", look.checked.reports, all_lines)


def _list(console: Console, title: str, refusals: Sequence[Refusal], all_lines: bool) -> None:
    if not refusals:
        return
    console.print(f"\n{title}:", style="bold")
    shown = refusals if all_lines else refusals[:SHOWN]
    for refusal in shown:
        console.print(f"  {refusal}", markup=False, highlight=False, soft_wrap=True)
    if len(refusals) > len(shown):
        console.print(f"  and {len(refusals) - len(shown)} more: --all-lines shows them")
