"""`masseter photographs`: the sealed files against the rows that name them."""

from __future__ import annotations

import typer
from rich.console import Console

from masseter.cli.django import set_up

app = typer.Typer(no_args_is_help=True, help="The encrypted photographs.")


@app.callback()
def photographs() -> None:
    """Commands about the encrypted photographs."""


@app.command()
def check() -> None:
    """Open every photograph; exit code 1 where one does not open, or where a file belongs to none."""
    set_up()
    from masseter.journey.results.photographs.checking import check_photographs

    found, console = check_photographs(), Console(soft_wrap=True)
    for fault in found.faults:
        console.print(f"[red]{fault}[/red]")
    for name in found.left_over:
        console.print(f"Left over: {name}")
    console.print(
        f"{found.whole} photographs open, {len(found.faults)} faults, {len(found.left_over)} files left over."
    )
    raise typer.Exit(1 if found.faults or found.left_over else 0)


@app.command()
def clean() -> None:
    """Remove files that no photograph names and that are older than an hour."""
    set_up()
    from masseter.journey.results.photographs.checking import clean_up

    Console().print(f"{clean_up()} files removed.")


@app.command()
def rekey() -> None:
    """Seal every photograph with the first key of the settings; exit code 1 where one does not open.

    Where all are sealed anew, the other keys are not needed afterwards.
    """
    set_up()
    from masseter.journey.results.photographs.checking import rekey_photographs

    found, console = rekey_photographs(), Console(soft_wrap=True)
    for fault in found.faults:
        console.print(f"[red]{fault}[/red]")
    console.print(f"{found.sealed} photographs sealed anew.")
    raise typer.Exit(1 if found.faults else 0)
