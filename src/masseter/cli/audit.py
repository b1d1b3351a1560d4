"""`masseter audit`: is the audit trail what was written?"""

from __future__ import annotations

import typer
from rich.console import Console

from masseter.cli.django import set_up

app = typer.Typer(no_args_is_help=True, help="The audit trail.")


@app.callback()
def trail() -> None:
    """Commands about the audit trail."""


@app.command()
def verify() -> None:
    """Read the whole trail again; exit code 1 where an event was changed, moved or is missing."""
    set_up()
    from masseter.journey.audit.verify import verify_all

    found = verify_all()
    console = Console()
    for fault in found.faults:
        console.print(f"[red]Clinic {fault.clinic_id}, event {fault.number}:[/red] {fault.sentence}")
    console.print(f"{found.events} events read, {len(found.faults)} faults.")
    raise typer.Exit(1 if found.faults else 0)
