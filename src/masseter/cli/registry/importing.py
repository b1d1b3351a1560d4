"""`masseter registry import`: from a foreign table to a checked data set."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from masseter.cli.registry.telling import list_refusals, refusing, stopped, terminal
from masseter.registry.taking import Look, look_at, take


def import_table(
    table: Annotated[Path, typer.Argument(help="CSV, tab-separated, Parquet, YAML or JSON")],
    mapping: Annotated[
        Path,
        typer.Option(help="YAML file that says which column is what: docs/how-to/import-a-foreign-table.md"),
    ],
    out: Annotated[Path | None, typer.Option(help="new folder; without it, a dry run")] = None,
    leave_out_refused: Annotated[bool, typer.Option(help="take the rest where some is refused")] = False,
    all_lines: Annotated[bool, typer.Option(help="show every refusal, not the first 50")] = False,
) -> None:
    """Take a foreign table in; without --out, show what would be taken and what refused, line by line."""
    console = terminal()
    with refusing(console, all_lines):
        look = look_at(table, mapping)
    _show(console, look, all_lines)
    if out is None:
        console.print("A dry run: nothing was written. Name a new folder with --out to take it in.")
        raise typer.Exit(1 if look.checked.refusals else 0)
    if look.checked.refusals and not leave_out_refused:
        console.print("--leave-out-refused takes the rest.")
        raise stopped(console, (), all_lines)
    with refusing(console, all_lines):
        manifest = take(look, out, leave_out_refused=leave_out_refused)
    people = "1 patient" if manifest.patients == 1 else f"{manifest.patients} patients"
    console.print(f"Written: {people}, {manifest.scores} scores.")


def _show(console: Console, look: Look, all_lines: bool) -> None:
    title = f"{look.mapping.name}: {look.mapping.condition}"
    found = Table("", "number", title=title, title_justify="left")
    found.add_row("lines read", str(look.lines))
    if look.mapping.only:
        found.add_row("lines passed over ('only')", str(look.passed_over))
    found.add_row("patients to take", str(len(look.checked.courses)))
    found.add_row("treatments to take", str(look.treatments))
    found.add_row("scores to take", str(look.scores))
    found.add_row("refused", str(len(look.checked.refusals)))
    found.add_row("to look at", str(len(look.checked.reports)))
    console.print(found)
    list_refusals(console, "Refused", look.checked.refusals, all_lines)
    list_refusals(console, "To look at (taken)", look.checked.reports, all_lines)
